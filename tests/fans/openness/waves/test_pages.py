"""The pages of waves: what they show to whom, and what their buttons do."""

import datetime as dt
import re

import pytest
from django.test import Client

from fans.openness.models import ContextEvent, Wave
from fans.openness.services import last_day_for_answers, submit_assessment
from fans.openness.waves.services import close_wave
from tests import factories
from tests.fans.openness.waves.conftest import on

pytestmark = pytest.mark.django_db

MID_MAY = dt.date(2026, 5, 20)
JULY = dt.date(2026, 7, 25)
AUGUST = dt.date(2026, 8, 10)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def answer(wave, group, times=1, value=2):
    for _ in range(times):
        submit_assessment(wave=wave, group=group, answers={"G1": value}, by=None)


# --- one wave ---------------------------------------------------------------------------


def test_says_where_a_wave_is_and_what_it_lacks(wave, manager, home):
    with on(MID_MAY):
        answer(wave, "staff", 3)
        page = text_of(browser_of(manager).get(f"/waves/{wave.pk}/"))

    assert "Month 0 is open since 1 May 2026. It closes at the end of 28 May 2026." in page
    assert "About 24 minutes are left" in page
    assert "Not yet: May 2026 is not counted yet." in page
    assert "Done: 3 answers." in page
    assert "Not yet: 0 of 3 answers." in page


def test_leads_to_where_what_is_missing_is_done(wave, manager, home):
    with on(MID_MAY):
        page = browser_of(manager).get(f"/waves/{wave.pk}/").content.decode()

    assert f'href="/homes/{home.pk}/tally/?month=2026-05"' in page
    assert f'href="/homes/{home.pk}/start/know/"' in page
    assert f'href="/waves/{wave.pk}/codes/"' in page
    assert f'href="/waves/{wave.pk}/assess/?group=manager"' in page


def test_leads_the_facilitator_only_where_the_facilitator_may_go(wave, facilitator, home):
    with on(MID_MAY):
        page = browser_of(facilitator).get(f"/waves/{wave.pk}/").content.decode()

    assert f"/homes/{home.pk}/tally/" not in page
    assert f'href="/waves/{wave.pk}/codes/"' in page


def test_tells_the_team_that_two_answered_and_the_facilitator_no_more_than_few(
    wave, manager, facilitator
):
    with on(MID_MAY):
        answer(wave, "residents", 2)
        answer(wave, "relatives", 3)
        inside = text_of(browser_of(manager).get(f"/waves/{wave.pk}/"))
        outside = text_of(browser_of(facilitator).get(f"/waves/{wave.pk}/"))

    assert "2 of 3 answers" in inside
    assert "People who live here: 2" in inside
    assert "2 of 3" not in outside
    assert "People who live here: fewer than 3" in outside
    assert "Staff: fewer than 3" in outside  # one of none is told alike
    assert "Relatives and friends: 3" in outside


def test_shows_late_answers_as_an_addendum_and_nobodys_alone(wave, manager, facilitator):
    with on(MID_MAY):
        close_wave(wave=wave, by=facilitator)
        answer(wave, "residents", 3, value=4)
        answer(wave, "relatives", 2, value=1)
    with on(last_day_for_answers(wave) + dt.timedelta(days=1)):
        inside = text_of(browser_of(manager).get(f"/waves/{wave.pk}/"))
        outside = text_of(browser_of(facilitator).get(f"/waves/{wave.pk}/"))

    assert "Addendum: what came after the close" in inside
    addendum = inside.split("Addendum", 1)[1]
    assert "People who live here: 3" in addendum
    assert "Relatives and friends: 2" in addendum
    assert addendum.count("Relatives and friends") == 1  # counted, without a middle answer
    assert re.search(r"People who live here ?4", addendum)
    addendum = outside.split("Addendum", 1)[1]
    assert "People who live here: 3" in addendum
    assert "Relatives and friends" not in addendum
    assert "Middle answer" not in addendum


def test_shows_no_late_middle_answer_while_another_sheet_could_be_told_from_it(wave, manager):
    with on(MID_MAY):
        wave = close_wave(wave=wave, by=manager)
        answer(wave, "residents", 3, value=4)
    with on(last_day_for_answers(wave)):
        page = text_of(browser_of(manager).get(f"/waves/{wave.pk}/"))

    assert "People who live here: 3" in page.split("Addendum", 1)[1]
    assert not re.search(r"People who live here ?4", page)


