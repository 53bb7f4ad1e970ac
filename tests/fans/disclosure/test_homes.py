"""Figures of many homes: at least eight, of many owners, and nothing to be had back."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fans.disclosure import (
    FEWEST_HOMES,
    HIDDEN,
    OfHome,
    enough_homes,
    most_of_one_owner,
    publish_change,
    publish_homes,
    publish_middle,
    publish_shares,
    publish_sum,
)

EIGHT = "abcdefgh"

scores = st.integers(min_value=0, max_value=1000).map(lambda tenths: tenths / 10)
owned_home = st.builds(OfHome, value=scores, owner=st.sampled_from("abcdefghij"))
owned = st.lists(owned_home, max_size=24)


def homes(values, owners=EIGHT):
    return [OfHome(value, owner) for value, owner in zip(values, owners, strict=True)]


@pytest.mark.parametrize(
    ("owners", "enough"),
    [
        ("abcdefg", False),
        ("abcdefgh", True),
        ("aabcdefg", True),
        ("aaabcdef", False),
        ("aaabcdefg", True),
        ("aaaabcdefg", False),
        ("", False),
    ],
)
def test_there_are_eight_homes_and_nobody_has_too_many_of_them(owners, enough):
    assert enough_homes(owners) is enough


def test_an_owner_is_the_same_however_it_is_written_and_unknown_owners_are_one():
    assert not enough_homes(["Oak Care", "OAK CARE ", "oak care", *"abcde"])
    assert not enough_homes(["", "", " ", *"abcde"])


@pytest.mark.parametrize(("count", "shown"), [(7, HIDDEN), (8, 10), (12, 10), (13, 15)])
def test_homes_are_counted_to_the_nearest_five(count, shown):
    assert publish_homes([str(number) for number in range(count)]) == shown


def test_the_middle_home_is_told_to_the_nearest_five():
    assert publish_middle(homes([90, 10, 20, 30, 42.5, 50, 60, 70])) == 45
    assert publish_middle(homes([90, 10, 20, 30, 42.4, 50, 60, 70])) == 40


def test_a_middle_of_too_few_homes_is_hidden():
    assert publish_middle(homes([50] * 7, "abcdefg")) == HIDDEN
    assert publish_middle(homes([50] * 8, "aaaaefgh")) == HIDDEN


@pytest.mark.parametrize("outside", [-0.1, 100.1])
def test_a_figure_outside_the_scale_is_refused(outside):
    with pytest.raises(ValueError, match="0 to 100"):
        publish_middle(homes([outside] * 8))


def test_a_share_is_shown_where_enough_homes_are_of_it_and_enough_are_not():
    owners = [str(number) for number in range(17)]
    mixed = homes(["low"] * 8 + ["high"] * 9, owners)
    nearly_all = homes(["low"] * 16 + ["high"], owners)

    assert publish_shares(mixed, ["low", "high", "none"]) == {
        "low": 10,
        "high": 10,
        "none": HIDDEN,
    }
    assert set(publish_shares(nearly_all, ["low", "high", "none"]).values()) == {HIDDEN}


def test_a_sum_is_to_the_nearest_five_and_hidden_below_eight():
    assert publish_sum(homes([3, 0, 5, 2, 1, 4, 6, 2])) == 25
    assert publish_sum(homes([1] * 7 + [0])) == HIDDEN
    assert publish_sum(homes([0] * 8)) == HIDDEN


def test_a_sum_that_is_mostly_one_owners_is_hidden():
    assert publish_sum(homes([50, 1, 1, 1, 1, 1, 1, 1])) == HIDDEN
    assert publish_sum(homes([9, 9, 3, 3, 3, 3, 3, 2], "aabcdefg")) == HIDDEN
    assert publish_sum(homes([8, 9, 3, 3, 3, 3, 3, 2], "aabcdefg")) == 35


def test_a_change_comes_from_the_published_figures():
    assert publish_change(40, 55) == 15
    assert publish_change(55, 40) == -15
    assert publish_change(HIDDEN, 40) == publish_change(40, HIDDEN) == HIDDEN


@given(owned)
def test_no_order_of_the_homes_matters(given_homes):
    assert publish_middle(given_homes) == publish_middle(given_homes[::-1])


@given(owned)
def test_nothing_is_told_of_fewer_than_eight_homes(given_homes):
    few = given_homes[: FEWEST_HOMES - 1]
    sums = [OfHome(int(home.value), home.owner) for home in few]

    assert publish_middle(few) == publish_sum(sums) == HIDDEN
    assert publish_homes([home.owner for home in few]) == HIDDEN


@given(st.lists(owned_home, min_size=9, max_size=24), st.data())
def test_any_home_could_have_any_figure_even_for_one_who_knows_all_homes_of_an_owner(
    given_homes, data
):
    """The attack on a middle, by witness: another world gives out the very same figure."""
    assume(enough_homes([home.owner for home in given_homes]))
    target = data.draw(st.sampled_from(range(len(given_homes))))
    others = {home.owner for home in given_homes} - {given_homes[target].owner}
    knows = data.draw(st.sampled_from(sorted(others)))
    claimed = data.draw(scores)
    free = [
        number
        for number, home in enumerate(given_homes)
        if home.owner != knows and number != target
    ]
    middle = sorted(home.value for home in given_homes)[(len(given_homes) - 1) // 2]
    world = list(given_homes)
    world[target] = OfHome(claimed, world[target].owner)
    for number in free:
        world[number] = OfHome(middle, world[number].owner)

    found = {publish_middle(_with_extremes(world, free, low)) for low in range(len(free) + 1)}

    assert publish_middle(given_homes) in found


def _with_extremes(world, free, low):
    """Put ``low`` of the free homes to the bottom, so that the middle falls on others."""
    moved = list(world)
    for number in free[:low]:
        moved[number] = OfHome(0.0, moved[number].owner)
    return moved


def knowing(owners, worlds, tell):
    """Try every world: what somebody holds possible who knows the first owner's homes, or none.

    The strongest attack there is: it knows the rule, and reads a hidden figure, too. It is
    after the last home; each other could stand in that one's place.
    """
    possible = defaultdict(set)
    for world in worlds:
        told = tell(homes(world, owners))
        for onlooker in (owners[0], None):
            known = tuple(v for v, o in zip(world, owners, strict=True) if o == onlooker)
            possible[onlooker, known, told].add(world[-1])
    return possible


@pytest.mark.parametrize(
    ("owners", "steps"), [("abcde", (0, 25, 50, 75, 100)), ("aabcdef", (0, 40, 60, 100))]
)
def test_every_world_tried_a_middle_rules_out_no_figure_of_any_home(owners, steps):
    worlds = itertools.product(steps, repeat=len(owners))

    possible = knowing(owners, worlds, lambda hs: publish_middle(hs, fewest=5))

    assert {told for _, _, told in possible} == set(steps)
    assert all(left == set(steps) for left in possible.values())


def test_every_world_tried_two_sides_and_their_whole_together_pin_no_home_down():
    sides = list(itertools.product((0, 50, 100), repeat=2))
    worlds = itertools.product(sides, repeat=5)

    def tell(hs):
        parts = [[OfHome(pick(h.value), h.owner) for h in hs] for pick in _PICKS]
        return tuple(publish_middle(part, fewest=5) for part in parts)

    possible = knowing("abcde", worlds, tell)

    for pick in _PICKS:
        found = [{pick(value) for value in left} for left in possible.values()]
        assert min(max(each) - min(each) for each in found) >= 50


_PICKS = (
    lambda value: value[0],
    lambda value: value[1],
    lambda value: sum(value) / 2,
)


def test_every_world_tried_shares_leave_each_home_more_than_one_kind():
    owners = "abcdefghij"
    worlds = itertools.product("ABC", repeat=len(owners))

    def tell(hs):
        return tuple(publish_shares(hs, "ABC", fewest=5).values())

    possible = knowing(owners, worlds, tell)

    assert any(told != (HIDDEN,) * 3 for _, _, told in possible)
    assert all(len(left) >= 2 for left in possible.values())


def test_a_mean_in_place_of_the_middle_would_be_found_out():
    """The attack bites: without the rule it narrows homes down to one figure."""
    worlds = itertools.product((0, 50, 100), repeat=5)

    possible = knowing("abcde", worlds, lambda hs: sum(home.value for home in hs) / len(hs))

    assert any(len(left) == 1 for left in possible.values())


@pytest.mark.parametrize("homes_in_all", range(FEWEST_HOMES, 40))
def test_without_the_largest_owner_and_one_more_either_side_can_be_filled(homes_in_all):
    left = homes_in_all - most_of_one_owner(homes_in_all) - 1
    middle = (homes_in_all - 1) // 2

    assert left >= middle + 1
    assert left >= homes_in_all - middle
