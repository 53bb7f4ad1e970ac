"""The work list: what waits at one's homes, put off or closed without leaving it."""

import datetime as dt
import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fans.connections.nudges.models import Aside, Reason
from fans.connections.nudges.services import Later, bring_back, set_aside
from fans.connections.nudges.waiting import nudges_for
from fans.connections.quick.models import QuickCode, QuickEntry
from fans.connections.ties.models import Approach
from fans.connections.wishes.models import Wish
from tests.factories import (
    NORWICH,
    ConnectionFactory,
    EnrolmentFactory,
    HomeFactory,
    PartnershipFactory,
    member,
)
from tests.fans.connections.nudges.conftest import quiet_tie

pytestmark = pytest.mark.django_db

URL = "/work-list/"


def ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


def page_of(client, person, query=""):
    client.force_login(person)
    return client.get(URL + query)


def text_of(client, person, query=""):
    page = page_of(client, person, query)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def asked(home, days, **told):
    return Approach.objects.create(
        partnership=PartnershipFactory(home=home), channel="phone", asked_on=ago(days), **told
    )


def wish(home, days, **told):
    return Wish.objects.create(home=home, text="To hear the brass band", taken_on=ago(days))


def noted(home, days):
    code = QuickCode.objects.filter(home=home).first() or QuickCode.objects.create(
        home=home, token_hash="a" * 64, expires_on=ago(-30), made_on=ago(10)
    )
    return QuickEntry.objects.create(
        code=code,
        client_uuid=f"00000000-0000-4000-8000-{QuickEntry.objects.count():012}",
        who="The postman",
        happened_on=ago(days),
        direction="in",
        noted_at=timezone.now() - dt.timedelta(days=days),
    )


def kinds_for(person):
    return [str(one.standing.kind) for one in nudges_for(person, timezone.localdate())[0]]


def test_an_invitation_is_worth_a_reminder_after_a_week(coordinator, home):
    asked(home, 6)
    assert kinds_for(coordinator) == []
    asked(home, 7)
    assert kinds_for(coordinator) == ["invitation"]


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ({"answer": "yes", "answered_on": ago(1)}, []),
        ({"follow_up_on": ago(-3)}, []),  # a day to ask again is noted: left alone till then
        ({"follow_up_on": ago(0)}, ["follow_up"]),
        ({"answer": "later", "answered_on": ago(9), "follow_up_on": ago(2)}, ["follow_up"]),
        ({"answer": "later", "answered_on": ago(9)}, []),
        ({"answer": "no", "answered_on": ago(9), "follow_up_on": ago(2)}, []),
        ({"undone_at": timezone.now()}, []),
    ],
)
def test_what_was_answered_or_put_off_to_a_day_is_judged_so(coordinator, home, told, kinds):
    asked(home, 10, **told)

    assert kinds_for(coordinator) == kinds


def test_of_a_tie_that_was_asked_twice_the_latest_counts(coordinator, home):
    first = asked(home, 30)
    Approach.objects.create(partnership=first.partnership, channel="visit", asked_on=ago(2))

    assert kinds_for(coordinator) == []


def test_wishes_are_counted_and_their_words_stay_where_they_are(client, coordinator, home):
    wish(home, 40)
    wish(home, 30)
    wish(home, 5)

    text = text_of(client, coordinator)

    assert "2 wishes have waited long, the first since" in text
    assert "brass band" not in text
    assert "Wishes waiting" in text


def test_notes_from_the_sheet_are_for_the_home_team(coordinator, champion, home):
    noted(home, 1)
    assert kinds_for(coordinator) == []
    noted(home, 3)
    assert kinds_for(coordinator) == ["quick"]
    assert kinds_for(champion) == []


def test_a_tie_in_the_champions_hands_is_to_be_handed_over_from_month_five(coordinator, home):
    tie = PartnershipFactory(home=home, status="agreed", arranged_by="champion")
    held = PartnershipFactory(home=home, status="agreed", arranged_by="champion")
    for days in (1, 8, 15):
        ConnectionFactory(partnership=tie, happened_on=ago(days), arranged_by="champion")
        ConnectionFactory(partnership=held, happened_on=ago(days), arranged_by="home")
    enrolment = EnrolmentFactory(home=home, starts_on=ago(100))
    assert kinds_for(coordinator) == []

    type(enrolment).objects.update(starts_on=ago(160))
    [nudge] = nudges_for(coordinator, timezone.localdate())[0]
    assert (nudge.standing.kind, nudge.standing.count) == ("hand_over", 1)
    assert "still arranges one tie" in nudge.words

    type(enrolment).objects.update(ends_on=ago(2))
    assert kinds_for(coordinator) == []


