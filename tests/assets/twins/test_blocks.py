"""Rows of one file that are worth comparing: none that lies near is left out."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.twins.blocks import CELL_M, MOST_A_KEY, pairs
from assets.twins.keys import squares_around
from assets.twins.signals import Facts, distance_m

POINTS = st.tuples(st.floats(-7.9, 1.7), st.floats(50, 60.8), st.floats(0, 0.004))


@given(st.lists(POINTS, min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_every_two_rows_of_like_name_within_250_metres_are_compared(points):
    records = {}
    for lon, lat, off in points:
        records[len(records)] = Facts("Boathouse", lon=lon, lat=lat)
        records[len(records)] = Facts("Boathouse", lon=lon + off / 3, lat=lat + off / 3)

    found = set(pairs(records))

    for later, record in records.items():
        for earlier in range(later):
            if distance_m(record, records[earlier]) < CELL_M * 0.99:
                assert (later, earlier) in found


@given(st.floats(-7.9, 1.7), st.floats(50, 60.8), st.floats(0, 1), st.floats(-1, 1))
@settings(max_examples=300, deadline=None)
def test_whatever_lies_120_metres_off_is_in_one_of_the_squares_that_are_searched(
    lon, lat, north, east
):
    there = Facts("B", lon=lon + east * 0.0010, lat=lat + north * 0.0010)
    if distance_m(Facts("A", lon=lon, lat=lat), there) < 120:
        own = math.floor(there.lat * 400) * 1_000_000 + math.floor(there.lon * 210)
        assert own in squares_around(lon, lat)


def test_what_half_the_file_shares_tells_nothing():
    few = {n: Facts(f"Hall {n}", phone="0161 496 0123") for n in range(MOST_A_KEY)}
    many = {n: Facts(f"Hall {n}", phone="0161 496 0123") for n in range(MOST_A_KEY + 1)}

    assert set(pairs(few)) == {(b, a) for b in few for a in range(b)}
    assert not list(pairs(many))
