"""What the Overpass API answers becomes features."""

from hypothesis import given
from hypothesis import strategies as st

from assets.overpass import features_of_elements


def test_a_node_a_way_by_its_centre_and_bare_nodes():
    rows = features_of_elements(
        [
            {"type": "node", "id": 1, "lat": 53.4, "lon": -2.3, "tags": {"name": "Fox"}},
            {"type": "node", "id": 2, "lat": 53.5, "lon": -2.4},
            {"type": "way", "id": 3, "center": {"lat": 53.6, "lon": -2.5}, "tags": {"a": "b"}},
        ]
    )

    assert [(row["id"], row["geometry"]) for row in rows] == [
        ("node/1", {"type": "Point", "coordinates": [-2.3, 53.4]}),
        ("way/3", {"type": "Point", "coordinates": [-2.5, 53.6]}),
    ]


def test_a_way_whose_nodes_are_not_all_there_has_no_geometry():
    nodes = [{"type": "node", "id": n, "lat": 53.4, "lon": -2.3} for n in (1, 2)]
    way = {"type": "way", "id": 9, "nodes": [1, 2, 3], "tags": {"a": "b"}}

    assert features_of_elements([*nodes, way])[0]["geometry"] is None


def ring(*corners):
    return [{"lon": lon, "lat": lat} for lon, lat in corners]


SQUARE = ring((-2.3, 53.4), (-2.2, 53.4), (-2.2, 53.5), (-2.3, 53.4))
BOUNDS = {"minlat": 53.4, "minlon": -2.4, "maxlat": 53.6, "maxlon": -2.2}


def relation(*members, **changes):
    row = {"type": "relation", "id": 4, "tags": {"leisure": "park"}, "bounds": BOUNDS}
    return {**row, "members": list(members), **changes}


def test_a_relation_is_the_area_of_its_outer_ways():
    outer = {"type": "way", "role": "outer", "geometry": SQUARE}
    inner = {"type": "way", "role": "inner", "geometry": SQUARE[::-1]}

    (row,) = features_of_elements([relation(outer, inner)])

    assert row["id"] == "relation/4"
    assert row["geometry"] == {
        "type": "MultiPolygon",
        "coordinates": [[[[c["lon"], c["lat"]] for c in SQUARE]]],
    }


def test_a_relation_in_pieces_is_in_the_middle_of_its_box():
    half = {"type": "way", "role": "outer", "geometry": SQUARE[:2]}

    (row,) = features_of_elements([relation(half)])
    (nowhere,) = features_of_elements([relation(half, bounds=None)])

    assert row["geometry"] == {"type": "Point", "coordinates": [-2.3, 53.5]}
    assert nowhere["geometry"] is None


def test_a_relation_by_its_centre():
    (row,) = features_of_elements([relation(center={"lat": 53.5, "lon": -2.25})])

    assert row["geometry"] == {"type": "Point", "coordinates": [-2.25, 53.5]}


def test_what_is_no_element_goes_on_to_be_refused():
    assert features_of_elements([5, "x", None]) == [5, "x", None]


_json = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "id",
                    "tags",
                    "nodes",
                    "geometry",
                    "center",
                    "lat",
                    "members",
                    "bounds",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.lists(_json, max_size=4))
def test_never_stumbles(elements):
    assert len(features_of_elements(elements)) <= len(elements)
