"""Which ties lasted: tie by tie what the score counts home by home."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fans.connections.models import Connection
from fans.openness.instrument_file import published
from fans.openness.log_facts import Asked, log_facts
from fans.research.sustained import LatestWave, sustained_ties
from tests import factories

pytestmark = pytest.mark.django_db

AS_OF = dt.date(2026, 11, 28)
rows = st.lists(
    st.tuples(
        st.integers(0, 2),  # which tie
        st.integers(-10, 160),  # days before
        st.integers(0, 20),  # days it lasted
        st.sampled_from(["log", "log", "import", "recall"]),
        st.booleans(),  # taken back
    ),
    max_size=14,
)


@pytest.fixture
def ties(home):
    return [factories.PartnershipFactory(home=home) for _ in range(3)]


def lasted(home, months):
    with connection.cursor() as cursor:
        return sustained_ties(cursor, [LatestWave(home.pk, AS_OF, months)])


def log(tie, *days_before):
    for days in days_before:
        factories.ConnectionFactory(
            partnership=tie, happened_on=AS_OF - dt.timedelta(days=days)
        )


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=rows, months=st.integers(2, 7))
def test_as_many_ties_last_as_the_score_counts(home, ties, rows, months):
    Connection.objects.all().delete()
    for tie, before, days, source, is_undone in rows:
        last = AS_OF - dt.timedelta(days=before)
        factories.ConnectionFactory(
            partnership=ties[tie],
            happened_on=last - dt.timedelta(days=days),
            until_on=last,
            source=source,
            undone_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC) if is_undone else None,
        )
    start = (AS_OF.replace(day=1) - dt.timedelta(days=30 * months)).replace(day=1)
    [facts] = log_facts([Asked(home.pk, AS_OF, starts_on=start)], published()["v1"].window)

    found = lasted(home, facts.months_since_start)

    assert sum(found.values()) == facts.sustained_partners


def test_three_of_four_blocks_are_enough_after_four_months(home, ties):
    log(ties[0], 5, 40, 100)
    log(ties[1], 5, 40)

    assert lasted(home, 6) == {ties[0].pk: True, ties[1].pk: False}


def test_in_the_first_months_both_last_blocks_and_an_earlier_day_are_needed(home, ties):
    log(ties[0], 5, 30, 60)
    log(ties[1], 5, 60)

    assert lasted(home, 3) == {ties[0].pk: True, ties[1].pk: False}
