"""What the way from the log to the score promises a home: on rows in the database."""

import datetime as dt
import random

import pytest
import time_machine

from fans.connections.models import Connection
from fans.openness.from_log import evidence_for
from fans.openness.lived.models import LivedScore
from fans.openness.lived.services import refresh
from fans.openness.score import score
from tests import factories
from tests.fans.openness.larkfield import V1
from tests.fans.openness.logs import AS_OF, START, asset_at, met, random_home, tie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 10, 31, 12, tzinfo=dt.UTC), tick=False):
        yield


def scored_of(home, enrolment=None):
    return score(V1, evidence_for(home, enrolment=enrolment, as_of=AS_OF))


def lived_of(home):
    refresh([home.pk])
    row = LivedScore.objects.get(home=home)
    return row.raws, row.bands, row.lived


@pytest.mark.parametrize("seed", range(4))
def test_mapping_and_listing_cost_nothing_inside_an_enrolment_until_tied_or_used(seed):
    home = random_home(random.Random(seed))  # noqa: S311
    enrolment = factories.EnrolmentFactory(home=home, starts_on=START)
    for metres in (20, 40, 60, 80, 100):
        asset_at(metres, published_on=START - dt.timedelta(days=9))
    for _ in range(5):
        factories.HomeAssetFactory(home=home, listed_on=START - dt.timedelta(days=9))
    before = scored_of(home, enrolment), lived_of(home)

    mapped = [asset_at(30, published_on=START + dt.timedelta(days=n)) for n in (1, 2, 90)]
    listed = factories.HomeAssetFactory(home=home, listed_on=START + dt.timedelta(days=1))

    assert (scored_of(home, enrolment), lived_of(home)) == before

    choir = tie(home, asset=mapped[0])
    met(choir, home_gives=[f"asset:{listed.pk}"])

    after = scored_of(home, enrolment)
    for id in ("C2", "D3"):
        assert after.indicators[id].raw > before[0].indicators[id].raw


@pytest.mark.parametrize("seed", range(4))
def test_neither_order_nor_splitting_one_row_of_four_into_four_matters(seed):
    luck = random.Random(seed)  # noqa: S311
    home = random_home(luck)
    choir = tie(home)
    for day in (0, 30, 60):
        met(choir, day, occurrences=4, origin="resident", partner_gives=["time"])
    before = scored_of(home), lived_of(home)

    rows = list(Connection.objects.filter(home=home))
    whole = [row for row in rows if row.occurrences == 4]
    assert len(whole) >= 3
    apart = [Connection(**{**said(row), "occurrences": 1}) for row in whole for _ in range(4)]
    others = [Connection(**said(row)) for row in rows if row.occurrences != 4]
    again = apart + others
    luck.shuffle(again)
    Connection.objects.filter(home=home).delete()
    Connection.objects.bulk_create(again)

    assert (scored_of(home), lived_of(home)) == before


def said(row):
    left_out = ("id", "client_uuid", "logged_at")
    names = [field.attname for field in Connection._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in left_out}
