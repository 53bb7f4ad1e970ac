"""How many places a question finds: the same as its rows, without looking at each."""

import itertools

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from assets.counting import count_found
from assets.filters import AssetQuery
from assets.models import Asset, Visibility
from geo.pyramid_folding import fold_all
from tests import factories
from tests.factories import NORWICH, SALE, metres_east

pytestmark = pytest.mark.django_db

QUESTIONS = [
    "",
    "category=faith&category=shops",
    "check_state=fresh",
    "wheelchair=yes&wheelchair=limited",
    "category=faith&wheelchair=yes&wheelchair=limited",
    "wheelchair=no",
    "q=church",
]
PLACES = [
    "",
    "near=-2.32,53.42",
    "bbox=-2.4,53.3,-2.2,53.5",
    "near=-2.32,53.42&bbox=-2.4,53.3,-2.2,53.5",
    "near=-2.32,53.42&within_m=2000",
]


@pytest.fixture
def country(db):
    """Places of every sort: public, drafts, hidden ones, and some without a point."""
    for number, (kind, wheelchair) in enumerate(
        itertools.product(("faith", "shops", "sport"), ("yes", "limited", "no", "unknown"))
    ):
        factories.AssetFactory(
            name=f"Church {number}",
            category=kind,
            wheelchair=wheelchair,
            location=metres_east(SALE, 100 * number) if number % 4 else NORWICH,
        )
    fold_all()  # the rest is counted beside the cells
    for kind in ("faith", "shops"):
        draft = {"visibility": Visibility.DRAFT, "published_on": None}
        nowhere = {"location": None, "location_precision": "", "location_source": ""}
        factories.AssetFactory(category=kind, wheelchair="yes", **draft)
        factories.AssetFactory(category=kind, wheelchair="yes", **nowhere)
        factories.AssetFactory(category=kind, **nowhere, **draft)
        factories.AssetFactory(category=kind, visibility=Visibility.HIDDEN)


@pytest.mark.parametrize("sees_more", [False, True])
def test_every_question_counts_what_its_rows_are(country, sees_more):
    allowed = Asset.objects.visible_to(everywhere=sees_more, area_ids=[])
    counted, found = {}, {}
    for asked in map("&".join, itertools.product(QUESTIONS, PLACES)):
        query = AssetQuery.parse(QueryDict(asked))
        counted[asked] = count_found(query, allowed, sees_more=sees_more)
        found[asked] = len(list(query.rows(allowed)))

    assert counted == found
    assert len(set(found.values())) > 8


def test_the_nearest_of_all_are_counted_without_looking_at_places(country):
    query = AssetQuery.parse(QueryDict("near=-2.32,53.42"))
    allowed = Asset.objects.visible_to(everywhere=False, area_ids=[])

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert count_found(query, allowed, sees_more=False) == 12

    (statement,) = [query["sql"] for query in asked]
    assert "assets_asset" not in statement


def test_the_public_is_counted_without_looking_at_drafts(country):
    allowed = Asset.objects.visible_to(everywhere=False, area_ids=[])

    with CaptureQueriesContext(connection) as asked:
        assert count_found(AssetQuery(), allowed, sees_more=False) == 14

    (rows,) = [query["sql"] for query in asked if "assets_asset" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {rows}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "assets_asset_beside_map" in plan
