"""After any run of writes, reach is what an independent measure says it should be."""

import datetime as dt
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.models import Asset
from fans.connections.models import Reach
from homes.models import Home
from tests.factories import SALE, AssetFactory, metres_east

PUBLISHED_ON = dt.date(2026, 1, 1)
PLACED = {"location_precision": "exact", "location_source": "map"}
UNPLACED = {"location": None, "location_precision": "", "location_source": ""}

# Metres east of Sale; pairs of them lie 614, 616 and many other distances apart.
metres = st.sampled_from([None, 0, 1, 2, 300, 614, 616, 900, 1228, 1232])
sets = st.sets(st.integers(0, 7), min_size=1, max_size=3)
changes = st.sampled_from(
    [
        {"visibility": "published"},
        {"visibility": "draft"},
        {"visibility": "hidden"},
        {"state": "open"},
        {"state": "closed"},
        {"category": "sport"},
        {"category": "transport_access"},
        {"name": "Renamed"},
    ]
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add assets"), st.lists(metres, min_size=1, max_size=4)),
        st.tuples(st.just("add homes"), st.lists(metres, min_size=1, max_size=2)),
        st.tuples(st.just("move assets"), sets, metres),
        st.tuples(st.just("move homes"), sets, metres),
        st.tuples(st.just("change assets"), sets, changes),
        st.tuples(st.just("save assets"), sets),
        st.tuples(st.just("delete assets"), sets),
        st.tuples(st.just("delete homes"), sets),
    ),
    min_size=1,
    max_size=10,
)


def placed(east):
    return UNPLACED if east is None else PLACED | {"location": metres_east(SALE, east)}


def some(model, picks):
    """Rows picked by their order, whatever their ids."""
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    return model.objects.filter(pk__in=[keys[pick] for pick in picks if pick < len(keys)])


def take(step):
    """Do one write; say on which day what comes into reach by it came."""
    what, *how = step
    if what == "add assets":
        Asset.objects.bulk_create([AssetFactory.build(**placed(east)) for east in how[0]])
        return PUBLISHED_ON
    if what == "add homes":
        named = {"name": "Elmbank", "kind": "nursing", "postcode": "M33 2DH"}
        Home.objects.bulk_create([Home(**named, **placed(east)) for east in how[0]])
        return PUBLISHED_ON
    rows = some(Home if what.endswith("homes") else Asset, how[0])
    if what.startswith("move"):
        rows.update(**placed(how[1]))
    elif what.startswith("change"):
        rows.update(**how[1])
    elif what.startswith("delete"):
        rows.delete()
    else:
        for row in rows:
            row.save()
    return timezone.localdate()


def within_reach():
    """Measure every pair anew, over the ellipsoid, without PostGIS."""
    assets = Asset.objects.filter(visibility="published", state="open", location__isnull=False)
    assets = assets.exclude(category="transport_access")
    homes = Home.objects.filter(location__isnull=False)
    return {
        (home.pk, asset.pk): far
        for home, asset in product(homes, assets)
        if (far := measure(home.location, asset.location)) <= 615
    }


def measure(one, other):
    return geodesic((one.y, one.x), (other.y, other.x)).meters


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(steps)
def test_reach_follows_any_run_of_writes(run):
    with transaction.atomic():
        since = {}
        for step in run:
            came = take(step)
            expected = within_reach()
            since = {pair: since.get(pair, came) for pair in expected}

            rows = {(row.home_id, row.asset_id): row for row in Reach.objects.all()}

            assert {pair: row.since for pair, row in rows.items()} == since
            for pair, row in rows.items():
                assert row.metres == pytest.approx(expected[pair], abs=0.01)
        transaction.set_rollback(True)
