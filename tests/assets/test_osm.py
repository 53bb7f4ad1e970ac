"""OpenStreetMap tags: which category, what is refused, what is carried over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import categories, osm
from assets.candidates import RowRefusedError

TABLE = [
    ({"amenity": "community_centre"}, "community_space"),
    ({"amenity": "community_centre", "community_centre": "village_hall"}, "community_space"),
    ({"amenity": "social_centre"}, "community_space"),
    ({"community_centre": "youth_centre"}, "youth"),
    ({"club": "scout"}, "youth"),
    ({"amenity": "school"}, "school"),
    ({"amenity": "kindergarten"}, "early_years"),
    ({"amenity": "childcare"}, "early_years"),
    ({"amenity": "toy_library"}, "early_years"),
    ({"amenity": "college"}, "college"),
    ({"amenity": "university"}, "college"),
    ({"amenity": "place_of_worship", "religion": "sikh"}, "faith"),
    ({"office": "religion"}, "faith"),
    ({"amenity": "library"}, "library_learning"),
    ({"amenity": "public_bookcase"}, "library_learning"),
    ({"shop": "books"}, "library_learning"),
    ({"amenity": "arts_centre"}, "arts_culture"),
    ({"amenity": "theatre"}, "arts_culture"),
    ({"amenity": "cinema"}, "arts_culture"),
    ({"tourism": "museum"}, "arts_culture"),
    ({"tourism": "gallery"}, "arts_culture"),
    ({"leisure": "bandstand"}, "arts_culture"),
    ({"amenity": "studio"}, "arts_culture"),
    ({"amenity": "cafe"}, "food_drink"),
    ({"amenity": "pub"}, "food_drink"),
    ({"amenity": "restaurant"}, "food_drink"),
    ({"shop": "supermarket"}, "shops"),
    ({"shop": "charity"}, "shops"),
    ({"shop": "hairdresser"}, "hair_beauty"),
    ({"leisure": "park"}, "garden_nature"),
    ({"leisure": "garden", "garden:type": "community"}, "garden_nature"),
    ({"landuse": "allotments"}, "garden_nature"),
    ({"shop": "garden_centre"}, "garden_nature"),
    ({"shop": "farm"}, "garden_nature"),
    ({"leisure": "nature_reserve"}, "garden_nature"),
    ({"tourism": "zoo", "zoo": "petting_zoo"}, "animals"),
    ({"amenity": "animal_shelter"}, "animals"),
    ({"amenity": "veterinary"}, "animals"),
    ({"shop": "pet"}, "animals"),
    ({"club": "sport"}, "sport"),
    ({"leisure": "pitch", "sport": "bowls"}, "sport"),
    ({"leisure": "sports_centre"}, "sport"),
    ({"leisure": "fitness_centre"}, "sport"),
    ({"leisure": "golf_course"}, "sport"),
    ({"leisure": "bowling_alley"}, "sport"),
    ({"club": "history"}, "clubs_societies"),
    ({"office": "association"}, "clubs_societies"),
    ({"office": "charity"}, "charity_voluntary"),
    ({"office": "ngo"}, "charity_voluntary"),
    ({"social_facility": "food_bank"}, "charity_voluntary"),
    ({"social_facility": "day_care", "social_facility:for": "senior"}, "older_people_groups"),
    ({"amenity": "fire_station"}, "emergency_services"),
    ({"amenity": "police"}, "emergency_services"),
    ({"amenity": "townhall"}, "civic"),
    ({"amenity": "post_office"}, "civic"),
    ({"amenity": "marketplace"}, "civic"),
    ({"amenity": "doctors"}, "health_wellbeing"),
    ({"amenity": "pharmacy"}, "health_wellbeing"),
    ({"highway": "bus_stop"}, "transport_access"),
    ({"amenity": "toilets"}, "transport_access"),
    ({"amenity": "bench"}, "transport_access"),
    ({"amenity": "parking_space", "parking_space": "disabled"}, "transport_access"),
    ({"office": "company"}, "business_employer"),
    ({"historic": "memorial"}, "story_heritage"),
    # what comes after the table
    ({"amenity": "hospital"}, "health_wellbeing"),
    ({"amenity": "dentist"}, "health_wellbeing"),
    ({"amenity": "clinic"}, "health_wellbeing"),
    ({"leisure": "playground"}, "garden_nature"),
    ({"landuse": "recreation_ground"}, "garden_nature"),
    ({"leisure": "dog_park"}, "garden_nature"),
    ({"landuse": "village_green"}, "garden_nature"),
    ({"leisure": "track"}, "sport"),
    ({"leisure": "stadium"}, "sport"),
    ({"leisure": "swimming_pool"}, "sport"),
    ({"sport": "tennis"}, "sport"),
    ({"amenity": "music_school"}, "college"),
    ({"amenity": "language_school"}, "college"),
    ({"amenity": "bar"}, "food_drink"),
    ({"amenity": "fast_food"}, "food_drink"),
    ({"emergency": "defibrillator"}, "transport_access"),
    ({"railway": "station"}, "transport_access"),
    ({"leisure": "hackerspace"}, "clubs_societies"),
    ({"amenity": "social_club"}, "clubs_societies"),
    ({"shop": "bookmaker"}, "shops"),
    ({"leisure": "garden"}, "garden_nature"),
    ({"leisure": "pitch"}, "sport"),
    # the first match wins
    ({"amenity": "cafe", "shop": "hairdresser"}, "food_drink"),
    ({"shop": "sports", "sport": "golf"}, "sport"),
    ({"amenity": "library", "amenity_1": "cafe"}, "library_learning"),
    ({"amenity": "community_centre", "community_centre": "youth_centre"}, "community_space"),
    # a list of values
    ({"shop": "bakery;books"}, "library_learning"),
    ({"amenity": "pub; restaurant"}, "food_drink"),
    # nothing fits
    ({"amenity": "nightclub"}, None),
    ({"leisure": "slipway"}, None),
    ({"tourism": "zoo"}, None),
    ({"amenity": "parking_space"}, None),
    ({"sport": "no", "shop": "no"}, None),
    ({"disused:amenity": "pub"}, None),
    ({"was:shop": "bakery", "abandoned:leisure": "park"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("tags", "category"), TABLE)
def test_gives_the_category_of_the_first_row_that_holds(tags, category):
    assert osm.category_of(tags) == category


def test_maps_onto_known_categories_alone():
    named = {row["category"] for row in osm._MAPPING["categories"]}

    assert named == set(categories.SLUGS) - {"individual_gift", "online"}


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"amenity": "pub"}, osm.NO_NAME),
        ({"amenity": "pub", "name": "  "}, osm.NO_NAME),
        ({"shop": "vacant"}, osm.NO_NAME),
        ({"shop": "vacant", "name": "Simons"}, osm.CLOSED),
        ({"amenity": "pub", "disused": "yes", "name": "The Fox"}, osm.CLOSED),
        ({"leisure": "park", "abandoned": "yes", "name": "Old Park"}, osm.CLOSED),
        ({"amenity": "nightclub", "disused": "yes", "name": "Vibe"}, osm.CLOSED),
        ({"amenity": "nursing_home", "name": "Elmbank"}, osm.CARE_HOME),
        (
            {
                "amenity": "social_facility",
                "social_facility": "nursing_home",
                "social_facility:for": "senior",
                "name": "Elmbank",
            },
            osm.CARE_HOME,
        ),
        (
            {
                "amenity": "social_facility",
                "social_facility": "assisted_living",
                "name": "Elm Court",
            },
            osm.CARE_HOME,
        ),
        ({"amenity": "nightclub", "name": "Vibe"}, osm.NO_CATEGORY),
        ({"amenity": "pub", "disused": "no", "name": "The Fox"}, None),
        ({"amenity": "pub", "disused:shop": "yes", "name": "The Fox"}, None),
        ({"disused:amenity": "pub", "shop": "books", "name": "The Fox Books"}, None),
    ],
)
def test_refuses_in_the_order_name_closed_home_category(tags, reason):
    assert osm.refusal_of(tags) == reason


def test_reads_what_the_register_has_columns_for():
    found = osm.read_tags(
        {
            "name": "The Copper Kettle",
            "amenity": "cafe",
            "addr:housename": "Canal Wharf",
            "addr:housenumber": "12",
            "addr:street": "Wharf Road",
            "addr:city": "Sale",
            "addr:postcode": "M33 2DH",
            "contact:phone": "+44 161 496 0111; +44 161 496 0112",
            "email": "info@copperkettle.example",
            "website": "www.copperkettle.example",
            "opening_hours": "Mo-Sa 09:00-17:00",
            "wheelchair": "designated",
            "wheelchair:description": "Ramp at the side",
            "toilets:wheelchair": "yes",
            "fee": "no",
            "operator": "Kettle CIC",
            "wikidata": "Q1",
        }
    )

    assert found.values == {
        "name": "The Copper Kettle",
        "category": "food_drink",
        "description": "",
        "address": "Canal Wharf, 12 Wharf Road, Sale",
        "postcode": "M33 2DH",
        "phone": "+44 161 496 0111",
        "email": "info@copperkettle.example",
        "website": "http://www.copperkettle.example",
        "opening_hours": "Mo-Sa 09:00-17:00",
        "wheelchair": "yes",
        "access_notes": "Ramp at the side",
        "cost": "Free",
        "wheelchair_toilet": "yes",
        "cost_kind": "free",
    }
    assert found.outside == {"operator": "Kettle CIC", "wikidata": "Q1"}


def test_leaves_out_what_is_no_phone_mail_or_address_of_a_page():
    found = osm.read_tags(
        {
            "name": "Fox",
            "amenity": "pub",
            "phone": "ask inside",
            "email": "fox at example",
            "website": "javascript:alert(1)",
            "wheelchair": "maybe",
            "opening_hours": "Mo " * 200,
        }
    )

    empty = ("phone", "email", "website", "opening_hours")
    assert [found.values[key] for key in empty] == ["", "", "", ""]
    assert found.values["wheelchair"] == "unknown"


def test_refuses_a_name_too_long_to_keep():
    with pytest.raises(RowRefusedError, match="more than 200 characters"):
        osm.read_tags({"name": "x" * 201, "amenity": "pub"})


@pytest.mark.parametrize(
    ("feature_id", "properties", "ref"),
    [
        ("node/5", {}, "node/5"),
        (None, {"@id": "way/7"}, "way/7"),
        (3, {"id": "relation/9"}, "relation/9"),
        (None, {"type": "node", "id": 12, "tags": {}}, "node/12"),
        (None, {"osm_type": "way", "osm_id": "34"}, "way/34"),
        ("5", {}, None),
        (None, {"id": "node/5; DROP"}, None),
        (["node/5"], {"id": {"a": 1}}, None),
    ],
)
def test_finds_type_and_id_wherever_a_tool_puts_them(feature_id, properties, ref):
    assert osm.ref_of(feature_id, properties) == ref


def test_reads_tags_of_their_own_object_and_no_nested_values():
    assert osm.tags_of({"type": "node", "tags": {"name": "Fox", "layers": ["a"]}}) == {
        "name": "Fox"
    }
    assert osm.tags_of({"name": "A\x00B", "level": 2, "mapFeature": {"a": 1}}) == {
        "name": "A B",
        "level": "2",
    }


_tag_keys = st.sampled_from(
    ["name", "amenity", "shop", "leisure", "sport", "club", "office", "disused", "zoo"]
)
_tag_values = st.one_of(
    st.sampled_from(["yes", "no", "pub", "vacant", "park", "pitch", "bowls", ";", "a;b"]),
    st.text(max_size=20),
)
tag_sets = st.dictionaries(_tag_keys, _tag_values)


@given(tag_sets)
def test_every_row_is_either_refused_or_has_a_known_category(tags):
    cleaned = osm.tags_of(tags)

    if osm.refusal_of(cleaned) is None:
        assert osm.category_of(cleaned) in categories.SLUGS
        assert cleaned["name"]


@given(tag_sets, st.sampled_from(["disused", "abandoned", "was", "demolished"]))
def test_tags_behind_a_lifecycle_prefix_change_nothing(tags, prefix):
    behind = {f"{prefix}:{key}": value for key, value in tags.items()}

    assert osm.category_of({**tags, **behind}) == osm.category_of(tags)
