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


def test_what_is_no_element_goes_on_to_be_refused():
    assert features_of_elements([5, "x", None]) == [5, "x", None]


_json = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "id", "tags", "nodes", "geometry", "center", "lat"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(st.lists(_json, max_size=4))
def test_never_stumbles(elements):
    assert len(features_of_elements(elements)) <= len(elements)
