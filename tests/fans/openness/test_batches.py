"""What shows of the answers while more come in: never fewer than three at a time."""

from hypothesis import given
from hypothesis import strategies as st

from fans.openness.batches import batch, so_far
from tests.fans.openness.larkfield import V1


@given(st.integers(0, 200), st.integers(0, 200))
def test_from_one_look_to_the_next_nothing_or_three_and_more_come_in(before, more):
    came_in = batch(before + more) - batch(before)

    assert came_in == 0 or came_in >= 3


@given(st.integers(3, 200))
def test_closing_brings_in_three_at_least(count):
    assert count - batch(count) >= 3
    assert batch(count) % 3 == 0


def test_shows_the_first_ones_of_a_group_and_what_is_said_in_office_at_once():
    answers = {"A3": {"residents": (1, 2, 3, 4, 0, 1, 2), "staff": (1,) * 5, "manager": (4,)}}

    assert so_far(V1, answers) == {"A3": {"residents": (1, 2, 3), "staff": (), "manager": (4,)}}
