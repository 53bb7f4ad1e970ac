"""The order of a walk is a permutation, and never longer than going to the nearest next."""

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from assets.rounds.walking import legs, length_m, metres, nearest_first, short_walk

SALE = (-2.3220, 53.4240)

_points = st.lists(
    st.tuples(st.floats(-2.36, -2.28), st.floats(53.40, 53.45)), min_size=0, max_size=9
)


@given(points=_points, start=st.none() | st.just(SALE))
def test_a_walk_sees_every_place_once_and_is_never_longer_than_nearest_first(points, start):
    order = short_walk(points, start)

    assert sorted(order) == list(range(len(points)))
    naive = nearest_first(points, start)
    longest = length_m([points[i] for i in naive], start)
    assert length_m([points[i] for i in order], start) <= longest + 1e-3


def test_a_walk_that_crosses_itself_is_untangled():
    """Nearest first zigzags here: a little east, back west, and far east at the end."""
    along = [(-2.322 + east / 1000, 53.424) for east in (1, -1.1, 3.2)]

    order = short_walk(along, SALE)

    assert length_m([along[i] for i in order], SALE) < length_m(
        [along[i] for i in nearest_first(along, SALE)], SALE
    )
    assert order == [1, 0, 2]


@given(east=st.floats(-0.02, 0.02), north=st.floats(-0.02, 0.02))
def test_a_straight_line_is_right_to_a_percent(east, north):
    there = (SALE[0] + east, SALE[1] + north)
    true = geodesic(SALE[::-1], there[::-1]).meters

    assert metres(SALE, there) == pytest.approx(true, rel=0.01, abs=0.5)


def test_the_first_leg_is_from_the_start_or_nothing():
    there = (SALE[0], SALE[1] + 0.001)

    assert legs([there], SALE) == [pytest.approx(111, abs=1)]
    assert legs([there]) == [0]
    assert legs([]) == []
