"""Map files damaged: the JSON, the collection, the features, the geometries."""

import json
import math

from tests.damaged.good import POINT, SQUARE, at, collection, csv_text, feature, home
from tests.damaged.kinds import damaged

WHOLE = collection(feature(1), feature(2))


# --- the JSON -------------------------------------------------------------------------


@damaged("geojson", "map.geojson", says=r"map\.geojson: the file is not whole JSON .*cut off")
def json_cut_off() -> str:
    return WHOLE[:-40]


@damaged("geojson", "map.geojson", says=r"map\.geojson: the file is nested too deeply")
def json_nested_a_hundred_thousand_deep() -> bytes:
    return b'{"type": "FeatureCollection", "features": ' + b"[" * 100_000


@damaged("geojson", "map.geojson", says=r"map\.geojson: .*twice")
def a_json_key_twice() -> str:
    return WHOLE.replace('"id": 2', '"id": 2, "id": 3')


@damaged("geojson", "map.geojson", says=r"map\.geojson: .*one JSON value.*line")
def json_lines() -> str:
    return "\n".join(json.dumps(feature(number)) for number in (1, 2))


@damaged("geojson", "map.geojson", says=r"map\.geojson: the file is not UTF-8: byte 0xe9")
def json_in_latin_1() -> bytes:
    return collection(feature(1)).replace("Larch", "Café").encode("latin-1")


@damaged("geojson", "map.geojson", says=r"map\.geojson: the file is .*UTF-16")
def json_in_utf_16() -> bytes:
    return WHOLE.encode("utf-16")


@damaged("geojson", "map.geojson", says=r"map\.geojson: .*NaN")
def nan_in_json() -> str:
    return collection(at([math.nan, 53.4]))


@damaged("geojson", "map.geojson", says=r"map\.geojson: .*Infinity")
def infinity_in_json() -> str:
    return collection(at([-2.3, math.inf]))


@damaged("geojson", "map.geojson", says=r"map\.geojson: .*number.*(long|digits)")
def a_number_of_ten_thousand_digits() -> str:
    return WHOLE.replace("-2.322", "-2" + "3" * 10_000, 1)


@damaged("geojson", "map.geojson", says=r"map\.geojson: the file is empty")
def an_empty_map() -> bytes:
    return b""


@damaged("geojson", "map.geojson", says=r"map\.geojson: this is a web page")
def a_web_page_saved_as_map() -> str:
    return "<!DOCTYPE html><html><body>Sign in to download</body></html>"


@damaged("geojson", "map.geojson", says=r"map\.geojson: .*packed.*unpack")
def a_zip_named_geojson() -> bytes:
    return b"PK\x03\x04" + bytes(60)


@damaged("geojson", "map.geojson", says=r"map\.geojson: .*not (a GeoJSON|whole JSON)")
def a_table_named_geojson() -> str:
    return csv_text([home(1)])


# --- the collection -------------------------------------------------------------------

_NO_COLLECTION = r"map\.geojson: the file is not a GeoJSON FeatureCollection"


@damaged("geojson", "map.geojson", says=_NO_COLLECTION)
def a_list_at_the_top() -> str:
    return json.dumps([feature()])


@damaged("geojson", "map.geojson", says=_NO_COLLECTION)
def a_lone_number() -> str:
    return "5"


@damaged("geojson", "map.geojson", says=_NO_COLLECTION)
def a_topology_where_features_belong() -> str:
    return json.dumps({"type": "Topology", "objects": {}, "arcs": []})


@damaged("geojson", "map.geojson", says=r'column "features": .*no list of features')
def features_null() -> str:
    return json.dumps({"type": "FeatureCollection", "features": None})


@damaged("geojson", "map.geojson", says=r"map\.geojson: the file holds no features")
def no_features() -> str:
    return collection()


@damaged("geojson", "map.geojson", says=r'column "crs": .*not longitude and latitude')
def british_national_grid_declared() -> str:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    return collection(at([378740, 391930]), crs=crs)


@damaged("geojson", "map.geojson", says=r'column "crs": .*not longitude and latitude')
def a_crs_that_is_a_number() -> str:
    return collection(feature(), crs=4326)


@damaged(
    "geojson", "map.geojson", says=r"row 2, column \"type\": this is not a GeoJSON Feature"
)
def a_feature_that_is_null() -> str:
    return collection(feature(1), None)


@damaged("geojson", "map.geojson", says=r'row 2, column "properties": .*not an object')
def properties_that_are_a_list() -> str:
    return collection(feature(1), feature(2, properties=["name"]))


@damaged("geojson", "map.geojson", says=r"row 2, column \"id\": the id map/1 stands twice")
def an_id_twice_with_other_contents() -> str:
    return collection(feature(1), feature(1, properties={"name": "Another Garden"}))


@damaged("geojson", "map.geojson", says=r'row 1, column "name": .*more than 65,536 characters')
def a_property_of_ten_megabytes() -> str:
    return collection(feature(properties={"name": "x" * 10 * 2**20}))


