"""What a register says anew goes into a queue, and people mark what they have seen."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from homes.models import RegisterChange, Registration
from homes.register_sync import import_homes
from tests import factories
from tests.factories import NORWICH, SALE, box
from tests.homes.register_files import hsca_rows, write_hsca_csv

pytestmark = pytest.mark.django_db

CHANGES = "/homes/changes/"


@pytest.fixture
def register(tmp_path):
    """Write six homes of one council, by row the cells that differ; ``drop`` leaves one out."""

    def write(changed=None, *, homes=6, drop=None) -> str:
        rows = [row | {"Location Local Authority": "Oldham"} for row in hsca_rows(homes)]
        for at, cells in (changed or {}).items():
            rows[at] |= cells
        rows = [row for at, row in enumerate(rows) if at != drop]
        return str(write_hsca_csv(tmp_path / "hsca.csv", rows))

    return write


def noted():
    found = RegisterChange.objects.order_by("pk").values_list("kind", "before", "after")
    return sorted(found)


def test_the_first_register_of_a_place_is_no_news(register):
    import_homes(register())

    assert noted() == []


@pytest.mark.parametrize(
    ("cells", "kind", "before", "after"),
    [
        ({"Location Name": "Wren House"}, "renamed", "", "Wren House"),
        ({"Care homes beds": "99"}, "beds_changed", "", "99"),
        ({"Location Postal Code": "OL9 6LD"}, "moved", "", "OL9 6LD"),
    ],
)
def test_what_differs_is_noted_once(register, cells, kind, before, after):
    import_homes(register())
    import_homes(register({2: cells}))
    import_homes(register({2: cells}))

    ((found, was, now),) = noted()
    assert found == kind
    assert was
    assert now.endswith(after)


def test_what_comes_goes_and_comes_back_is_noted(register):
    import_homes(register())
    import_homes(register(homes=7))
    import_homes(register(homes=7, drop=1))
    import_homes(register(homes=7))

    name = Registration.objects.get(regulator_id="1-7000000001").name
    new = Registration.objects.get(regulator_id="1-7000000006").name
    assert noted() == [("closed", name, ""), ("new", "", new), ("reopened", "", name)]


def test_a_new_spelling_of_the_address_is_no_move(register):
    import_homes(register())
    import_homes(register({2: {"Location Street Address": "2 Oak Rd"}}))

    assert noted() == []


def test_a_dry_run_notes_nothing(register):
    import_homes(register())
    import_homes(register({2: {"Location Name": "Wren House"}}), dry_run=True)

    assert noted() == []


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"kind": "burnt"}, "homes_registerchange_kind_known"),
        ({"seen_by": "person"}, "homes_registerchange_seen_when"),
    ],
)
def test_the_database_keeps_the_rules(values, rule):
    person = factories.PersonFactory()
    values = {name: person if value == "person" else value for name, value in values.items()}
    registration = factories.RegistrationFactory()

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        RegisterChange.objects.create(**{"registration": registration, "kind": "new"} | values)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"beds": 3, "dual_of": "other"}, "homes_registration_dual_beds_once"),
        ({"beds": None, "dual_of": "self"}, "homes_registration_dual_of_another"),
    ],
)
def test_beds_of_a_second_registration_cannot_count(values, rule):
    one, other = factories.RegistrationFactory(), factories.RegistrationFactory()
    values = values | {"dual_of": one if values["dual_of"] == "self" else other}

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Registration.objects.filter(pk=one.pk).update(**values)


class TestPage:
    @pytest.fixture(autouse=True)
    def changes(self):
        here = factories.HomeFactory(name="Larkfield House", location=SALE)
        far = factories.HomeFactory(name="Norfolk Lodge", location=NORWICH)
        for home, kind in ((here, "renamed"), (here, "closed"), (far, "new")):
            RegisterChange.objects.create(
                registration=home.registrations.get(), kind=kind, before="Old name"
            )

    @pytest.fixture
    def champion(self, client):
        area = factories.AreaFactory(boundary=box(SALE))
        person = factories.member("champion", area=area)
        client.force_login(person)
        return person

    def test_a_champion_sees_those_of_the_own_area(self, client, champion):
        page = client.get(CHANGES).content.decode()

        assert "2 changes to look at" in page
        assert "Norfolk Lodge" not in page
        assert "Same home, new registration?" in page

    def test_filters_by_kind(self, client, champion):
        page = client.get(f"{CHANGES}?kind=closed").content.decode()

        assert "1 change to look at" in page
        assert client.get(f"{CHANGES}?kind=burnt").status_code == 400

    def test_one_is_marked_as_seen(self, client, champion):
        change = RegisterChange.objects.get(kind="renamed")

        response = client.post(CHANGES, {"change": change.pk}, follow=True)

        assert "1 change marked as seen." in response.content.decode()
        change.refresh_from_db()
        assert (change.seen_by, change.seen_at.date()) == (champion, timezone.now().date())
        assert RegisterChange.objects.unseen().count() == 2

    def test_all_that_were_shown_are_marked_and_none_of_elsewhere(self, client, champion):
        latest = RegisterChange.objects.order_by("pk").last().pk
        later = RegisterChange.objects.create(
            registration=Registration.objects.get(home__name="Larkfield House"), kind="moved"
        )

        client.post(CHANGES, {"all": "yes", "latest": latest})

        unseen = RegisterChange.objects.unseen()
        assert {each.kind for each in unseen} == {"new", "moved"}
        assert later in unseen

    def test_an_administrator_sees_all(self, client):
        client.force_login(factories.member("administrator"))

        page = client.get(CHANGES).content.decode()
        assert "3 changes to look at" in page
        response = client.post(CHANGES, {"all": "yes", "latest": 10**9}, follow=True)
        assert "Nothing new" in response.content.decode()

    def test_elsewhere_is_not_ones_own(self, client, champion):
        far = RegisterChange.objects.get(kind="new")

        assert client.post(CHANGES, {"change": far.pk}).status_code == 404
        assert RegisterChange.objects.unseen().count() == 3

    @pytest.mark.parametrize("sent", [{}, {"change": "x"}, {"all": "yes", "latest": ""}])
    def test_what_cannot_be_told_is_a_sentence(self, client, champion, sent):
        response = client.post(CHANGES, sent)

        assert response.status_code == 400
        assert "we could not tell which one" in response.content.decode()

    def test_the_list_of_homes_leads_there(self, client, champion):
        assert CHANGES in client.get("/homes/").content.decode()
        client.logout()
        assert CHANGES not in client.get("/homes/").content.decode()

    def test_others_are_kept_out(self, client):
        home = factories.HomeFactory()
        client.force_login(factories.member("manager", home=home))

        assert client.get(CHANGES).status_code in {403, 404}