def test_professionals_and_family_are_no_ties_to_be_reminded_of(coordinator, home):
    tie = quiet_tie(home)
    type(tie.partner).objects.update(
        kind="professional", asset=None, name="Chiropodist", own_category=""
    )

    assert kinds_for(coordinator) == []


def test_a_champion_sees_the_homes_of_the_area_and_no_other(client, champion, home):
    quiet_tie(home, phone="0161 496 0111")
    quiet_tie(HomeFactory(name="Far House", location=NORWICH), name="Far Choir")

    text = text_of(client, champion)

    assert "Ukulele Circle and Larkfield House" in text
    assert "Far House" not in text
    assert "Far Choir" not in text
    assert 'href="tel:01614960111"' in client.get(URL).content.decode()


def test_homes_stand_in_order_of_name_with_what_they_did_and_what_waits(client, champion, home):
    quiet_tie(home)
    asked(home, 3)
    asked(home, 3, follow_up_on=ago(0))
    wish(home, 2)
    ConnectionFactory(
        partnership=PartnershipFactory(home=home, status="agreed"), happened_on=ago(0)
    )
    HomeFactory(name="Ashgrove")

    rows = page_of(client, champion).context["rows"]

    assert [row.home.name for row in rows] == ["Ashgrove", "Larkfield House"]
    empty, full = rows
    assert (empty.alive_count, empty.last_on, empty.times) == (0, None, 0)
    assert (full.alive_count, full.quiet_count, full.last_on, full.times) == (1, 1, ago(0), 1)
    assert (full.open_count, full.due_count, full.wishes_count) == (2, 1, 1)


def test_a_home_that_left_the_register_is_not_on_the_list(client, champion, home):
    quiet_tie(home)
    home.registrations.update(until=ago(3))

    assert "Larkfield" not in text_of(client, champion)


def test_home_and_kind_narrow_the_list_and_what_makes_no_sense_is_said(client, champion, home):
    other = HomeFactory(name="Heronsgate")
    quiet_tie(home)
    quiet_tie(other, name="Bowls Club")
    asked(home, 9)

    assert "Bowls Club" not in text_of(client, champion, f"?home={home.pk}")
    only = text_of(client, champion, f"?home={home.pk}&kind=invitation")
    assert "has not answered" in only
    assert "Ukulele" not in only
    assert "Nothing of this waits." in text_of(client, champion, f"?home={other.pk}&kind=wish")
    for wrong in ("?kind=nonsense", f"?home={HomeFactory(location=NORWICH).pk}", "?home=x"):
        page = page_of(client, champion, wrong)
        assert page.status_code == 400
        assert "Choose one of" in page.content.decode()


def test_long_lists_come_in_pages(client, champion, home):
    for number in range(27):
        quiet_tie(home, name=f"Club {number:02}")

    first = page_of(client, champion, "?kind=quiet").context["page"]
    assert (len(first.object_list), first.paginator.count) == (25, 27)
    assert len(page_of(client, champion, "?kind=quiet&page=2").context["page"].object_list) == 2
    assert "All 27 that go quiet" in text_of(client, champion)


def test_a_hundred_homes_cost_no_more_queries_than_one(client, champion, home):
    def fill(one):
        tie = PartnershipFactory(home=one, status="agreed", arranged_by="champion")
        ConnectionFactory(partnership=tie, happened_on=ago(90))
        asked(one, 9)
        EnrolmentFactory(home=one, starts_on=ago(200))

    fill(home)
    client.force_login(champion)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for number in range(104):
        fill(HomeFactory(name=f"House {number:03}"))
    with CaptureQueriesContext(connection) as many:
        page = client.get(URL)

    assert page.context["homes_count"] == 105
    assert len(many) == len(few)
    assert len(many) <= 32


# --- putting off and closing --------------------------------------------------------------


def post(client, person, **told):
    client.force_login(person)
    return client.post("/work-list/aside/", told)


def test_a_reminder_is_put_off_for_a_week_and_comes_back_by_itself(client, coordinator, home):
    tie = quiet_tie(home)
    answer = post(client, coordinator, kind="quiet", thing=tie.pk, word="week", on_kind="quiet")

    assert (answer.status_code, answer.url) == (302, "/work-list/?kind=quiet")
    today = timezone.localdate()
    shown, hidden = nudges_for(coordinator, today)
    assert (shown, [one.aside.until for one in hidden]) == ([], [ago(-7)])
    assert len(nudges_for(coordinator, ago(-7))[0]) == 1
    assert "Put off until" in text_of(client, coordinator, "?kind=aside")