@damaged("geojson", "map.geojson", says=r"row 1, name: it has no name", whole=False)
def a_name_that_is_an_object() -> str:
    return collection(feature(1, properties={"name": {"en": "Garden"}}), feature(2))


@damaged("geojson", "map.geojson", says=r"read 1, new 1", whole=False)
def a_name_with_half_a_character() -> bytes:
    return collection(feature()).replace("Larch", "Larch \\ud83d").encode()


@damaged("geojson", "map.geojson", says=r"read 1, new 1", whole=False)
def a_name_with_a_nul_and_bells() -> bytes:
    return collection(feature()).replace("Larch", "Larch\\u0000\\u0007").encode()


# --- the geometries -------------------------------------------------------------------

_GEOMETRY = r'map\.geojson, row 1, column "geometry": '


@damaged("geojson", "map.geojson", says=_GEOMETRY + "coordinates: .*swapped")
def a_map_turned_over() -> str:
    return collection(at([53.424, -2.322]))


@damaged("geojson", "map.geojson", says=_GEOMETRY + "coordinates: 0, 0 lies outside the UK")
def a_place_on_null_island() -> str:
    return collection(at([0, 0]))


@damaged("geojson", "map.geojson", says=_GEOMETRY + "coordinates: .* lies outside the UK")
def a_place_in_grid_metres() -> str:
    return collection(at([378740, 391930]))


@damaged("geojson", "map.geojson", says=r"read 2, new 2", whole=False)
def points_with_heights_and_measures() -> str:
    return collection(at([-2.322, 53.424, 31.5]), at([-2.323, 53.424, 31.5, 7], number=2))


@damaged("geojson", "map.geojson", says=_GEOMETRY + "coordinates: two numbers belong here")
def a_point_in_five_dimensions() -> str:
    return collection(at([-2.322, 53.424, 1, 2, 3]))


@damaged("geojson", "map.geojson", says=_GEOMETRY + "coordinates: two numbers belong here")
def coordinates_as_text() -> str:
    return collection(at(["-2.322", "53.424"]))


@damaged("geojson", "map.geojson", says=_GEOMETRY + "coordinates: two numbers belong here")
def coordinates_as_truths() -> str:
    return collection(at([True, False]))


@damaged("geojson", "map.geojson", says=_GEOMETRY)
def a_point_without_coordinates() -> str:
    return collection(at([]))


@damaged("geojson", "map.geojson", says=_GEOMETRY + "coordinates: is missing")
def a_geometry_without_coordinates() -> str:
    return collection(feature(geometry={"type": "Point"}))


@damaged("geojson", "map.geojson", says=_GEOMETRY + "a GeoJSON object belongs here")
def a_geometry_as_text() -> str:
    return collection(feature(geometry="POINT (-2.322 53.424)"))


@damaged("geojson", "map.geojson", says=r"row 1, geometry: it has no place", whole=False)
def a_geometry_that_is_null() -> str:
    return collection(feature(1, geometry=None), feature(2))


@damaged("geojson", "map.geojson", says=_GEOMETRY + "type: must be ")
def a_geometry_collection() -> str:
    geometries = {"type": "GeometryCollection", "geometries": [POINT]}
    return collection(feature(geometry=geometries))


@damaged("geojson", "map.geojson", says=r"read 1, new 1", whole=False)
def a_polygon_that_crosses_itself() -> str:
    a, b, c, d, _ = SQUARE
    return collection(at([[a, c, b, d, a]], "Polygon"))


@damaged("geojson", "map.geojson", says=_GEOMETRY + r"coordinates\[0\]: the ring is not closed")
def a_ring_left_open() -> str:
    return collection(at([SQUARE[:-1]], "Polygon"))


@damaged("geojson", "map.geojson", says=_GEOMETRY + r"coordinates\[0\]: needs at least 4")
def a_ring_of_two_points() -> str:
    return collection(at([SQUARE[:2]], "Polygon"))


@damaged("geojson", "map.geojson", says=_GEOMETRY + r"coordinates\[0\]: has more than 50,000")
def a_polygon_of_a_million_corners() -> bytes:
    ring = b"[-2.32,53.42]," + b"[-2.33,53.43],[-2.31,53.43]," * 500_000 + b"[-2.32,53.42]"
    start = b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
    geometry = b'{"name":"Large"},"geometry":{"type":"Polygon","coordinates":[['
    return start + geometry + ring + b"]]}}]}"


@damaged("geojson", "map.geojson", says=_GEOMETRY)
def a_polygon_nested_too_deeply() -> str:
    return collection(at([[[[[[SQUARE]]]]]], "Polygon"))


@damaged("geojson", "map.geojson", says=r"read 1, new 1|" + _GEOMETRY, whole=False)
def a_polygon_without_an_area() -> str:
    a, b = SQUARE[:2]
    return collection(at([[a, b, a, a]], "Polygon"))


