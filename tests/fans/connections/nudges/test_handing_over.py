"""Ties to hand over, of many homes at once: what the page of each tie says."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fans.connections.models import Connection, Partnership
from fans.connections.nudges.facts import to_hand_over
from fans.connections.ties.reports import hand_over_of
from tests.factories import (
    ConnectionFactory,
    EnrolmentFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 20)
HANDS = st.sampled_from(["", "champion", "home", "home", "partner"])
ROW = st.tuples(
    st.integers(0, 40), HANDS, st.integers(1, 3), st.sampled_from(["log", "log", "recall"])
)
TIES = st.lists(
    st.tuples(
        st.sampled_from(["champion", "champion", "home"]),
        st.sampled_from(["active", "agreed", "agreed", "idea"]),
        st.lists(ROW, max_size=5),
    ),
    max_size=4,
)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plans=TIES)
def test_it_agrees_with_what_the_page_of_each_tie_says(home, plans):
    Connection.objects.all().delete()
    Partnership.objects.all().delete()
    home.enrolments.all().delete()
    EnrolmentFactory(home=home, starts_on=dt.date(2026, 5, 1))
    yes = dt.datetime(2026, 5, 2, tzinfo=dt.UTC)
    for arranged_by, status, rows in plans:
        tie = PartnershipFactory(
            home=home, status=status, arranged_by=arranged_by,
            home_confirmed_at=yes, partner_confirmed_at=yes,
        )  # fmt: skip
        for days, by, times, source in rows:
            ConnectionFactory(
                partnership=tie, happened_on=TODAY - dt.timedelta(days=days),
                arranged_by=by, occurrences=times, source=source,
            )  # fmt: skip

    found = {fact.tie_id for fact in to_hand_over([home.pk], TODAY)}

    for tie in Partnership.objects.filter(status__in=["agreed", "active"]):
        told = hand_over_of(tie, on=TODAY)
        by_champion = tie.arranged_by == "champion" or "champion" in told.arranged
        assert (tie.pk in found) == (by_champion and not told.is_held)
    assert not found & set(
        Partnership.objects.filter(status="idea").values_list("pk", flat=True)
    )


def test_three_queries_do_for_any_number_of_homes(django_assert_num_queries):
    homes = [HomeFactory(name=f"House {number}") for number in range(9)]
    for home in homes:
        EnrolmentFactory(home=home, starts_on=dt.date(2026, 5, 1))
        tie = PartnershipFactory(
            home=home, status="agreed", arranged_by="champion", partner=PartnerFactory()
        )
        ConnectionFactory(partnership=tie, happened_on=TODAY, arranged_by="home")

    with django_assert_num_queries(3):
        assert len(to_hand_over([home.pk for home in homes], TODAY)) == 9
