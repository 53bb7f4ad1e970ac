"""A later import changes what an earlier one put there, and nothing that was edited."""

import pytest
from django.contrib.gis.geos import Point
from hypothesis import given
from hypothesis import strategies as st

from assets.candidates import Candidate, Placed
from assets.merging import Merged, merge, said_by
from assets.models import Asset
from tests.factories import SALE, metres_east

COLUMNS = ("name", "phone", "website", "wheelchair", "cost")


def placed(point=SALE, outside=None, **values) -> Placed:
    words = {"name": "The Fox", "category": "food_drink", "wheelchair": "unknown"}
    lon, lat = (point.x, point.y) if point else (None, None)
    return Placed("node/1", Candidate({**words, **values}, outside or {}), lon, lat)


def imported(row: Placed) -> Asset:
    return Asset(
        **row.candidate.values,
        abcd_type="exchange",
        location=Point(row.lon, row.lat, srid=4326) if row.has_place else None,
        location_precision="exact" if row.has_place else "",
        location_source="file" if row.has_place else "",
        source_values=said_by(row),
    )


def test_the_same_again_changes_nothing():
    assert merge(imported(placed()), placed()) == Merged()


def test_a_change_of_the_source_is_taken():
    asset = imported(placed(phone=""))

    assert merge(asset, placed(phone="0161 496 0111")).changed == {"phone", "source_values"}
    assert asset.phone == "0161 496 0111"


def test_an_edit_stays_and_the_source_is_remembered():
    asset = imported(placed(phone="1"))
    asset.phone = "2"

    assert merge(asset, placed(phone="3")).changed == {"source_values"}
    assert (asset.phone, asset.source_values["phone"]) == ("2", "3")
    assert merge(asset, placed(phone="3")) == Merged(ours={"phone"})


def test_an_edit_stays_even_after_the_source_has_come_round_to_it():
    asset = imported(placed(phone="1"))
    asset.phone = "2"
    merge(asset, placed(phone="2"))

    assert merge(asset, placed(phone="3")).changed == {"source_values"}
    assert asset.phone == "2"


def test_what_was_made_before_it_was_imported_is_kept():
    asset = Asset(name="The Fox Inn", category="civic", wheelchair="yes", source_values={})

    merge(asset, placed(point=None))

    assert (asset.name, asset.category, asset.wheelchair) == ("The Fox Inn", "civic", "yes")


@pytest.mark.parametrize(("metres", "moves"), [(0.5, False), (1.5, True), (500, True)])
def test_a_point_moves_with_its_source_from_a_metre_on(metres, moves):
    asset = imported(placed())

    changed = merge(asset, placed(point=metres_east(SALE, metres))).changed

    assert ("location" in changed) is moves


def test_a_point_somebody_put_right_stays():
    asset = imported(placed())
    asset.location = metres_east(SALE, 30)

    assert "location" not in merge(asset, placed(point=metres_east(SALE, 500))).changed


def test_an_asset_made_online_here_gets_no_point_again():
    asset = imported(placed())
    asset.category, asset.location = "online", None

    merge(asset, placed(point=metres_east(SALE, 500)))

    assert asset.location is None


def test_a_place_the_source_took_back_goes():
    asset = imported(placed())

    assert "location" in merge(asset, placed(point=None)).changed
    assert (asset.location, asset.location_precision, asset.location_source) == (None, "", "")


def test_numbers_elsewhere_are_kept_beside_the_record():
    asset = imported(placed())

    assert merge(asset, placed(outside={"wikidata": "Q1"})).changed == {"source_values"}
    assert asset.source_values["outside"] == {"wikidata": "Q1"}


_values = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b"]) for name in COLUMNS})


@given(
    first=_values,
    edits=st.dictionaries(st.sampled_from(COLUMNS), st.just("mine")),
    later=_values,
)
def test_whatever_comes_edits_stay_and_a_second_run_changes_nothing(first, edits, later):
    asset = imported(placed(**first))
    for column, value in edits.items():
        setattr(asset, column, value)

    merge(asset, placed(**later))

    for column in COLUMNS:
        assert getattr(asset, column) == edits.get(column, later[column])
    assert merge(asset, placed(**later)).changed == set()


def test_what_a_source_no_longer_says_of_a_way_in_is_said_no_longer():
    asset = imported(placed(step_free="yes", age_from=60))

    merged = merge(asset, placed(age_from=55))

    assert merged.changed == {"step_free", "age_from", "source_values"}
    assert (asset.step_free, asset.age_from) == ("unknown", 55)


def test_a_way_in_that_somebody_put_right_stays():
    asset = imported(placed(step_free="yes"))
    asset.step_free = "no"

    assert merge(asset, placed()).ours == {"step_free"}
    assert asset.step_free == "no"


def test_an_age_that_does_not_go_with_ours_is_not_taken():
    asset = imported(placed())
    asset.age_from = 60

    merged = merge(asset, placed(age_to=11))

    assert "age_to" not in merged.changed
    assert (asset.age_from, asset.age_to) == (60, None)
