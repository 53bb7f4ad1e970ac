"""How long a check holds, by fact and kind; fresh, due and stale on the day."""

import datetime as dt

import pytest

from assets import categories
from assets.checking.intervals import (
    INTERVALS,
    PLACE_OF,
    Interval,
    facts_that_matter,
    interval_of,
)
from assets.checking.states import state_of, worst
from assets.choices import CheckState, Fact

TODAY = dt.date(2026, 7, 2)


def test_every_fact_has_an_interval_and_says_why():
    assert set(INTERVALS) == set(Fact)
    assert all(interval.why for interval in (*INTERVALS.values(), *PLACE_OF.values()))


def test_hours_and_contact_are_asked_for_most_often_and_never_within_three_months():
    days = {fact: interval.due_days for fact, interval in INTERVALS.items()}

    assert days[Fact.HOURS] == days[Fact.CONTACT] == min(days.values()) > 92
    assert days[Fact.PLACE] == days[Fact.ACCESS] == max(days.values())


def test_kinds_with_an_interval_of_their_own_are_kinds():
    assert set(PLACE_OF) <= set(categories.SLUGS)


def test_a_shop_is_looked_at_sooner_than_a_park_but_its_telephone_is_not():
    shop, park = (interval_of(Fact.PLACE, kind) for kind in ("shops", "garden_nature"))

    assert shop.due_days < INTERVALS[Fact.PLACE].due_days < park.due_days
    assert interval_of(Fact.PHONE, "shops") == INTERVALS[Fact.PHONE]


def test_what_has_no_place_is_judged_by_its_contact():
    assert Fact.CONTACT in facts_that_matter("online")
    assert Fact.CONTACT not in facts_that_matter("shops")


@pytest.mark.parametrize(("due", "stale"), [(0, 5), (5, 5), (9, 5)])
def test_an_interval_out_of_order_is_refused(due, stale):
    with pytest.raises(ValueError, match="fresh, then due, then stale"):
        Interval(due, stale, "no reason")


@pytest.mark.parametrize(
    ("days_ago", "state"),
    [
        (None, CheckState.DUE),
        (0, CheckState.FRESH),
        (182, CheckState.FRESH),
        (183, CheckState.DUE),
        (365, CheckState.DUE),
        (366, CheckState.STALE),
    ],
)
def test_a_check_of_hours_ages_to_the_day(days_ago, state):
    day = None if days_ago is None else TODAY - dt.timedelta(days=days_ago)

    assert state_of(INTERVALS[Fact.HOURS], day, TODAY) == state


def test_the_worst_state_is_the_assets():
    fresh, due, stale = CheckState.FRESH, CheckState.DUE, CheckState.STALE

    assert worst([fresh, stale, due]) == stale
    assert worst([fresh, due]) == due
    assert worst([fresh]) == fresh
    assert worst([]) == due
