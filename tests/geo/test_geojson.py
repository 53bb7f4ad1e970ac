import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.constraints import in_uk
from geo.geojson import MOST_POSITIONS, GeometryError, parse_geometry, parse_point

SQUARE = [[-2.4, 53.4], [-2.3, 53.4], [-2.3, 53.5], [-2.4, 53.5], [-2.4, 53.4]]
HOLE = [[-2.36, 53.44], [-2.34, 53.44], [-2.34, 53.46], [-2.36, 53.46], [-2.36, 53.44]]
CROSSED = [[-2.4, 53.4], [-2.3, 53.5], [-2.3, 53.4], [-2.4, 53.5], [-2.4, 53.4]]
AREAS = ("Polygon", "MultiPolygon")


def point(*coordinates, **others):
    return {"type": "Point", "coordinates": list(coordinates), **others}


def test_reads_a_point_longitude_first():
    found = parse_point(point(-2.322, 53.424))

    assert (found.x, found.y, found.srid) == (-2.322, 53.424, 4326)


def test_rounds_what_a_map_computes_to_a_tenth_of_a_metre():
    assert parse_point(point(-2.3220000000000001, 53.42412345678)).coords == (-2.322, 53.424123)
    assert parse_point(point(-2.32200049, 53.4), decimals=None).x == -2.32200049


def test_reads_areas_with_holes():
    found = parse_geometry({"type": "Polygon", "coordinates": [SQUARE, HOLE]}, types=AREAS)

    assert found.num_interior_rings == 1
    several = parse_geometry({"type": "MultiPolygon", "coordinates": [[SQUARE]]}, types=AREAS)
    assert several.geom_type == "MultiPolygon"


def test_takes_the_old_crs_member_only_where_it_says_longitude_latitude():
    same = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

    assert parse_point(point(-2.3, 53.4, crs=same))
    for other in ("EPSG:27700", "urn:ogc:def:crs:EPSG::4326", None, 4):
        with pytest.raises(GeometryError, match=r"^crs: only longitude and latitude"):
            parse_point(point(-2.3, 53.4, crs={"type": "name", "properties": {"name": other}}))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("POINT(-2.3 53.4)", "a GeoJSON object belongs here"),
        ("SRID=27700;POINT(1 2)", "a GeoJSON object belongs here"),
        (None, "a GeoJSON object belongs here"),
        ([], "a GeoJSON object belongs here"),
        ({"type": "Polygon", "coordinates": [SQUARE]}, "^type: must be Point"),
        ({"type": ["Point"], "coordinates": [1, 2]}, "^type: must be Point"),
        ({"type": "Point"}, "^coordinates: is missing"),
        (point(-2.3, 53.4, 12), "^coordinates: two numbers belong here"),
        (point(-2.3), "^coordinates: two numbers belong here"),
        (point("-2.3", "53.4"), "^coordinates: two numbers belong here"),
        (point(True, 53.4), "^coordinates: two numbers belong here"),
        (point(float("nan"), 53.4), "^coordinates: the number is not finite"),
        (point(1e308 * 10, 53.4), "^coordinates: the number is not finite"),
        (point(10**400, 53.4), "^coordinates: the number is not finite"),
        (point(1e308, 53.4), "^coordinates: .* lies outside the UK$"),
        (point(999, 999), "^coordinates: 999, 999 lies outside the UK$"),
        (point(53.4, -2.3), "^coordinates: .* are longitude and latitude swapped"),
        (point(2.35, 48.86), "^coordinates: 2.35, 48.86 lies outside the UK$"),
    ],
)
def test_refuses_what_is_no_point_of_the_uk(value, words):
    with pytest.raises(GeometryError, match=words):
        parse_point(value)


@pytest.mark.parametrize(
    ("coordinates", "words"),
    [
        ([SQUARE[:-1]], r"^coordinates\[0\]: the ring is not closed"),
        ([SQUARE[:3]], r"^coordinates\[0\]: needs at least 4 positions"),
        ([SQUARE, [*HOLE[:2], [-2.3], *HOLE[3:]]], r"^coordinates\[1\]\[2\]: two numbers"),
        ([[*SQUARE[:2], [53.5, -2.3], *SQUARE[3:]]], r"^coordinates\[0\]\[2\]: .* swapped"),
        ([], "^coordinates: a list with something in it"),
        ({}, "^coordinates: a list with something in it"),
        ([CROSSED], "^coordinates: the shape is not valid: Self-intersection"),
        ([[[[[[[1]]]]]]], r"^coordinates\[0\]: needs at least 4"),
    ],
)
def test_names_the_position_that_is_wrong(coordinates, words):
    with pytest.raises(GeometryError, match=words):
        parse_geometry({"type": "Polygon", "coordinates": coordinates}, types=AREAS)


def test_refuses_more_positions_than_anybody_draws():
    many = [SQUARE[0]] * (MOST_POSITIONS // 2 + 1)

    with pytest.raises(GeometryError, match="more than 50,000 positions are not taken"):
        parse_geometry({"type": "Polygon", "coordinates": [many, many]}, types=AREAS)


def test_mends_a_shape_that_crosses_itself_when_asked():
    value = {"type": "Polygon", "coordinates": [CROSSED]}

    assert parse_geometry(value, types=AREAS, mend=True).valid


def test_deep_nesting_is_an_error_and_no_crash():
    deep: list = []
    for _ in range(5000):
        deep = [deep]

    with pytest.raises(GeometryError):
        parse_geometry({"type": "MultiPolygon", "coordinates": deep}, types=AREAS)


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5),
    max_leaves=30,
)


@given(st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon"]), anything)
def test_whatever_comes_is_a_geometry_of_the_uk_or_a_named_error(kind, coordinates):
    value = {"type": kind, "coordinates": coordinates}
    try:
        found = parse_geometry(value, types=("Point", "LineString", *AREAS))
    except GeometryError:
        return
    west, south, east, north = found.extent
    assert found.valid
    assert in_uk(west, south)
    assert in_uk(east, north)


@given(st.floats(-9, 2.1), st.floats(49.8, 61))
def test_a_point_of_the_uk_survives_to_a_tenth_of_a_metre(lon, lat):
    found = parse_point(json.loads(json.dumps(point(lon, lat))))

    assert found.x == pytest.approx(lon, abs=5.1e-7)
    assert found.y == pytest.approx(lat, abs=5.1e-7)
