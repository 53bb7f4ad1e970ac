"""The board of a locality: themes of three homes or more, and no number that gives one away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fans.connections.wishes.around import FEWEST_HOMES, themes
from fans.connections.wishes.tags import SLUGS, TAGS


def shown(wishes):
    return {theme.tag.slug: theme.count for theme in themes(wishes) or []}


def test_fewer_than_three_homes_have_no_board():
    assert themes([(1, ["music"]), (2, ["music"]), (1, ["music"])]) is None
    assert themes([]) is None


def test_up_to_seven_wishes_are_a_few_and_more_go_to_the_nearest_five():
    few = [(home, ["music"]) for home in (1, 2, 3)]

    assert shown(few) == {"music": "*"}
    assert shown([*few, *[(1, ["music"])] * 4]) == {"music": "*"}
    assert shown([*few, *[(1, ["music"])] * 5]) == {"music": 10}
    assert shown([*few, *[(2, ["music"])] * 10]) == {"music": 15}


def test_a_theme_of_one_home_or_two_is_left_out():
    wishes = [(1, ["music", "walks"]), (2, ["music", "walks"]), (3, ["music", "food"])]

    assert shown(wishes) == {"music": "*"}


@pytest.mark.parametrize("slug", ["faith", "roots", "health"])
def test_what_tells_of_faith_origin_or_health_is_on_no_board(slug):
    assert shown([(home, [slug, "music"]) for home in range(30)]) == {"music": 30}


WISHES = st.lists(
    st.tuples(
        st.integers(1, 6), st.lists(st.sampled_from(SLUGS), min_size=1, max_size=4, unique=True)
    ),
    max_size=60,
)


@settings(max_examples=100)
@given(wishes=WISHES, home=st.integers(1, 6))
def test_what_is_shown_leaves_every_home_in_doubt(wishes, home):
    """A theme of one home more: with or without that home, others wish for it too."""
    board = shown(wishes)
    for slug, count in board.items():
        of_tag = [each for each, tags in wishes if slug in tags]
        assert not TAGS[slug].only_if_wished
        assert count == "*" or (count >= 10 and count % 5 == 0)
        assert len(set(of_tag) - {home}) >= FEWEST_HOMES - 1
        if count != "*":
            assert abs(count - len(of_tag)) <= 2


@settings(max_examples=50)
@given(wishes=WISHES)
def test_the_order_in_which_wishes_come_tells_nothing(wishes):
    assert themes(wishes) == themes(wishes[::-1])