def test_shows_no_addendum_where_nothing_came_late(wave, manager, facilitator):
    with on(MID_MAY):
        close_wave(wave=wave, by=facilitator)
        page = text_of(browser_of(manager).get(f"/waves/{wave.pk}/"))

    assert "Addendum" not in page
    assert "Fay closed month 0 on 20 May 2026 at 12:00." in page
    assert "until 17 June 2026 is kept in the addendum" in page


def test_shows_memory_beside_the_log(wave, home, manager):
    tie = factories.PartnershipFactory(home=home)
    for source, times, day in (("recall", 11, 15), ("log", 3, 18)):
        factories.ConnectionFactory(
            partnership=tie,
            source=source,
            occurrences=times,
            happened_on=dt.date(2026, 5, day),
        )
    with on(MID_MAY):
        page = text_of(browser_of(manager).get(f"/waves/{wave.pk}/"))

    assert "11 times from memory, 3 in the log, which covers 0 of the last 4 weeks" in page


def test_asks_in_few_queries(wave, manager, django_assert_max_num_queries):
    browser = browser_of(manager)
    with on(MID_MAY):
        answer(wave, "staff", 3)
        with django_assert_max_num_queries(26):
            browser.get(f"/waves/{wave.pk}/")


# --- buttons ----------------------------------------------------------------------------


def test_the_facilitator_opens_a_wave_after_being_asked(waves, facilitator):
    url, browser = f"/waves/{waves[1].pk}/open/", browser_of(facilitator)
    with on(JULY):
        assert "It opens today, and closes after 28 days" in text_of(browser.get(url))
        assert Wave.objects.get(pk=waves[1].pk).opens_on == dt.date(2026, 8, 1)
        page = text_of(browser.post(url, follow=True))

    assert "Month 3 is open until the end of 21 August 2026." in page
    assert "Fay opened month 3 on 25 July 2026." in page


def test_a_manager_does_not_open_but_closes(waves, manager):
    browser = browser_of(manager)
    with on(MID_MAY):
        assert browser.get(f"/waves/{waves[1].pk}/open/").status_code == 403
        assert browser.post(f"/waves/{waves[1].pk}/open/").status_code == 403
        assert browser.get(f"/waves/{waves[0].pk}/days/").status_code == 403
        asked = text_of(browser.get(f"/waves/{waves[0].pk}/close/"))
        page = text_of(browser.post(f"/waves/{waves[0].pk}/close/", follow=True))

    assert "From then on nothing moves it" in asked
    assert "The month’s tally: May 2026 is not counted yet." in asked
    assert "Month 0 is closed." in page
    assert "Mo closed month 0 on 20 May 2026 at 12:00." in page


def test_a_slip_is_undone_from_the_page(wave, manager):
    browser = browser_of(manager)
    with on(MID_MAY):
        page = browser.post(f"/waves/{wave.pk}/close/", follow=True)
        assert f'action="/waves/{wave.pk}/undo-close/"' in page.content.decode()
        page = browser.post(f"/waves/{wave.pk}/undo-close/", follow=True)

    assert "Month 0 is open again, as it was." in text_of(page)
    assert Wave.objects.get(pk=wave.pk).closed_at is None


def test_whoever_closes_second_reads_who_was_first(wave, facilitator, manager):
    with on(MID_MAY):
        browser_of(facilitator).post(f"/waves/{wave.pk}/close/")
        page = browser_of(manager).post(f"/waves/{wave.pk}/close/")

    assert page.status_code == 409
    assert "Fay closed month 0 on 20 May 2026 at 12:00." in text_of(page)


def test_a_close_is_not_undone_after_ten_minutes(wave, manager):
    browser = browser_of(manager)
    with on(MID_MAY, 12, 0):
        browser.post(f"/waves/{wave.pk}/close/")
    with on(MID_MAY, 12, 11):
        assert "It was a slip" not in text_of(browser.get(f"/waves/{wave.pk}/"))
        page = browser.post(f"/waves/{wave.pk}/undo-close/")

    assert page.status_code == 409
    assert "That can be undone for ten minutes" in text_of(page)


