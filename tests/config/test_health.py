"""Whether the site is ready, and what is not when it is not."""

import pytest

from config import health
from geo.models import PyramidChange
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Seconds that a test moves on."""
    now = [1000.0]
    monkeypatch.setattr(health.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(health, "_unfolded", health._Unfolded())
    PyramidChange.objects.all().delete()
    return now


def folds(client):
    response = client.get("/readyz")
    told = response.json()
    assert response.status_code == (200 if all(told.values()) else 503)
    return told["map_counts"]


def test_all_is_well_while_nothing_waits(client, clock):
    assert folds(client)
    clock[0] += 10_000
    assert folds(client)


def test_a_change_that_is_not_folded_for_long_is_told(client, clock):
    AssetFactory()
    assert folds(client)
    clock[0] += health.FOLDED_WITHIN_S - 1
    assert folds(client)
    clock[0] += 1
    assert not folds(client)


def test_a_worker_that_comes_to_the_oldest_is_at_work_however_much_waits(client, clock):
    AssetFactory()
    AssetFactory(name="Canal Side Garden")
    assert folds(client)
    clock[0] += health.FOLDED_WITHIN_S
    PyramidChange.objects.filter(pk=PyramidChange.objects.earliest("pk").pk).delete()
    assert folds(client)
    PyramidChange.objects.all().delete()
    clock[0] += health.FOLDED_WITHIN_S
    assert folds(client)


def test_that_costs_one_look_at_one_row(client, clock, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        health._unfolded.is_young()

    assert "LIMIT 1" in asked[0]["sql"]
