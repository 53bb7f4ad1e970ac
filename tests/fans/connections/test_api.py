"""Ties and the log over the API: of one's own homes, words for those who may, each once."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fans.connections.models import Connection, Partnership
from tests import factories
from tests.factories import NORWICH, SALE, AssetFactory, HomeFactory, box

pytestmark = pytest.mark.django_db

TIES, LOG = "/api/v1/partnerships/", "/api/v1/connections/"


@pytest.fixture
def tie(home):
    return factories.PartnershipFactory(home=home)


@pytest.fixture
def row(tie):
    return factories.ConnectionFactory(
        partnership=tie, happened_on=timezone.localdate(), note="Sang by heart."
    )


@pytest.fixture
def elsewhere(db):
    return factories.ConnectionFactory(
        partnership__home=HomeFactory(name="Ash House", location=NORWICH)
    )


@pytest.fixture
def champion_here(db):
    return factories.member("champion", area=factories.AreaFactory(boundary=box(SALE)))


@pytest.fixture
def facilitator_here(home):
    return factories.member("facilitator", cohort=factories.EnrolmentFactory(home=home).cohort)


def ask(person, url):
    client = Client()
    client.force_login(person)
    return client.get(url)


def ids(answer):
    return [each["id"] for each in answer.json()["results"]]


def test_nobody_reads_ties_or_logs_without_an_account(client, row):
    assert client.get(TIES).status_code == 401
    assert client.get(LOG).status_code == 401


@pytest.mark.parametrize("role", ["partner", "volunteer", "researcher", "relative"])
def test_other_roles_are_refused(role, home, row):
    scopes = {
        "partner": {"asset": row.partnership.partner.asset},
        "researcher": {"cohort": factories.CohortFactory()},
        "relative": {"home": home},
    }
    person = factories.member(role, **scopes.get(role, {}))

    assert ask(person, TIES).status_code == 403
    assert ask(person, LOG).status_code == 403


def test_a_home_reads_its_own_and_of_others_not_even_that_they_are_there(
    coordinator, row, elsewhere
):
    assert ids(ask(coordinator, TIES)) == [row.partnership_id]
    assert ids(ask(coordinator, LOG)) == [row.pk]
    assert ask(coordinator, f"{LOG}{elsewhere.pk}/").status_code == 404
    assert ask(coordinator, f"{TIES}{elsewhere.partnership_id}/").status_code == 404
    assert ids(ask(coordinator, f"{LOG}?home={elsewhere.home_id}")) == []


def test_what_was_taken_back_is_not_listed(coordinator, row):
    Connection.objects.update(undone_at=timezone.now())

    assert ids(ask(coordinator, LOG)) == []
    assert ask(coordinator, f"{LOG}{row.pk}/").status_code == 404


def test_notes_and_reasons_are_for_those_who_look_after_the_ties(
    coordinator, champion_here, facilitator_here, row
):
    Partnership.objects.update(
        status="declined", declined_reason="too_far", declined_words="The bus has stopped."
    )
    for person, may in ((coordinator, True), (champion_here, True), (facilitator_here, False)):
        [one] = ask(person, LOG).json()["results"]
        [tie] = ask(person, TIES).json()["results"]
        assert one["note"] == ("Sang by heart." if may else "")
        assert tie["declined_reason"] == ("too_far" if may else "")
        assert tie["declined_words"] == ("The bus has stopped." if may else "")
        assert ask(person, f"{LOG}{row.pk}/").json()["note"] == one["note"]
        assert ("Sang" in ask(person, LOG).text) is may


def test_what_a_home_calls_a_person_stays_with_those_who_look_after_it(
    coordinator, facilitator_here, home
):
    partner = factories.PartnerFactory(
        kind="person", asset=None, name="Accordion player", own_category="individual_gift"
    )
    factories.ConnectionFactory(partnership__home=home, partnership__partner=partner)

    for url in (TIES, LOG):
        assert "Accordion player" in ask(coordinator, url).text
        assert "Accordion player" not in ask(facilitator_here, url).text


def test_ties_are_found_by_home_status_and_day(coordinator, tie, home):
    asked = factories.PartnershipFactory(home=home, status="asked")
    Partnership.objects.filter(pk=tie.pk).update(
        created_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    )

    assert ids(ask(coordinator, f"{TIES}?status=asked")) == [asked.pk]
    assert ids(ask(coordinator, f"{TIES}?status=asked&status=idea")) == [tie.pk, asked.pk]
    assert ids(ask(coordinator, f"{TIES}?to=2026-03-31")) == [tie.pk]
    assert ids(ask(coordinator, f"{TIES}?from=2026-04-01")) == [asked.pk]
    assert ids(ask(coordinator, f"{TIES}?home={home.pk}")) == [tie.pk, asked.pk]


def test_the_log_is_found_by_the_day_it_counts_on(coordinator, tie):
    day, last = dt.date(2026, 9, 28), dt.date(2026, 10, 4)
    row = factories.ConnectionFactory(partnership=tie, happened_on=day, until_on=last)

    assert ids(ask(coordinator, f"{LOG}?from=2026-10-04&to=2026-10-04")) == [row.pk]
    assert ids(ask(coordinator, f"{LOG}?to=2026-10-03")) == []
    assert ids(ask(coordinator, f"{LOG}?partnership={tie.pk}&direction=in")) == [row.pk]
    assert ids(ask(coordinator, f"{LOG}?direction=out")) == []


def test_pages_say_how_many_of_how_many(coordinator, home):
    made = [factories.PartnershipFactory(home=home).pk for _ in range(3)]

    page = ask(coordinator, f"{TIES}?page_size=2").json()
    assert (page["count"], page["returned"]) == (3, 2)
    assert ids(ask(coordinator, page["next"])) == [made[2]]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("home=x", "home"),
        ("home=0", "home"),
        ("home=99999999999999999999", "home"),
        ("from=soon", "from"),
        ("from=2026-13-01", "from"),
        ("from=2026-10-02&to=2026-10-01", "to"),
        ("status=lovely", "status"),
        ("page=0", "page"),
        ("page_size=501", "page_size"),
        ("hoem=1", "hoem"),
    ],
)
def test_a_slip_in_the_address_is_named(coordinator, tie, query, field):
    answer = ask(coordinator, f"{TIES}?{query}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert field in answer.json()["errors"]


def test_ties_with_public_places_come_as_geojson(coordinator, home):
    public = factories.PartnershipFactory(home=home)
    draft = AssetFactory(visibility="draft", published_on=None)
    hidden = factories.PartnershipFactory(home=home, partner__asset=draft)

    answer = ask(coordinator, f"{TIES}?format=geojson")

    points = {each["id"]: each["geometry"] for each in answer.json()["features"]}
    assert answer["Content-Type"] == "application/geo+json"
    assert points == {
        public.pk: {"type": "Point", "coordinates": [SALE.x, SALE.y]}, hidden.pk: None
    }  # fmt: skip


def test_a_tie_that_goes_quiet_says_so(coordinator, tie):
    day = timezone.localdate() - dt.timedelta(days=90)
    factories.ConnectionFactory(partnership=tie, happened_on=day)

    assert ask(coordinator, f"{TIES}{tie.pk}/").json()["going_quiet"] is True


@pytest.mark.parametrize("url", [TIES, LOG])
def test_a_page_costs_the_same_however_many_rows_it_has(coordinator, home, url):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            ask(coordinator, url)
        return len(asked)

    factories.ConnectionFactory(partnership__home=home)
    few = queries()
    for _ in range(4):
        factories.ConnectionFactory(partnership__home=home)
    assert queries() == few


@pytest.fixture
def send(tie, home):
    def _send(person, *, enforce=False, **said):
        client = Client(enforce_csrf_checks=enforce)
        client.force_login(person)
        body = {
            "client_uuid": str(uuid.uuid4()), "home": home.pk, "partnership": tie.pk,
            "happened_on": str(timezone.localdate()), "direction": "in",
        } | said  # fmt: skip
        body = {name: value for name, value in body.items() if value is not ...}
        return client.post(LOG, body, content_type="application/json")

    return _send


def test_whoever_logs_for_a_home_can_log_over_the_api(send, coordinator, tie):
    answer = send(coordinator, residents_count=4, partner_gives=["time"], rating=5)

    row = Connection.objects.get()
    assert answer.status_code == 201
    assert (answer.json()["id"], answer.json()["source"]) == (row.pk, "log")
    assert (row.partnership, row.residents_count, row.logged_by) == (tie, 4, coordinator)
    assert (row.partner_gives, row.rating) == (["time"], 5)


def test_the_same_id_sent_again_logs_nothing_new(send, coordinator):
    mark = str(uuid.uuid4())
    first, again = (send(coordinator, client_uuid=mark) for _ in range(2))
    otherwise = send(coordinator, client_uuid=mark, direction="out")

    assert (first.status_code, again.status_code, otherwise.status_code) == (201, 200, 409)
    assert first.json()["id"] == again.json()["id"]
    assert otherwise["Content-Type"] == "application/problem+json"
    assert Connection.objects.count() == 1


def test_a_place_without_a_tie_can_be_logged_with(send, coordinator, home):
    place = AssetFactory()

    assert send(coordinator, partnership=..., asset=place.pk).status_code == 201
    assert Partnership.objects.get(partner__asset=place).status == "idea"


def test_who_only_reads_cannot_log(send, facilitator_here):
    assert send(facilitator_here).status_code == 403
    assert not Connection.objects.exists()


def test_no_entry_without_the_mark_against_forgery(send, coordinator):
    assert send(coordinator, enforce=True).status_code == 403
    assert not Connection.objects.exists()


@pytest.mark.parametrize("home_id", [987_654_321, "theirs"])
def test_another_home_and_none_at_all_are_refused_alike(send, coordinator, elsewhere, home_id):
    home_id = elsewhere.home_id if home_id == "theirs" else home_id

    answer = send(coordinator, home=home_id, partnership=elsewhere.partnership_id)

    assert answer.status_code == 403
    assert "Ash House" not in answer.text
    assert Connection.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"client_uuid": ...}, "client_uuid"),
        ({"client_uuid": "1"}, "client_uuid"),
        ({"home": ...}, "home"),
        ({"home": "x"}, "home"),
        ({"home": 10**30}, "home"),
        ({"partnership": ...}, "partnership"),
        ({"asset": 1}, "partnership"),
        ({"partnership": 987_654_321}, "partnership"),
        ({"partnership": ..., "asset": 987_654_321}, "asset"),
        ({"happened_on": "soon"}, "happened_on"),
        ({"happened_on": "2999-01-01"}, "happened_on"),
        ({"until_on": "2020-01-01"}, "__all__"),
        ({"direction": "up"}, "direction"),
        ({"type": "party"}, "type"),
        ({"occurrences": 0}, "occurrences"),
        ({"residents_count": -1}, "residents_count"),
        ({"residents_count": 41}, "residents_count"),
        ({"community_count": 1, "children_count": 2}, "__all__"),
        ({"partner_gives": ["gold"]}, "partner_gives"),
        ({"partner_gives": "time"}, "partner_gives"),
        ({"home_gives": ["asset:1"]}, "home_gives"),
        ({"staff_roles": ["spy"]}, "staff_roles"),
        ({"rating": 6}, "rating"),
        ({"note": "x" * 501}, "note"),
        ({"note": "Mrs Bell sang."}, "note"),
        ({"note": "943 476 5919", "note_looked_over": True}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"source": "recall"}, "source"),
        ({"logged_by": 1}, "logged_by"),
    ],
)
def test_what_will_not_do_is_named_and_nothing_is_kept(send, coordinator, said, field):
    answer = send(coordinator, **said)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert field in answer.json()["errors"]
    assert not Connection.objects.exists()


def test_a_note_that_somebody_has_looked_over_is_kept(send, coordinator):
    said = {"note": "Dr Kershaw’s Hospice lent chairs.", "note_looked_over": True}

    assert send(coordinator, **said).status_code == 201


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '"x"', "[1]"])
def test_a_body_that_is_none_is_a_sentence(client, coordinator, body):
    client.force_login(coordinator)

    answer = client.post(LOG, body, content_type="application/json")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_the_table_says_it_of_the_method(client, champion_here):
    assert reverse("api:connections-list") == LOG
    client.force_login(champion_here)
    assert client.put(LOG).status_code == 405
