import pytest
from django.contrib.gis.geos import Point
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from geo.models import Place
from geo.srid import WGS84
from tests.factories import NORWICH, SALE, metres_east

WEST, SOUTH, EAST, NORTH = BOX = (-2.4, 53.4, -2.2, 53.5)


def place(number: int, location: Point) -> Place:
    return Place.objects.create(geonames_id=number, name=f"Place {number}", location=location)


def names(queryset) -> list[str]:
    return [row.name for row in queryset]


def test_within_takes_what_is_just_inside_and_leaves_what_is_just_outside(db):
    place(1, metres_east(SALE, 999))
    place(2, metres_east(SALE, 1001))

    assert names(Place.objects.within(1000, of=SALE)) == ["Place 1"]


def test_distances_agree_with_an_independent_library_to_a_metre(db):
    place(1, NORWICH)

    (found,) = Place.objects.with_distance(from_=SALE)

    expected = geodesic((SALE.y, SALE.x), (NORWICH.y, NORWICH.x)).m
    assert found.distance.m == pytest.approx(expected, abs=1)


def test_nearest_comes_first(db):
    place(1, metres_east(SALE, 300))
    place(2, metres_east(SALE, 100))
    place(3, metres_east(SALE, 200))

    assert names(Place.objects.nearest_first(to=SALE)) == ["Place 2", "Place 3", "Place 1"]


@pytest.mark.parametrize(
    ("lon", "lat", "inside"),
    [
        (WEST, SOUTH, True),
        (EAST, NORTH, True),
        ((WEST + EAST) / 2, SOUTH + 1e-7, True),
        ((WEST + EAST) / 2, SOUTH - 1e-7, False),
        ((WEST + EAST) / 2, NORTH + 1e-7, False),
        (WEST - 1e-7, (SOUTH + NORTH) / 2, False),
        (EAST + 1e-7, (SOUTH + NORTH) / 2, False),
    ],
)
def test_in_bbox_means_degrees_to_the_edge(db, lon, lat, inside):
    place(1, Point(lon, lat, srid=WGS84))

    assert Place.objects.in_bbox(*BOX).exists() is inside


def test_in_bbox_of_the_whole_country_reaches_its_southern_edge(db):
    place(1, Point(-3.5, 49.81, srid=WGS84))

    assert Place.objects.in_bbox(-9, 49.8, 2.1, 61).exists()


def test_in_bbox_walks_the_index(db):
    plan = Place.objects.in_bbox(*BOX).explain()

    assert "location &&" in plan


class InBBoxProperty(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(
        st.floats(-9, 2),
        st.floats(49.8, 60.9),
        st.floats(0.001, 11),
        st.floats(0.001, 11),
        st.floats(-9, 2.1),
        st.floats(49.8, 61),
    )
    def test_a_row_is_in_the_box_exactly_where_its_degrees_are(
        self, west, south, width, height, lon, lat
    ):
        east, north = min(west + width, 2.1), min(south + height, 61.0)
        place(1, Point(lon, lat, srid=WGS84))

        found = Place.objects.in_bbox(west, south, east, north).exists()

        assert found is (west <= lon <= east and south <= lat <= north)