# --- OpenStreetMap --------------------------------------------------------------------


def overpass(*elements: object) -> str:
    return json.dumps({"version": 0.6, "elements": list(elements)})


def pub(**changes: object) -> dict[str, object]:
    node = {"type": "node", "id": 1, "lat": 53.424, "lon": -2.322}
    return {**node, "tags": {"amenity": "pub", "name": "The Larch"}, **changes}


@damaged("osm", "answer.json", says=r"answer\.json, row 2.*not a GeoJSON Feature|element")
def an_element_that_is_a_number() -> str:
    return overpass(pub(), 7)


@damaged("osm", "answer.json", says=r"answer\.json, row 1, column \"geometry\": .*two numbers")
def a_node_without_a_latitude() -> str:
    return overpass(pub(lat=None))


@damaged("osm", "answer.json", says=r"answer\.json, row 1, column \"(id|properties)\"")
def tags_that_are_a_list() -> str:
    return overpass(pub(tags=["amenity"]))


@damaged("osm", "answer.json", says=r"answer\.json, row 1, column \"id\"")
def a_node_without_an_id() -> str:
    return overpass(pub(id=None))


@damaged(
    "osm", "answer.json", says=r"answer\.json, column \"remark\": .*stopped before its end"
)
def an_overpass_answer_that_ran_out_of_time() -> str:
    remark = 'runtime error: Query timed out in "query" at line 3 after 26 seconds.'
    return json.dumps({"version": 0.6, "elements": [pub()], "remark": remark})


@damaged("osm", "answer.json", says=r"row 1, geometry: it has no place", whole=False)
def a_way_whose_nodes_are_missing() -> str:
    tags = {"leisure": "park", "name": "Larch Park"}
    return overpass({"type": "way", "id": 5, "nodes": [1, 2, 3], "tags": tags}, pub())


# --- boundaries -----------------------------------------------------------------------


def ward(number: int = 1, **changes: object) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    return (
        feature(number, properties={"name": f"Larch ward {number}"}, geometry=geometry)
        | changes
    )


@damaged("areas", "wards.geojson", says=r"wards\.geojson, row 2, column \"name\": has no name")
def an_area_without_a_name() -> str:
    return collection(ward(1), ward(2, properties={"name": 7}))


@damaged("areas", "wards.geojson", says=r"wards\.geojson, row 2: Larch ward 1 stands twice")
def an_area_twice() -> str:
    return collection(ward(1), ward(1))


@damaged(
    "areas",
    "wards.geojson",
    says=r"wards\.geojson: crs: there is no reference system EPSG:999999",
)
def boundaries_in_an_unknown_grid() -> str:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::999999"}}
    return collection(ward(), crs=crs)


@damaged("areas", "wards.geojson", says=r"row 2, column \"type\": must be MultiPolygon or Poly")
def an_area_that_is_a_point() -> str:
    return collection(ward(1), ward(2, geometry=POINT))


@damaged("areas", "wards.geojson", says=r"row 2.*enclose no area")
def an_area_that_is_a_line() -> str:
    a, b = SQUARE[:2]
    line = {"type": "Polygon", "coordinates": [[a, b, a, a]]}
    return collection(ward(1), ward(2, geometry=line))


@damaged("areas", "wards.geojson", says=r"wards\.geojson: no property holds names")
def areas_without_properties_known() -> str:
    return collection(ward(properties={"objectid": 4}))


@damaged("areas", "wards.geojson", says=r"wards\.geojson, row 1: is no feature with properties")
def features_that_are_text() -> str:
    return collection("ward", "ward")


# --- topologies -----------------------------------------------------------------------


def topology(**changes: object) -> str:
    """Write a TopoJSON file of one ward whose outline is one arc."""
    ward = {"type": "Polygon", "arcs": [[0]], "properties": {"name": "Larch ward"}}
    wards = {"type": "GeometryCollection", "geometries": [ward]}
    return json.dumps(
        {"type": "Topology", "objects": {"wards": wards}, "arcs": [SQUARE]} | changes
    )


@damaged("areas", "wards.json", says=r"wards\.json, row 1.*arc")
def an_arc_that_is_not_there() -> str:
    return topology(arcs=[])


@damaged("areas", "wards.json", says=r"wards\.json.*arcs")
def arcs_that_are_null() -> str:
    return topology(arcs=None)


@damaged("areas", "wards.json", says=r"wards\.json.*")
def arcs_of_words() -> str:
    return topology(arcs=[["west", "east", "north", "south"]])


@damaged("areas", "wards.json", says=r"wards\.json.*transform")
def a_transform_of_words() -> str:
    return topology(transform={"scale": ["a", "b"], "translate": [0, 0]})


@damaged("areas", "wards.json", says=r"wards\.json.*(objects|features|holds)")
def a_topology_without_objects() -> str:
    return topology(objects={})