def test_the_facilitator_moves_the_last_day(wave, facilitator):
    url, browser = f"/waves/{wave.pk}/days/", browser_of(facilitator)
    with on(MID_MAY):
        page = browser.post(
            url, {"opens_on": "2026-05-01", "closes_on": "2026-06-10"}, follow=True
        )

    assert "Month 0 is now from 1 May 2026 to 10 June 2026." in text_of(page)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"opens_on": "2026-05-01", "closes_on": "2026-05-10"}, "close it instead"),
        ({"opens_on": "2026-05-01", "closes_on": ""}, "Put the last day."),
        ({"opens_on": "2026-05-02", "closes_on": "2026-06-10"}, "first day stays as it is"),
        ({"opens_on": "2026-05-01", "closes_on": "soon"}, "Enter a valid date"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_the_field(wave, facilitator, days, words):
    with on(MID_MAY):
        page = browser_of(facilitator).post(f"/waves/{wave.pk}/days/", days)

    assert page.status_code == 422
    assert words in text_of(page)
    assert Wave.objects.get(pk=wave.pk).closes_on == dt.date(2026, 5, 28)


# --- a home's months --------------------------------------------------------------------


def test_shows_a_homes_months_and_what_went_on_by_day(waves, home, coordinator, facilitator):
    ContextEvent.objects.create(
        home=home, kind="outbreak", from_on=dt.date(2026, 6, 1), words="Lounge closed."
    )
    with on(AUGUST):
        page = text_of(browser_of(coordinator).get(f"/homes/{home.pk}/waves/"))

    order = ["Month 0 Closed", "An outbreak", "Month 3 Open", "Month 6 Planned"]
    found = [page.index(words) for words in order]
    assert found == sorted(found)
    assert "Lounge closed." in page


def test_shows_a_facilitator_the_months_of_their_own_cohort(waves, home, facilitator):
    other = factories.EnrolmentFactory(home=home, starts_on=dt.date(2027, 5, 1))
    factories.WaveFactory(enrolment=other)
    with on(AUGUST):
        page = text_of(browser_of(facilitator).get(f"/homes/{home.pk}/waves/"))

    assert waves[0].enrolment.cohort.name in page
    assert other.cohort.name not in page


def test_says_where_a_home_is_in_no_programme(home, manager):
    page = text_of(browser_of(manager).get(f"/homes/{home.pk}/waves/"))

    assert "this home is in no programme yet" in page


EVENT = {"kind": "new_manager", "from_on": "2026-05-04", "until_on": "", "words": ""}


def test_notes_what_went_on_and_takes_it_back(home, coordinator):
    browser = browser_of(coordinator)
    with on(MID_MAY):
        page = browser.post(f"/homes/{home.pk}/went-on/", EVENT, follow=True)
        event = ContextEvent.objects.get()
        assert (event.kind, event.from_on, event.noted_by) == (
            "new_manager",
            dt.date(2026, 5, 4),
            coordinator,
        )
        assert "A new manager" in text_of(page)
        page = browser.post(f"/went-on/{event.pk}/take-back/", follow=True)

    assert "Taken back." in text_of(page)
    assert not ContextEvent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": ""}, "Choose what went on."),
        ({"kind": "flood"}, "Select a valid choice"),
        ({"from_on": ""}, "Put the day from which it went on."),
        ({"from_on": "2026-06-04"}, "Note it once it has begun."),
        ({"until_on": "2026-05-03"}, "The last day cannot be before the first."),
        ({"kind": "other"}, "Say in a few words what it was."),
        ({"words": "x" * 201}, "at most 200 characters"),
        ({"words": "Mrs Agnes Bell in room 12 was ill"}, "One thing needs another look"),
    ],
)
def test_an_event_that_cannot_be_is_refused(home, coordinator, changes, words):
    with on(MID_MAY):
        page = browser_of(coordinator).post(f"/homes/{home.pk}/went-on/", EVENT | changes)

    assert page.status_code == 422
    assert words in text_of(page)
    assert not ContextEvent.objects.exists()


# --- the beginning ----------------------------------------------------------------------


def test_the_beginning_takes_under_thirty_minutes_and_says_what_is_left(wave, home, manager):
    with on(MID_MAY):
        page = browser_of(manager).get(f"/homes/{home.pk}/baseline/")

    words = text_of(page)
    assert "0 of 6 done, about 26 minutes left" in words
    assert "Begin: The look-back" in words


