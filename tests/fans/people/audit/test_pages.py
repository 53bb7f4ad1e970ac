"""The auditor's pages: what was changed, before and after, and who looked at whom."""

import datetime as dt

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from fans.openness import services as openness
from fans.people.audit.doing import doing
from fans.people.audit.finding import PAGE_LENGTH
from fans.people.audit.models import AccessLog
from fans.people.models import Membership, Person
from geo.srid import WGS84
from homes.models import Home
from tests import factories

pytestmark = pytest.mark.django_db

CHANGES, READS = reverse("audit:changes"), reverse("audit:reads")


@pytest.fixture
def auditor(client, administrator):
    client.force_login(administrator)
    return administrator


def _words(response):
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main.partition("</form>")[2]).split())


def _rename(home, name, by):
    with doing(person=by.pk, route="homes:offers"):
        Home.objects.filter(pk=home.pk).update(name=name)


def test_a_change_stands_with_its_words_before_and_after(client, auditor, manager, home):
    _rename(home, "Larkfield Court", manager)
    page = _words(client.get(CHANGES, {"kind": "homes.home"}))

    assert f"{manager} changed: home “Larkfield Court”" in page
    assert "Name Larkfield House Larkfield Court" in page
    assert "Postcode" not in page.partition("added")[0]
    assert "by homes:offers" in page


def test_each_change_says_what_the_next_one_found(client, auditor, manager, home):
    for name in ("Second", "Third", "Fourth"):
        _rename(home, name, manager)
    page = _words(client.get(CHANGES, {"kind": "homes.home"}))

    for before, after in [
        ("Third", "Fourth"),
        ("Second", "Third"),
        ("Larkfield House", "Second"),
    ]:
        assert f"Name {before} {after}" in page


def test_a_new_row_is_told_as_it_was_put_in_even_once_it_is_changed(client, auditor, manager):
    home = factories.HomeFactory(name="As it began")
    _rename(home, "As it is", manager)
    page = _words(client.get(CHANGES, {"kind": "homes.home"}))

    assert "Name As it began" in page.partition("added: home")[2]


def test_a_deleted_row_is_told_as_it_stood(client, auditor, coordinator):
    held = coordinator.memberships.get()
    key = held.pk
    held.delete()
    page = _words(client.get(CHANGES, {"kind": "people.membership", "row": key}))

    assert f"deleted: membership, number {key}" in page
    assert "Role Activity coordinator" in page


def test_words_stand_for_choices_dates_places_and_people(client, auditor, home):
    person = factories.PersonFactory(name="Zebedee Quill")
    held = Membership.objects.create(
        person=person, role="coordinator", home=home, from_on=dt.date(2026, 3, 1)
    )
    Membership.objects.filter(pk=held.pk).update(until=dt.date(2027, 3, 1))
    Home.objects.filter(pk=home.pk).update(location=Point(-2.1, 53.5, srid=WGS84))
    page = _words(client.get(CHANGES))

    assert "Until nothing 1 March 2027" in page
    assert "Person Zebedee Quill" in page
    assert "Home Larkfield House" in page
    assert "53.42400, -2.32200" in page
    assert "53.50000, -2.10000" in page


def test_what_a_home_tells_in_confidence_is_not_told_here(client, auditor):
    wave = openness.plan_waves(enrolment=factories.EnrolmentFactory())[0]
    sign = wave.instrument.indicators.filter(is_assessed=True).first()
    assessment = wave.assessments.create(group="staff")
    assessment.answers.create(indicator=sign, value=3, how_known="The lift is broken")
    page = _words(client.get(CHANGES, {"kind": "openness.answer"}))

    assert "added: answer, number " in page
    assert f"{sign}: 3" not in page
    assert "Value kept to the home" in page
    assert "lift" not in page


def test_a_change_from_one_list_to_another_is_told(client, auditor):
    volunteer = factories.VolunteerFactory(interests=["garden"])
    type(volunteer).objects.filter(pk=volunteer.pk).update(interests=["music"])
    page = _words(client.get(CHANGES, {"kind": "volunteers.volunteer"}))

    assert '["garden"]' in page.replace("&quot;", '"')
    assert '["music"]' in page.replace("&quot;", '"')


def test_no_secret_is_told(client, auditor, manager):
    manager.set_password("a new one, much longer")
    manager.save()
    factories.InvitationFactory()
    page = _words(client.get(CHANGES))

    assert "assword" not in page
    assert "oken" not in page


