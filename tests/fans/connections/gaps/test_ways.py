"""How far a place is, and what that is worth."""

import pytest

from fans.connections.gaps.ways import Way, reach_value, straight, walkable


def test_a_straight_line_is_taken_times_1_3() -> None:
    way = straight(1000)

    assert way.walk_m == 1300
    assert way.ride_min == pytest.approx(2.6)
    assert not way.measured


@pytest.mark.parametrize(
    ("line_m", "minibus", "worth"),
    [
        (300, False, 1.0),
        (615, False, 1.0),
        (616, False, 0.6),  # only just beyond a walk
        (1230.77, False, 0.3),  # twice as far
        (616, True, 0.6),
        (5769, True, 0.6),  # 15 minutes
        (11538.46, True, 0.3),
    ],
)
def test_reach_is_full_on_foot_less_by_minibus_and_fades_beyond(line_m, minibus, worth) -> None:
    assert reach_value(straight(line_m), has_minibus=minibus) == pytest.approx(worth, abs=2e-3)


@pytest.mark.parametrize("minibus", [False, True])
def test_further_is_never_worth_more(minibus) -> None:
    along = [
        reach_value(straight(metres), has_minibus=minibus) for metres in range(0, 10_001, 50)
    ]

    assert along == sorted(along, reverse=True)
    assert all(0 <= value <= 1 for value in along)


def test_where_no_way_was_found_reach_is_nothing() -> None:
    assert reach_value(Way(None, None, measured=True), has_minibus=True) == 0
    assert reach_value(Way(None, 5, measured=True), has_minibus=False) == 0
    assert not walkable(Way(None, 5))


def test_a_minibus_helps_only_the_home_that_has_one() -> None:
    far = straight(4000)

    assert reach_value(far, has_minibus=True) > reach_value(far, has_minibus=False)