def test_the_beginning_goes_on_where_it_was_left(wave, home, manager):
    tie = factories.PartnershipFactory(home=home)
    factories.ConnectionFactory(
        partnership=tie, source="recall", happened_on=dt.date(2026, 5, 15)
    )
    with on(MID_MAY):
        factories.TallyFactory(home=home, month=dt.date(2026, 5, 1))
        page = text_of(browser_of(manager).get(f"/homes/{home.pk}/baseline/"))

    assert "2 of 6 done, about 17 minutes left" in page
    assert "Go on: Manager" in page


def test_the_beginning_ends(wave, home, manager):
    tie = factories.PartnershipFactory(home=home)
    factories.ConnectionFactory(
        partnership=tie, source="recall", happened_on=dt.date(2026, 5, 15)
    )
    factories.TallyFactory(home=home, month=dt.date(2026, 5, 1))
    with on(MID_MAY):
        for group in ("residents", "relatives", "staff"):
            answer(wave, group, 3)
        answer(wave, "manager")
        page = text_of(browser_of(manager).get(f"/homes/{home.pk}/baseline/"))

    assert "All 6 are done" in page
    assert "Everything is there." in page


def test_the_beginning_of_a_home_in_no_programme_says_so(home, manager):
    page = text_of(browser_of(manager).get(f"/homes/{home.pk}/baseline/"))

    assert "This home is in no programme yet" in page


# --- from memory ------------------------------------------------------------------------


def test_asks_again_from_memory_and_scores_none_of_it(waves, home, coordinator):
    tie = factories.PartnershipFactory(home=home)
    url, browser = f"/waves/{waves[1].pk}/look-back/", browser_of(coordinator)
    with on(AUGUST):
        asked = text_of(browser.get(url))
        page = browser.post(url, {f"tie_{tie.pk}_in": "4", f"tie_{tie.pk}_out": ""})
        again = browser.get(url).content.decode()

    assert "From 14 July to 10 August 2026" in asked
    assert page.status_code == 302
    row = home.connections.get()
    assert (row.source, row.occurrences, row.direction) == ("recall", 4, "in")
    assert (row.happened_on, row.until_on) == (dt.date(2026, 7, 14), AUGUST)
    assert re.search(r'name="tie_\d+_in" value="4"', again)
    waves[1].refresh_from_db()
    assert waves[1].score.evidence["observed"]["visits_in"] == 0


def test_what_was_remembered_can_be_put_right_and_taken_off(waves, home, coordinator):
    tie = factories.PartnershipFactory(home=home)
    url, browser = f"/waves/{waves[1].pk}/look-back/", browser_of(coordinator)
    with on(AUGUST):
        browser.post(url, {f"tie_{tie.pk}_in": "4", f"tie_{tie.pk}_out": "1"})
        browser.post(url, {f"tie_{tie.pk}_in": "2", f"tie_{tie.pk}_out": ""})

    standing = home.connections.filter(undone_at=None)
    assert [(row.direction, row.occurrences) for row in standing] == [("in", 2)]


@pytest.mark.parametrize("times", ["-1", "100", "often"])
def test_refuses_times_that_cannot_be(waves, home, coordinator, times):
    tie = factories.PartnershipFactory(home=home)
    with on(AUGUST):
        page = browser_of(coordinator).post(
            f"/waves/{waves[1].pk}/look-back/", {f"tie_{tie.pk}_in": times}
        )

    assert page.status_code == 422
    assert not home.connections.exists()


def test_asks_nothing_from_memory_of_a_wave_that_is_not_open(waves, home, coordinator):
    with on(MID_MAY):
        planned = browser_of(coordinator).get(f"/waves/{waves[1].pk}/look-back/")
        start = browser_of(coordinator).get(f"/waves/{waves[0].pk}/look-back/")

    assert planned.status_code == 409
    assert "it opens on 1 August 2026" in text_of(planned)
    assert start.status_code == 404


def test_hides_the_pages_from_other_homes(waves):
    stranger = factories.member("manager", home=factories.HomeFactory(name="Mossfield"))
    browser, home = browser_of(stranger), waves[0].enrolment.home
    for url in (
        f"/waves/{waves[0].pk}/",
        f"/homes/{home.pk}/waves/",
        f"/homes/{home.pk}/baseline/",
    ):
        assert browser.get(url).status_code == 404
