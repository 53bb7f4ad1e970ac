"""How a tie stood on a day: pure rules, each against its sentence."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.connections.layers.standing import Contact, Said, State, standing, was_over
from fans.connections.layers.stops import Stop
from fans.connections.rhythm import is_going_quiet

DAY = dt.date(2026, 9, 1)
STOP = Stop(DAY, 4)


def ago(days, times=1, way="in", *, recalled=False):
    return Contact(DAY - dt.timedelta(days=days), times, way, recalled)


def stood(*contacts, is_over=False):
    return standing(contacts, stop=STOP, is_over=is_over)


def test_who_has_not_met_has_no_line():
    none = stood()

    assert (none.state, none.way, none.band, none.last_on) == (State.NOT_YET, "", 0, None)


def test_what_comes_after_the_day_is_not_known_yet():
    assert stood(ago(-1)).state is State.NOT_YET


def test_the_commonest_way_of_the_four_weeks_gives_the_line_its_colour():
    met = stood(ago(3, 1, "in"), ago(10, 2, "out"), ago(60, 9, "online"))

    assert met.ways == {"in": 1, "out": 2}
    assert (met.way, met.times, met.state) == ("out", 3, State.MET)


def test_between_two_meetings_the_last_way_is_kept():
    apart = stood(ago(30, 1, "letter"), ago(60, 1, "in"), ago(90, 1, "in"))

    assert (apart.state, apart.way, apart.times) == (State.BETWEEN, "letter", 0)


def test_out_of_its_own_rhythm_it_goes_quiet_even_within_the_four_weeks():
    weekly = stood(ago(16), ago(23), ago(30), ago(37))

    assert weekly.state is State.QUIET
    assert weekly.times == 2


def test_memory_counts_until_something_is_logged():
    assert stood(ago(5, 12, recalled=True)).times == 12
    assert stood(ago(5, 12, recalled=True), ago(2)).times == 1
    later = stood(ago(5, 12, recalled=True), ago(-30))
    assert later.times == 12  # month 0 keeps what was remembered then


@pytest.mark.parametrize(
    ("times", "band"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (7, 3), (8, 4), (90, 4)]
)
def test_a_line_is_as_wide_as_the_legend_says(times, band):
    contacts = [ago(1, times)] if times else []

    assert stood(*contacts).band == band


CONTACT = st.builds(
    ago,
    st.integers(-30, 200),
    st.integers(1, 9),
    st.sampled_from(["in", "out", "online", "letter"]),
    recalled=st.booleans(),
)


@given(st.lists(CONTACT, max_size=12))
def test_it_counts_and_goes_quiet_as_the_list_of_ties_does(contacts):
    known = [contact for contact in contacts if contact.day <= DAY]
    logged = [contact for contact in known if not contact.recalled] or known

    found = stood(*contacts)

    window = [c for c in logged if (DAY - c.day).days < 28]
    assert found.times == sum(c.times for c in window)
    quiet = is_going_quiet([c.day for c in logged], on=DAY)
    assert (found.state is State.QUIET) == quiet


def over(said, *, is_over=True, last=None, stop=STOP):
    return was_over(said, stop=stop, is_over=is_over, last_on=last)


def test_a_tie_is_over_from_the_day_that_somebody_said_so_until_it_is_taken_up_again():
    ended = Said(DAY - dt.timedelta(days=40), over_before=False, over_after=True)
    again = Said(DAY - dt.timedelta(days=10), over_before=True, over_after=False)

    at = {days: Stop(DAY - dt.timedelta(days=days), 1) for days in (50, 40, 20, 10)}
    found = {days: over([ended, again], is_over=False, stop=stop) for days, stop in at.items()}

    assert found == {50: False, 40: True, 20: True, 10: False}


def test_where_nobody_noted_the_day_it_is_over_once_four_weeks_have_passed_or_today():
    last = DAY - dt.timedelta(days=10)

    assert not over([], last=last)
    assert over([], last=last, stop=Stop(DAY, None, is_today=True))
    assert over([], last=DAY - dt.timedelta(days=28))
    assert not over([], last=DAY + dt.timedelta(days=3))
    assert not over([], is_over=False, last=DAY - dt.timedelta(days=90))
