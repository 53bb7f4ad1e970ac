"""What other rooms show of ties and log."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.connections.models import Partnership
from fans.connections.reports import (
    MonthCounts,
    month_counts,
    recent_connections,
    ties_named_in_public,
    ties_of,
)
from tests.factories import (
    AssetFactory,
    ConnectionFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
CONFIRMED = {"home_confirmed_at": NOW, "partner_confirmed_at": NOW}
NAMED = {"home_named_ok": True, "partner_named_ok": True, "status": "active"} | CONFIRMED


def on(month, day):
    return dt.date(2026, month, day)


@pytest.fixture
def tie(home):
    return PartnershipFactory(home=home)


def met(tie, *days, **values):
    return [ConnectionFactory(partnership=tie, happened_on=day, **values) for day in days]


def group(name="Rota of drivers", kind="group", category="clubs_societies"):
    return PartnerFactory(kind=kind, asset=None, name=name, own_category=category)


# --- recent -----------------------------------------------------------------------------


def test_recent_connections_come_newest_first_without_those_taken_back(home, tie):
    old, new = met(tie, on(9, 1), on(9, 8))
    met(tie, on(9, 9), undone_at=NOW)

    assert recent_connections(home) == [new, old]
    assert recent_connections(home, limit=1) == [new]


def test_recent_connections_cost_one_query(home, django_assert_num_queries):
    for number in range(4):
        met(PartnershipFactory(home=home), on(9, 1 + number))

    with django_assert_num_queries(1):
        assert all(str(row.partnership.partner) for row in recent_connections(home))


# --- ties -------------------------------------------------------------------------------


def test_a_tie_tells_how_often_and_when_last_it_met(home, tie):
    met(tie, on(8, 1), on(8, 8), on(8, 15))
    met(tie, on(8, 18), until_on=on(8, 24), occurrences=2)
    met(tie, on(8, 30), undone_at=NOW)

    [found] = ties_of(home, on=on(9, 1))

    assert (found.partnership, found.times) == (tie, 5)
    assert found.last_on == on(8, 24)
    assert found.usual_gap_days == 7


def test_a_tie_goes_quiet_by_its_own_rhythm(home, tie):
    met(tie, on(8, 1), on(8, 8), on(8, 15))

    assert not ties_of(home, on=on(8, 29))[0].going_quiet
    assert ties_of(home, on=on(8, 30))[0].going_quiet


@pytest.mark.parametrize("status", ["ended", "declined"])
def test_a_tie_that_is_over_is_not_going_quiet(home, tie, status):
    met(tie, on(8, 1))
    Partnership.objects.update(status=status)

    [found] = ties_of(home, on=on(12, 31))

    assert found.partnership.is_over
    assert not found.going_quiet


def test_a_tie_never_met_has_no_last_day_and_comes_last(home, tie):
    older, newer = PartnershipFactory(home=home), PartnershipFactory(home=home)
    met(older, on(8, 1))
    met(newer, on(8, 2))

    ties = ties_of(home, on=on(9, 1))

    assert [found.partnership for found in ties] == [newer, older, tie]
    assert (ties[-1].times, ties[-1].last_on, ties[-1].going_quiet) == (0, None, False)


def test_what_is_from_memory_counts_until_something_is_logged(home, tie):
    met(tie, on(5, 20), source="recall", occurrences=4)
    assert ties_of(home, on=on(6, 1))[0].times == 4

    met(tie, on(6, 2))

    [found] = ties_of(home, on=on(6, 3))
    assert (found.times, found.last_on) == (1, on(6, 2))


def test_a_tie_goes_both_ways_once_each_side_has_given(home, tie):
    met(tie, on(8, 1), direction="out", home_gives=["tea"])
    assert not ties_of(home)[0].both_give

    met(tie, on(8, 8), direction="in", partner_gives=["time"])

    [found] = ties_of(home)
    assert found.both_give
    assert found.directions == ("in", "out")


def test_family_and_professionals_do_not_count(home):
    PartnershipFactory(home=home, partner=group("A daughter", kind="family", category=""))

    assert not ties_of(home)[0].counts


def test_another_home_s_ties_stay_there(home, tie):
    met(PartnershipFactory(home=HomeFactory(name="Elmbank"), partner=tie.partner), on(8, 1))

    [found] = ties_of(home)

    assert (found.partnership, found.times) == (tie, 0)


def test_ties_cost_two_queries_however_many(home, django_assert_num_queries):
    for _ in range(5):
        met(PartnershipFactory(home=home), on(8, 1), on(8, 8))

    with django_assert_num_queries(2):
        ties = ties_of(home)
        assert all(
            (str(tie.partnership.partner), tie.partnership.partner.category) for tie in ties
        )


# --- in public --------------------------------------------------------------------------


def test_ties_are_named_when_both_sides_said_yes(home):
    tie = PartnershipFactory(home=home, **NAMED)

    assert ties_named_in_public(home=home) == [tie]
    assert ties_named_in_public(asset=tie.partner.asset) == [tie]


@pytest.mark.parametrize(
    "less",
    [
        {"home_named_ok": False},
        {"partner_named_ok": False},
        {"status": "idea"},
        {"status": "asked"},
        {"status": "ended"},
        {"status": "declined", "declined_reason": "not_now"},
    ],
)
def test_ties_are_not_named_on_less(home, less):
    PartnershipFactory(home=home, **NAMED | less)

    assert ties_named_in_public(home=home) == []


@pytest.mark.parametrize("status", ["agreed", "active", "quiet"])
def test_a_tie_that_stands_may_be_named(home, status):
    assert PartnershipFactory(home=home, **NAMED | {"status": status}) in ties_named_in_public(
        home=home
    )


@pytest.mark.parametrize(
    ("kind", "category", "named"),
    [
        ("group", "sport", True),
        ("person", "individual_gift", False),
        ("family", "", False),
        ("professional", "", False),
    ],
)
def test_no_private_person_is_named(home, kind, category, named):
    PartnershipFactory(home=home, partner=group(kind=kind, category=category), **NAMED)

    assert bool(ties_named_in_public(home=home)) is named


@pytest.mark.parametrize(
    "hidden", [{"visibility": "draft"}, {"visibility": "hidden"}, {"state": "closed"}]
)
def test_a_place_the_public_cannot_see_is_not_named(home, hidden):
    partner = PartnerFactory(asset=AssetFactory(**hidden))
    PartnershipFactory(home=home, partner=partner, **NAMED)

    assert ties_named_in_public(home=home) == []


@pytest.mark.parametrize(("beds", "named"), [(6, False), (7, True), (0, True)])
def test_a_small_home_is_not_named_through_its_ties(beds, named):
    tie = PartnershipFactory(home=HomeFactory(beds=beds), **NAMED)

    assert bool(ties_named_in_public(asset=tie.partner.asset)) is named


def test_naming_costs_one_query(home, django_assert_num_queries):
    for _ in range(4):
        PartnershipFactory(home=home, **NAMED)

    with django_assert_num_queries(1):
        ties = ties_named_in_public(home=home)
        assert [(str(tie.partner), tie.home.name) for tie in ties]
    assert len(ties) == 4


# --- months -----------------------------------------------------------------------------


def test_a_month_counts_what_happened_in_it(home, tie):
    other = PartnershipFactory(home=home)
    met(tie, on(9, 30), on(10, 1), on(10, 31), on(11, 1))
    met(other, on(9, 28), until_on=on(10, 4), occurrences=3)
    met(other, on(10, 29), until_on=on(11, 2), occurrences=3)

    assert month_counts(home, on(10, 17)) == MonthCounts(times=5, rows=3, partners=2)


def test_a_month_leaves_out_what_does_not_count(home, tie):
    family = PartnershipFactory(home=home, partner=group(kind="family", category=""))
    met(family, on(10, 5))
    met(tie, on(10, 5), source="recall")
    met(tie, on(10, 5), undone_at=NOW)
    met(PartnershipFactory(home=HomeFactory(name="Elmbank")), on(10, 5))

    assert month_counts(home, on(10, 1)) == MonthCounts(times=0, rows=0, partners=0)


def test_december_ends_with_the_year(home, tie):
    met(tie, dt.date(2025, 12, 31), dt.date(2026, 1, 1))

    assert month_counts(home, dt.date(2025, 12, 1)).times == 1


def test_a_month_costs_one_query(home, tie, django_assert_num_queries):
    met(tie, on(10, 5))

    with django_assert_num_queries(1):
        month_counts(home, on(10, 1))
