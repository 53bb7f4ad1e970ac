"""Geometry of outside files: a point on it, or a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.shapes import ShapeError, read_shape
from geo.constraints import UK_BOX, in_uk

_SQUARE = [[-2.3, 53.4], [-2.2, 53.4], [-2.2, 53.5], [-2.3, 53.5], [-2.3, 53.4]]


@pytest.mark.parametrize(
    ("geometry", "outline"),
    [
        ({"type": "Point", "coordinates": [-2.3, 53.4]}, None),
        ({"type": "Point", "coordinates": [-2.3, 53.4, 31.5]}, None),
        ({"type": "MultiPoint", "coordinates": [[-2.3, 53.4], [-2.2, 53.4]]}, None),
        ({"type": "LineString", "coordinates": [[-2.3, 53.4], [-2.2, 53.4]]}, "LineString"),
        ({"type": "LineString", "coordinates": _SQUARE}, "Polygon"),
        ({"type": "Polygon", "coordinates": [_SQUARE]}, "Polygon"),
        ({"type": "MultiPolygon", "coordinates": [[_SQUARE]]}, "MultiPolygon"),
    ],
)
def test_gives_a_point_on_the_outline(geometry, outline):
    shape = read_shape(geometry)

    assert in_uk(shape.point.x, shape.point.y)
    assert (shape.outline and shape.outline.geom_type) == outline
    if outline:
        assert shape.outline.distance(shape.point) < 1e-6


def test_an_area_that_crosses_itself_still_gets_a_point():
    bow = [[-2.3, 53.4], [-2.2, 53.5], [-2.2, 53.4], [-2.3, 53.5], [-2.3, 53.4]]

    shape = read_shape({"type": "Polygon", "coordinates": [bow]})

    assert shape.outline.valid
    assert shape.outline.covers(shape.point)


def test_no_geometry_is_no_shape():
    assert read_shape(None) is None


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point"},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": [True, 53.4]},
        {"type": "Point", "coordinates": [-2.3, 53.4, 1, 2, 3]},
        {"type": "LineString", "coordinates": [[-2.3, 53.4]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [_SQUARE[:3]]},
        {"type": "Polygon", "coordinates": _SQUARE},
        {"type": "MultiPolygon", "coordinates": [_SQUARE]},
        {"type": "GeometryCollection", "geometries": []},
        {"type": ["Point"], "coordinates": [-2.3, 53.4]},
        "POINT(-2.3 53.4)",
        [],
    ],
    ids=str,
)
def test_refuses_what_is_malformed(geometry):
    with pytest.raises(ShapeError):
        read_shape(geometry)


@given(st.floats(UK_BOX[0], UK_BOX[2]), st.floats(UK_BOX[1], UK_BOX[3]))
def test_any_point_of_the_country_comes_back_to_a_centimetre(lon, lat):
    shape = read_shape({"type": "Point", "coordinates": [lon, lat]})

    assert abs(shape.point.x - lon) < 1e-7
    assert abs(shape.point.y - lat) < 1e-7


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=12,
)
_kinds = st.sampled_from(
    ["Point", "MultiPoint", "LineString", "Polygon", "MultiPolygon", "Curve", None]
)


@given(_kinds, _json)
def test_any_geometry_is_read_or_refused_in_words(kind, coordinates):
    geometry = json.loads(json.dumps({"type": kind, "coordinates": coordinates}))
    try:
        shape = read_shape(geometry)
    except ShapeError as error:
        words = str(error)
    else:
        words = "" if shape is None else "taken"

    assert words
