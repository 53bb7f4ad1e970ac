"""Finding what a record may be: by indexes alone, and with the reasons."""

import datetime as dt
import importlib
from copy import copy

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assets.models import Asset
from assets.twins import keys
from assets.twins.candidates import MOST_A_KEY, search
from assets.twins.finding import compared, find
from assets.twins.models import Pair, RowAnswer, Sweep
from assets.twins.records import facts_of_asset
from assets.twins.signals import Facts
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db
FAR = metres_east(SALE, 4_000)
YESTERDAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

RECORD = Facts(
    "Boathouse Tea Room",
    category="food_drink",
    lon=SALE.x,
    lat=SALE.y,
    postcode="M33 2DH",
    phone="0161 496 0123",
    website="https://boathouse.example/tea",
    ids={"charity": "123456"},
)


def found(record=RECORD):
    return [candidate.asset_id for candidate, _ in compared({7: record}).get(7, ())]


@pytest.mark.parametrize(
    "said",
    [
        {"location": metres_east(SALE, 80)},
        {"location": None, "postcode": "M33 2DH"},
        {"location": FAR, "phone": "+44 (161) 496-0123"},
        {"location": FAR, "website": "http://www.boathouse.example/tea/"},
        {"location": FAR, "source_values": {"outside": {"charity:ref": "123456"}}},
        {"location": FAR, "source": "csv", "source_ref": "charities/123456"},
    ],
    ids=["near", "postcode", "phone", "page", "charity", "charity of the list"],
)  # fmt: skip
def test_each_sign_leads_to_the_record(said):
    if said["location"] is None:
        said |= {"location_precision": "", "location_source": ""}
    asset = factories.AssetFactory(name="The Boathouse Tea Rooms Ltd", **said)
    factories.AssetFactory(name="Moss Lane Bowling Club", location=metres_east(SALE, 900))

    assert found() == [asset.pk]


def test_a_rare_name_is_found_anywhere_and_a_common_one_is_not():
    asset = factories.AssetFactory(
        name="Boathouse, Tea Room", location=metres_east(SALE, 4_000)
    )
    assert found() == [asset.pk]

    for n in range(MOST_A_KEY):
        factories.AssetFactory(
            name="Boathouse Tea Room", location=metres_east(SALE, 5_000 + 800 * n)
        )
    assert found() == []


def test_the_indexes_are_used_not_the_whole_table():
    one = factories.AssetFactory(phone="0161 496 0123", postcode="M33 2DH")
    rest = [copy(one) for _ in range(3_000)]
    for n, each in enumerate(rest):
        each.pk, each.name, each.phone = None, f"Place {n}", f"0161 4{n:06}"
        each.website, each.postcode = f"https://place.example/{n}", f"M{n % 90 + 1} 1AA"
        each.location = metres_east(SALE, 10 * n)
        each.source, each.source_ref = "csv", f"charities/{n}"
    Asset.objects.bulk_create(rest)
    statement, values = search({0: RECORD})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE assets_asset")
        cursor.execute(f"EXPLAIN {statement}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())

    for name in ("square", "name", "phone", "website", "charity", "postcode"):
        assert f"twins_asset_{name}" in plan
    assert "Seq Scan on assets_asset" not in plan


def test_the_indexes_hold_the_very_expressions_that_are_asked_for():
    folder = "assets.twins.migrations"
    first = importlib.import_module(f"{folder}.0003_keys_that_records_are_found_by").INDEXES
    second = importlib.import_module(f"{folder}.0004_squares_that_records_lie_in").INDEXES
    wanted = {
        "twins_asset_phone": keys.PHONE_SQL.format("phone"),
        "twins_asset_website": keys.WEBSITE_SQL.format("website"),
        "twins_asset_charity": keys.CHARITY_SQL.format(""),
        "twins_asset_postcode": "(postcode)",
        "twins_asset_square": keys.SQUARE_SQL.format(""),
        "twins_asset_name": keys.NAME_SQL.format("name"),
    }

    assert wanted.keys() == {**first, **second}.keys()
    for name, expression in wanted.items():
        assert expression in {**first, **second}[name]


@pytest.mark.parametrize(
    ("column", "sql", "key", "texts"),
    [
        ("phone", keys.PHONE_SQL, keys.phone_key, ["0161 496 0123", "+44 (0)161 496 0123"]),
        (
            "website",
            keys.WEBSITE_SQL,
            keys.website_key,
            ["https://www.A.example/B/?q=1#x", "http://a.example", "http://a.example/b//"],
        ),
        ("name", keys.NAME_SQL, keys.name_key, ["St. Mary’s Church!", "Café 12 Élan"]),
    ],
)
def test_python_and_the_database_make_the_same_key(column, sql, key, texts):
    for text in texts:
        asset = factories.AssetFactory(**{column: text})
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {sql.format(column)} FROM assets_asset WHERE id = %s", [asset.pk]
            )
            assert cursor.fetchone()[0] == key(text)


