"""The database, the refresh after a change, and the pure function say the same."""

import datetime as dt
import random
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fans.cohorts.models import Enrolment
from fans.openness.from_log import evidence_of
from fans.openness.lived.models import LivedScore
from fans.openness.lived.services import check_all, refresh, score_all
from fans.openness.log_facts import Asked, log_facts
from fans.openness.score import score
from tests.fans.openness.larkfield import V1
from tests.fans.openness.lived.many_homes import ManyHomes
from tests.fans.openness.logs import AS_OF
from tests.fans.openness.plain_reading import as_read, read_log

pytestmark = pytest.mark.django_db

COUNTED = [indicator.id for indicator in V1.indicators if indicator.counted]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 10, 31, 12, tzinfo=dt.UTC), tick=False):
        yield


def evidences_of(homes):
    """Read each home's evidence as its page would, by its last enrolment that has begun."""
    begun = Enrolment.objects.filter(starts_on__lte=AS_OF).order_by("starts_on")
    starts = dict(begun.values_list("home", "starts_on"))
    asked = [Asked(home.pk, AS_OF, starts.get(home.pk)) for home in homes]
    found = [evidence_of(facts, V1, {}) for facts in log_facts(asked, V1.window)]
    return dict(zip((home.pk for home in homes), found, strict=True)), starts


def stored():
    return {row.home_id: row for row in LivedScore.objects.all()}


def agree(row, found):
    for id in COUNTED:
        sign = found.indicators[id]
        near = id == "D2" and sign.raw is not None
        assert row.raws[id] == (pytest.approx(sign.raw, abs=1e-9) if near else sign.raw), id
        assert row.bands[id] == sign.computed, id
    assert row.lived == (None if found.lived is None else Decimal(str(found.lived)))


def same_figures(rows):
    return {
        pk: (row.as_of, row.starts_on, row.counts, row.raws, row.bands, row.lived)
        for pk, row in rows.items()
    }


def test_all_three_agree_on_every_indicator_of_a_thousand_homes():
    homes = ManyHomes(random.Random(7), 1_000).homes  # noqa: S311
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE homes_home, connections_connection, connections_partnership")

    assert score_all() == 1_000
    by_database = stored()
    LivedScore.objects.all().delete()
    for first in range(0, 1_000, 20):
        refresh([home.pk for home in homes[first : first + 20]])

    assert same_figures(stored()) == same_figures(by_database)
    evidences, starts = evidences_of(homes)
    for home in homes:
        agree(by_database[home.pk], score(V1, evidences[home.pk]))
    for home in homes[::40]:  # the slow reading, one sentence of the rules at a time
        starts_on = starts.get(home.pk)
        assert as_read(evidences[home.pk]) == read_log(
            home, AS_OF, starts_on=starts_on, today=AS_OF
        )
    for id in COUNTED:  # none was agreed on by being empty
        assert len({row.bands[id] for row in by_database.values()}) > 3, id


@given(luck=st.randoms(use_true_random=False))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_all_three_agree_on_the_smallest_home_that_could_tell_them_apart(luck):
    with transaction.atomic():
        homes = ManyHomes(luck, 2).homes
        score_all()
        by_database = stored()
        refresh([homes[0].pk])
        evidences, _ = evidences_of(homes)

        assert same_figures(stored()) == same_figures(by_database)
        for home in homes:
            agree(by_database[home.pk], score(V1, evidences[home.pk]))
        assert check_all().different == 0
        transaction.set_rollback(True)
