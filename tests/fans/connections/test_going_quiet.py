"""Going quiet over many homes at once: what ``ties_of`` says of each of them."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fans.connections.going_quiet import quiet_since, quiet_ties
from fans.connections.models import Connection, Partnership
from fans.connections.reports import ties_of
from fans.connections.rhythm import is_going_quiet, usual_gap_days
from homes.models import Home
from tests.factories import ConnectionFactory, HomeFactory, PartnershipFactory

pytestmark = pytest.mark.django_db

START = dt.date(2026, 1, 5)
DAYS = st.integers(0, 200)
ROW = st.fixed_dictionaries(
    {
        "day": DAYS,
        "lasts": st.sampled_from([None, 0, 6]),
        "source": st.sampled_from(["log", "log", "recall", "import"]),
        "undone": st.sampled_from([False, False, False, True]),
    }
)
TIE = st.fixed_dictionaries(
    {
        "home": st.integers(0, 2),
        "status": st.sampled_from(["idea", "agreed", "agreed", "ended"]),
        "rows": st.lists(ROW, max_size=8),
    }
)


def days(*offsets):
    return [START + dt.timedelta(days=offset) for offset in offsets]


def met(tie, *offsets, **values):
    for day in days(*offsets):
        ConnectionFactory(partnership=tie, happened_on=day, **values)


def found(homes, on):
    return [tie.partnership for tie in quiet_ties([home.pk for home in homes], on=on)]


def test_a_tie_past_twice_its_usual_gap_is_found_with_its_rhythm(home):
    tie = PartnershipFactory(home=home)
    met(tie, 0, 7, 14)

    assert found([home], START + dt.timedelta(days=28)) == []
    [quiet] = quiet_ties([home.pk], on=START + dt.timedelta(days=29))
    assert (quiet.partnership, quiet.usual_gap_days) == (tie, 7)
    assert quiet.last_on == START + dt.timedelta(days=14)
    assert quiet.quiet_since == START + dt.timedelta(days=29)


def test_the_longest_silence_comes_first_over_all_homes(home):
    other = HomeFactory(name="Heronsgate")
    late, early = PartnershipFactory(home=home), PartnershipFactory(home=other)
    met(late, 20)
    met(early, 3)

    assert found([home, other], START + dt.timedelta(days=300)) == [early, late]
    assert found([home], START + dt.timedelta(days=300)) == [late]
    assert found([], START + dt.timedelta(days=300)) == []


def test_two_queries_do_for_any_number_of_homes(django_assert_num_queries):
    homes = [HomeFactory(name=f"House {number}") for number in range(12)]
    for home in homes:
        met(PartnershipFactory(home=home), 0, 7)

    with django_assert_num_queries(2):
        ties = quiet_ties([home.pk for home in homes], on=START + dt.timedelta(days=90))
        assert all(str(tie.partnership) and tie.partnership.partner.asset for tie in ties)
    assert len(ties) == 12


@given(st.lists(st.integers(0, 400), min_size=1, max_size=9))
def test_the_first_quiet_day_is_the_day_that_the_rhythm_says_so_first(offsets):
    contacts = days(*offsets)
    first = quiet_since(max(contacts), usual_gap_days(contacts))

    assert is_going_quiet(contacts, on=first)
    assert not is_going_quiet(contacts, on=first - dt.timedelta(days=1))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ties=st.lists(TIE, max_size=5), on=st.integers(0, 400))
def test_it_agrees_with_the_slow_way_over_any_log(ties, on):
    Connection.objects.all().delete()
    Partnership.objects.all().delete()
    homes = [
        Home.objects.filter(name=f"House {number}").first()
        or HomeFactory(name=f"House {number}")
        for number in range(3)
    ]
    for plan in ties:
        tie = PartnershipFactory(home=homes[plan["home"]], status=plan["status"])
        for row in plan["rows"]:
            first = START + dt.timedelta(days=row["day"])
            lasts = row["lasts"]
            ConnectionFactory(
                partnership=tie,
                happened_on=first,
                until_on=None if lasts is None else first + dt.timedelta(days=lasts),
                source=row["source"],
                undone_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC) if row["undone"] else None,
            )
    day = START + dt.timedelta(days=on)

    slowly = {
        (tie.partnership.pk, tie.partnership.home_id)
        for home in homes
        for tie in ties_of(home, on=day)
        if tie.going_quiet
    }

    quiet = quiet_ties([home.pk for home in homes], on=day)
    assert {(tie.partnership.pk, tie.partnership.home_id) for tie in quiet} == slowly