def test_python_and_the_database_see_the_same_square():
    asset = factories.AssetFactory(location=SALE)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {keys.SQUARE_SQL.format('')} FROM assets_asset WHERE id = %s", [asset.pk]
        )
        assert cursor.fetchone()[0] in keys.squares_around(SALE.x, SALE.y)


def test_two_queries_whatever_is_found(django_assert_num_queries):
    factories.AssetFactory.create_batch(4, name="Boathouse Tea Room")

    with django_assert_num_queries(3):  # two to find, one for what may be seen
        assert len(find(RECORD, among=Asset.objects.all())) == 4
    with django_assert_num_queries(1):
        assert find(Facts("Nowhere at all"), among=Asset.objects.all()) == []


def test_an_asset_is_compared_with_all_that_is_said_of_it():
    asset = factories.AssetFactory(
        name="Hope House", phone="0161 496 0123", website="https://hope.example",
        source="osm", source_ref="way/1", source_values={"outside": {"wikidata": "Q1"}},
    )  # fmt: skip

    facts = facts_of_asset(asset)
    assert (facts.lon, facts.lat, facts.listed_in) == (SALE.x, SALE.y, "osm")
    assert facts.ids == {"osm": "way/1", "wikidata": "Q1"}
    assert facts.family


# --- the database refuses ------------------------------------------------------------------


def _pair(**said):
    low, high = factories.AssetFactory(), factories.AssetFactory()
    return Pair.objects.create(
        **{"low": low, "high": high, "found_on": timezone.localdate(), **said}
    )


def _answer(**said):
    asset = factories.AssetFactory()
    values = {
        "source": "csv", "source_ref": "list/1", "asset": asset, "says": "same",
        "decided_at": timezone.now(),
    }  # fmt: skip
    return RowAnswer.objects.create(**{**values, **said})


def _begun(**said):
    return Sweep.objects.create(started_at=timezone.now(), **said)


def _twice():
    pair = _pair()
    _pair(low=pair.low, high=pair.high)


def _backwards():
    pair = _pair()
    Pair.objects.filter(pk=pair.pk).update(low=pair.high_id, high=pair.low_id)


@pytest.mark.parametrize(
    ("name", "breaks"),
    [
        ("twins_pair_low_before_high", _backwards),
        ("twins_pair_once", _twice),
        ("twins_pair_score_in_range", lambda: _pair(score=1.1)),
        ("twins_pair_state_known", lambda: _pair(state="perhaps", decided_at=timezone.now())),
        ("twins_pair_decided_dated", lambda: _pair(state="distinct")),
        ("twins_pair_decided_dated", lambda: _pair(decided_at=timezone.now())),
        ("twins_rowanswer_once", lambda: _answer(asset=_answer(says="distinct").asset)),
        ("twins_rowanswer_one_is_it", lambda: (_answer(), _answer())),
        ("twins_rowanswer_names_a_row", lambda: _answer(source_ref="")),
        ("twins_rowanswer_source_known", lambda: _answer(source="hearsay")),
        ("twins_rowanswer_says_known", lambda: _answer(says="perhaps")),
        ("twins_sweep_one_at_a_time", lambda: (_begun(), _begun())),
        ("twins_sweep_ends_after_start", lambda: _begun(finished_at=YESTERDAY)),
    ],
)  # fmt: skip
def test_the_database_keeps_its_rules(name, breaks):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        breaks()