def test_changes_are_picked_by_person_kind_and_day(client, auditor, manager, coordinator, home):
    _rename(home, "By Mo", manager)
    _rename(home, "By Cora", coordinator)
    today = timezone.localdate()
    tomorrow = today + dt.timedelta(days=1)

    by_one = _words(client.post(CHANGES, {"who": coordinator.email}, follow=True))
    assert "By Mo By Cora" in by_one
    assert "Larkfield House By Mo" not in by_one
    assert "By Cora" not in _words(client.get(CHANGES, {"kind": "people.person"}))
    assert "By Cora" in _words(client.get(CHANGES, {"since": today, "until": today}))
    assert "Nothing was changed that fits" in _words(client.get(CHANGES, {"since": tomorrow}))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"who": "nobody-at-all"}, "Nobody here is called so."),
        ({"kind": "people.secrets"}, "Select a valid choice"),
        ({"since": "yesterday"}, "Enter a valid date"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "lies before the first"),
        ({"row": "12"}, "Say what kind of row it is."),
        ({"below": "not~a~place"}, "This page of changes does not exist."),
        ({"below": "2026-11-02T09:00:00+00:00~people.person~99999999999999999999"}, "exist"),
        ({"below": "2026-11-02T09:00:00~people.person~1"}, "does not exist"),
        ({"who": "\x00"}, "Null characters"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(client, auditor, asked, said):
    send = client.post if "who" in asked else client.get
    response = send(CHANGES, asked, follow=True)

    assert response.status_code == 400
    assert said in response.content.decode()


def test_pages_follow_each_other_without_a_gap_or_a_repeat(client, auditor):
    for number in range(PAGE_LENGTH * 2 + 3):
        factories.PersonFactory(name=f"Guest {number:03}")
    seen, address = [], f"{CHANGES}?kind=people.person"
    for _ in range(5):
        response = client.get(address)
        seen += [change.row for change in response.context["changes"]]
        if not response.context["more"]:
            break
        address = f"{CHANGES}?{response.context['more']}"

    assert len(seen) == len(set(seen)) == Person.objects.count()
    assert seen == sorted(seen, reverse=True)


def test_a_page_over_all_kinds_goes_on_where_the_last_one_ended(client, auditor, home):
    for _ in range(PAGE_LENGTH):
        factories.AreaFactory()
        factories.PersonFactory()
    first = client.get(CHANGES)
    second = client.get(f"{CHANGES}?{first.context['more']}")

    rows = [(c.kind, c.row, c.at) for page in (first, second) for c in page.context["changes"]]
    assert len(rows) == len(set(rows)) == PAGE_LENGTH * 2
    assert [at for *_, at in rows] == sorted((at for *_, at in rows), reverse=True)


def test_a_page_costs_few_queries_however_much_there_is(
    client, auditor, django_assert_max_num_queries
):
    for _ in range(60):
        factories.PersonFactory()
    with django_assert_max_num_queries(20):
        client.get(CHANGES, {"kind": "people.person"})


def test_a_command_or_a_job_stands_where_nobody_was_signed_in(client, auditor, home):
    with doing(command="import_homes"):
        Home.objects.filter(pk=home.pk).update(name="By a command")
    page = _words(client.get(CHANGES, {"kind": "homes.home"}))

    assert "The command import_homes changed: home" in page
    assert "Somebody at the database added: home" in page


def test_a_name_that_is_markup_is_shown_as_text(client, auditor, home):
    Home.objects.filter(pk=home.pk).update(name="<script>alert(1)</script>")

    assert b"<script>alert(1)" not in client.get(CHANGES).content


def test_somebody_erased_is_a_number(client, auditor, home):
    person = factories.PersonFactory(name="Zebedee Quill")
    _rename(home, "By one who went", person)
    key = person.pk
    person.delete()
    page = _words(client.post(CHANGES, {"kind": "homes.home", "who": str(key)}, follow=True))

    assert f"Person {key}, erased changed: home" in page


def test_the_page_of_looks_says_who_looked_at_whom(client, auditor, manager, coordinator):
    client.force_login(manager)
    client.get(reverse("people:roles"))
    client.force_login(auditor)
    page = _words(client.post(READS, {"about": coordinator.email}, follow=True))

    assert f"{manager} {timezone.localdate():%-d %B %Y}" in page
    assert "See who holds a role, invite people, end a role" in page
    assert "people:roles" in page
    assert str(coordinator) in page


def test_looks_are_picked_by_who_at_whom_kind_and_day(client, auditor, manager, coordinator):
    client.force_login(manager)
    client.get(reverse("people:roles"))
    client.force_login(auditor)
    stranger = factories.PersonFactory(name="Nobody looked at")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    assert "people:roles" in _words(client.post(READS, {"who": manager.email}, follow=True))
    assert "people:roles" in _words(client.get(READS, {"kind": "people.Membership"}))
    for wrong in ({"about": stranger.name}, {"who": stranger.name}, {"since": tomorrow}):
        assert "Nobody looked at anything that fits" in _words(
            client.post(READS, wrong, follow=True)
        )


def test_looks_follow_each_other_without_a_gap_or_a_repeat(client, auditor):
    for number in range(60):
        AccessLog.objects.create(
            action="people.give_roles", kind="people.Person", rows_count=1, row_ids=[number]
        )
    asked = {"kind": "people.Person"}
    first = client.get(READS, asked)
    second = client.get(f"{READS}?{first.context['more']}")

    rows = [one["look"].row_ids[0] for page in (first, second) for one in page.context["looks"]]
    assert rows == list(range(59, -1, -1))


def test_the_auditors_own_looking_is_logged(client, auditor, manager):
    client.get(CHANGES, {"kind": "people.person"})
    client.get(READS)

    looked, listed = AccessLog.objects.order_by("pk")
    assert (looked.person_id, looked.action, looked.kind) == (
        auditor.pk,
        "audit.view",
        "audit.Change",
    )
    assert manager.pk in looked.people_ids
    assert (listed.route, listed.kind) == ("audit:reads", "audit.AccessLog")


@pytest.mark.parametrize("page", [CHANGES, READS])
def test_nobody_but_administrators_comes_in(client, page, manager):
    client.force_login(manager)
    assert client.get(page).status_code == 403
    client.logout()
    assert client.get(page).status_code == 302


def test_administrators_are_led_there_from_people_and_roles(client, auditor, manager):
    page = client.get(reverse("people:roles")).content.decode()
    client.force_login(manager)
    others = client.get(reverse("people:roles")).content.decode()

    assert f'href="{CHANGES}"' in page
    assert f'href="{CHANGES}"' not in others


def test_the_latest_of_each_table_is_found_by_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT pgh_id FROM assets_assetevent"
            " ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 26"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "Index Scan Backward using assets_assetevent_pgh_created_at" in plan
