"""Whether two records are one place: the same whichever comes first, and why."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.twins.phrases import IN_WORDS
from assets.twins.signals import Facts, Outcome, distance_m, from_json, reasons

HERE = {"lon": -2.322, "lat": 53.424}


def place(name, metres_north=0.0, **said):
    return Facts(name=name, **{**HERE, "lat": HERE["lat"] + metres_north / 111_195, **said})


def codes(verdict):
    return {reason.code for reason in verdict.reasons}


NAMES = st.sampled_from(
    [
        *(
            "St Mary's Church",
            "St. Marys Church Hall",
            "Sale Library",
            "Sale",
            "O2",
            "-",
            "Ünïçødé",
        ),
        *(
            "1st Sale Scouts",
            "4th Sale Scouts",
            "Moss Park Infant School",
            "Moss Park (Junior)",
        ),
        *("Hope Church/The Ark", "Friends of Moss Park", "Café & Bar", "مسجد"),
    ]
)
RECORDS = st.builds(
    Facts,
    name=st.one_of(NAMES, st.text(min_size=1, max_size=40)),
    category=st.sampled_from(["", "faith", "library_learning", "shops", "community_space"]),
    lon=st.one_of(st.none(), st.floats(-8, 2)),
    lat=st.one_of(st.none(), st.floats(49.9, 60.9)),
    is_coarse=st.booleans(),
    postcode=st.sampled_from(["", "M33 2DH", "M33 2DJ", "NR1 1AA"]),
    address=st.one_of(
        st.sampled_from(["", "1 High Street, Sale", "3-5 High St", "Moss Lane"]),
        st.text(max_size=40),
    ),
    phone=st.sampled_from(["", "0161 496 0123", "+44 161 496 0123", "0000000000", "abc"]),
    website=st.one_of(
        st.sampled_from(["", "https://a.example/x", "http://www.a.example", "facebook.com/a"]),
        st.text(max_size=30),
    ),
    ids=st.dictionaries(
        st.sampled_from(["osm", "oruk", "charity", "wikidata", "fhrs"]),
        st.sampled_from(["1", "2"]),
        max_size=3,
    ),
    listed_in=st.sampled_from(["", "osm", "csv:list"]),
)


@given(RECORDS, RECORDS)
@settings(max_examples=300, deadline=None)
def test_the_order_of_two_records_makes_no_difference_and_a_score_is_a_share(a, b):
    one, other = reasons(a, b), reasons(b, a)

    assert one == other
    assert 0 <= one.score <= 1
    assert codes(one) <= IN_WORDS.keys()
    assert from_json([reason.as_json() for reason in one.reasons])


@given(RECORDS)
@settings(max_examples=200, deadline=None)
def test_a_record_beside_itself_holds_nothing_against_itself(record):
    alone = replace(record, listed_in="")
    verdict = reasons(alone, alone)

    assert codes(verdict).isdisjoint(
        {"number", "kind", "faith", "stage", "part", "side", "supporters", "name_other"}
        if any(letter.isalnum() for letter in record.name)
        else ()
    )


@given(RECORDS, st.floats(0, 60))
@settings(max_examples=100, deadline=None)
def test_what_is_nearer_is_never_less_likely_the_same(record, metres):
    placed = replace(record, **HERE)
    near = reasons(placed, replace(placed, lat=HERE["lat"] + metres / 111_195))
    far = reasons(placed, replace(placed, lat=HERE["lat"] + (metres + 400) / 111_195))

    assert near.score >= far.score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Mary's Church", "Saint Marys Church"),
        ("The Élan Café", "Elan Cafe"),
        ("Elim Foursquare Church", "Elim Four Square Church"),
        (
            "Trinity Methodist & United Reformed Church",
            "Trinity Methodist / United Reform Church",
        ),
        ("Bowdon RUFC", "Bowdon Rugby Club"),
        ("Hale Barns Tennis Club (Sports halls)", "Hale Barns Tennis Club"),
    ],
)
def test_one_name_written_two_ways_nearby_is_one_place(one, other):
    assert reasons(place(one), place(other, 60)).is_asked


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("1st Sale Scouts", "4th Sale Scouts", "number"),
        ("Timperley Library", "Timperley Pharmacy", "kind"),
        ("St Ann's Methodist Church", "St Ann's Catholic Church", "faith"),
        ("Moss Park Infant School", "Moss Park Junior School", "stage"),
        ("Stamford Park Primary School", "Stamford Park Primary School Nursery", "stage"),
        ("St Barnabas' Church", "St Barnabas Parish Hall", "part"),
        ("Eaton Park", "Eaton Park Café", "part"),
        ("Earlham Library", "West Earlham Library", "side"),
        ("Mydentist (Hale)", "Mydentist (Sale)", "branch"),
        ("Moss Park School", "Friends of Moss Park School", "supporters"),
    ],
)
def test_look_alikes_on_one_spot_are_told_apart_and_it_says_by_what(one, other, code):
    verdict = reasons(place(one), place(other, 40))

    assert code in codes(verdict)
    assert not verdict.is_asked


def test_a_list_of_libraries_leaves_out_what_they_are():
    hyde = place("Hyde", category="library_learning")

    assert reasons(hyde, place("Hyde Library")).is_asked
    assert not reasons(hyde, place("Hyde Town Hall")).is_asked


def test_two_of_one_name_across_town_are_two_unless_more_speaks_for_one():
    here, there = place("St Mary's Church"), place("St Mary's Church", 900)

    assert not reasons(here, there).is_asked
    phone = {"phone": "0161 496 0123"}
    assert (
        reasons(replace(here, **phone), replace(there, **phone)).score
        > reasons(here, there).score
    )


def test_the_same_number_from_elsewhere_settles_it():
    osm = {"osm": "way/1"}

    verdict = reasons(place("Mast House", ids=osm), place("Something else", 300, ids=osm))
    assert verdict.outcome is Outcome.SAME
    charity = reasons(
        place("Hope House", ids={"charity": "123"}),
        place("Hope House", 90, ids={"charity": "9"}),
    )
    assert "charity_other" in codes(charity)


def test_hosts_of_everybody_tell_nothing():
    one = place("Blue Door", website="https://www.facebook.com/bluedoor")
    other = place("Red Gate", website="https://facebook.com/redgate")

    assert "website_host" not in codes(reasons(one, other))
    assert "website_same" in codes(reasons(one, replace(other, website=one.website)))


def test_a_place_known_to_a_sector_says_little_by_its_distance():
    here = place("Hope Trust")
    exact, coarse = place("Hope Trust", 2_000), place("Hope Trust", 2_000, is_coarse=True)

    assert reasons(here, coarse).score > reasons(here, exact).score


def test_says_why_in_words_the_weightiest_first():
    one = place("Boathouse Tea Room", postcode="M33 2DH", phone="0161 496 0123")
    other = place("The Boathouse Tearoom", 40, postcode="M33 2DH", phone="+441614960123")

    assert reasons(one, other).in_words() == ("same name, same phone, 40 m away, same postcode")


def test_distance_is_of_points_and_none_without():
    assert round(distance_m(place("A"), place("B", 100))) == 100
    assert distance_m(place("A"), Facts("B")) is None
