"""When something is worth a reminder."""

import datetime as dt

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from fans.connections.nudges.rules import (
    RULES,
    Fact,
    Kind,
    SetAside,
    is_hidden,
    since,
    standing_on,
)
from fans.connections.nudges.wordings import WORDINGS, title_of, words_of
from fans.connections.rhythm import months_after
from fans.connections.ties.handing import month_of
from fans.people.table import ACTIONS

AFTER = {"INVITATION_DAYS": 7, "QUICK_ENTRY_DAYS": 2, "WISH_DAYS": 28, "HAND_OVER_MONTHS": 5}
MAY = dt.date(2026, 5, 12)


def days_on(day, days):
    return day + dt.timedelta(days=days)


def fact(kind, *, home=1, thing=1, day=MAY, **told):
    return Fact(kind, home, thing, day, **told)


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (Kind.INVITATION, dt.date(2026, 5, 19)),
        (Kind.QUICK, dt.date(2026, 5, 14)),
        (Kind.WISH, dt.date(2026, 6, 9)),
        (Kind.HAND_OVER, dt.date(2026, 10, 12)),
        (Kind.FOLLOW_UP, MAY),
        (Kind.QUIET, MAY),
    ],
)
def test_each_kind_stands_from_its_own_day_on(kind, first):
    one = fact(kind)

    assert since(one, AFTER) == first
    assert standing_on(days_on(first, -1), [one], AFTER) == []
    [standing] = standing_on(first, [one], AFTER)
    assert (standing.since, standing.day, standing.count) == (first, MAY, 1)


def test_thresholds_are_the_operators_settings():
    assert {rule.after for rule in RULES.values()} - {""} <= settings.NUDGE_AFTER.keys()
    assert since(fact(Kind.INVITATION), AFTER | {"INVITATION_DAYS": 10}) == days_on(MAY, 10)


def test_every_kind_has_its_words_and_a_permission_that_there_is():
    assert set(WORDINGS) == set(RULES) == set(Kind)
    assert {rule.action for rule in RULES.values()} <= ACTIONS.keys()


def test_wishes_of_a_home_make_one_reminder_with_how_many_and_since_when():
    facts = [
        fact(Kind.WISH, thing=1, day=MAY),
        fact(Kind.WISH, thing=2, day=days_on(MAY, 10)),
        fact(Kind.WISH, thing=3, day=days_on(MAY, 60)),
        fact(Kind.WISH, thing=4, home=2),
    ]

    first, second = standing_on(days_on(MAY, 50), facts, AFTER)

    assert (first.home_id, first.count, first.day) == (1, 2, MAY)
    assert (first.since, first.newest) == (days_on(MAY, 28), days_on(MAY, 38))
    assert (second.home_id, second.count) == (2, 1)
    assert words_of(first).startswith("2 wishes have waited long, the first since 12 May 2026.")
    assert words_of(second).startswith("A wish has waited since 12 May 2026.")


def test_a_quiet_tie_says_when_they_met_how_often_and_who_arranges_it():
    one = fact(Kind.QUIET, last_on=MAY, gap_days=14.0)
    [standing] = standing_on(MAY, [one], AFTER)

    assert title_of(standing, home="Larkfield", partner="a neighbour") == (
        "A neighbour and Larkfield"
    )
    assert words_of(standing, arranged_by="home") == (
        "Last met on 12 May 2026; it was every 14 days. The home arranges it."
    )


@pytest.mark.parametrize(
    ("until", "newest", "today", "hidden"),
    [
        (dt.date(2026, 6, 1), MAY, dt.date(2026, 5, 31), True),
        (dt.date(2026, 6, 1), MAY, dt.date(2026, 6, 1), False),
        (None, MAY, dt.date(2027, 6, 1), True),
        (None, days_on(MAY, -1), dt.date(2026, 6, 1), False),  # woke, and quiet again since
    ],
)
def test_what_was_put_off_comes_back_on_its_day_and_what_was_closed_when_it_is_new(
    until, newest, today, hidden
):
    [standing] = standing_on(MAY, [fact(Kind.QUIET)], AFTER)

    assert is_hidden(standing, SetAside(until=until, newest=newest), today) is hidden
    assert not is_hidden(standing, None, today)


FACTS = st.builds(
    Fact,
    kind=st.sampled_from(list(Kind)),
    home_id=st.integers(1, 3),
    thing_id=st.integers(1, 4),
    day=st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
)


@given(st.lists(FACTS, max_size=15), st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
def test_reminders_are_what_a_plain_walk_over_the_facts_finds(facts, today):
    found = standing_on(today, facts, AFTER)

    slow: dict[tuple[Kind, int], list[Fact]] = {}
    for one in facts:
        if since(one, AFTER) <= today:
            thing = one.home_id if RULES[one.kind].by_home else one.thing_id
            slow.setdefault((one.kind, thing), []).append(one)
    assert {(one.kind, one.thing_id): one.count for one in found} == {
        key: len(rows) for key, rows in slow.items()
    }
    for one in found:
        assert one.since <= one.newest <= today
        assert one.day == min(row.day for row in slow[one.kind, one.thing_id])


@given(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)), st.integers(1, 14))
def test_so_many_months_are_over_on_the_day_that_the_hand_over_counts_them(start, months):
    day = months_after(start, months)

    assert month_of(start, day) == months
    assert month_of(start, days_on(day, -1)) == months - 1