def test_the_word_can_be_taken_back_from_the_message(client, coordinator, home):
    tie = quiet_tie(home)
    answer = post(client, coordinator, kind="quiet", thing=tie.pk, word="month")
    (message,) = get_messages(answer.wsgi_request)
    undo = message.extra_tags.removeprefix("undo:")

    assert client.get(undo).status_code == 405
    assert client.post(undo).status_code == 302
    assert kinds_for(coordinator) == ["quiet"]
    assert client.post(undo).status_code == 404  # it is back already


def test_what_is_closed_stays_so_until_it_happens_anew(coordinator, home):
    tie = quiet_tie(home, last_on=ago(60))
    today = timezone.localdate()
    row = set_aside(
        by=coordinator, kind="quiet", thing_id=tie.pk, word=Reason.DONE, today=today
    )
    assert kinds_for(coordinator) == []
    assert (row.until, row.reason) == (None, "done")

    ConnectionFactory(partnership=tie, happened_on=ago(30))  # woke, and is quiet again
    assert kinds_for(coordinator) == ["quiet"]


def test_what_one_person_closes_still_stands_on_anothers_list(coordinator, champion, home):
    tie = quiet_tie(home)
    today = timezone.localdate()
    set_aside(by=coordinator, kind="quiet", thing_id=tie.pk, word=Reason.SOMEBODY, today=today)

    assert kinds_for(champion) == ["quiet"]


def test_saying_it_again_otherwise_replaces_the_first_word(coordinator, home):
    tie = quiet_tie(home)
    today = timezone.localdate()
    for word in (Later.WEEK, Reason.WRONG, Later.MONTH):
        set_aside(by=coordinator, kind="quiet", thing_id=tie.pk, word=word, today=today)

    (row,) = Aside.objects.all()
    assert (row.until, row.reason) == (Later.MONTH.from_day(today), "")


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"kind": "quiet", "thing": "1", "word": "for ever"},
        {"kind": "nonsense", "thing": "1", "word": "week"},
        {"kind": "quiet", "thing": "-1", "word": "week"},
        {"kind": "quiet", "thing": "9" * 30, "word": "week"},
        {"kind": "quiet", "thing": "1\0", "word": "week"},
        {"kind": "wish", "thing": "999999", "word": "done"},
    ],
)
def test_what_is_not_on_the_list_changes_nothing_and_says_so(client, coordinator, home, told):
    quiet_tie(home)
    answer = post(client, coordinator, **told)

    assert answer.status_code == 302
    assert not Aside.objects.exists()
    (message,) = get_messages(answer.wsgi_request)
    assert re.search(r"Nothing was changed|not on your list", str(message))


def test_nobody_sets_aside_or_brings_back_what_is_anothers(client, coordinator, home):
    far = HomeFactory(name="Far House", location=NORWICH)
    tie = quiet_tie(far)
    post(client, coordinator, kind="quiet", thing=tie.pk, word="week")
    assert not Aside.objects.exists()

    own = quiet_tie(home, name="Bowls Club")
    today = timezone.localdate()
    row = set_aside(by=coordinator, kind="quiet", thing_id=own.pk, word=Later.WEEK, today=today)

    client.force_login(member("coordinator", home=home, name="Bea"))
    assert client.post(reverse("nudges:back", args=[row.pk])).status_code == 404
    assert Aside.objects.exists()
    bring_back(by=coordinator, pk=row.pk)
    assert not Aside.objects.exists()


def test_only_filters_come_back_from_a_form_never_another_address(client, coordinator, home):
    tie = quiet_tie(home)
    answer = post(
        client, coordinator, kind="quiet", thing=tie.pk, word="week",
        on_home=str(home.pk), on_kind="//evil.example", next="https://evil.example",
    )  # fmt: skip

    assert answer.url == f"/work-list/?home={home.pk}&kind=%2F%2Fevil.example"


def test_an_empty_list_says_that_all_is_well(client, coordinator, home):
    text = text_of(client, coordinator)

    assert "Nothing is due." in text
    assert "Every tie keeps its rhythm." in text
    assert "No invitation waits for an answer." in text
    assert "Our home" in text


def test_a_volunteer_lead_has_no_work_list(client, stranger):
    assert page_of(client, stranger).status_code in (403, 404)
