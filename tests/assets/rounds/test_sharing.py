"""Places are divided into compact, even rounds, and nobody carries the patch alone."""

from hypothesis import given
from hypothesis import strategies as st

from assets.rounds.sharing import share, split

_points = st.lists(
    st.tuples(st.floats(-2.36, -2.28), st.floats(53.40, 53.45)), min_size=1, max_size=40
)


@given(points=_points, parts=st.integers(1, 6))
def test_every_place_is_in_one_round_and_rounds_differ_by_one_at_most(points, parts):
    found = split(points, parts)

    assert sorted(i for part in found for i in part) == list(range(len(points)))
    sizes = {len(part) for part in found}
    assert max(sizes) - min(sizes) <= 1
    assert len(found) == min(parts, len(points))


def test_two_clusters_become_two_rounds():
    west = [(-2.36 + i / 10_000, 53.42) for i in range(4)]
    east = [(-2.30 + i / 10_000, 53.42) for i in range(4)]

    parts = split([west[0], east[0], west[1], east[1], *west[2:], *east[2:]], 2)

    assert sorted(map(sorted, parts)) == [[0, 2, 4, 5], [1, 3, 6, 7]]


@given(
    work=st.lists(st.floats(1, 12), min_size=1, max_size=12),
    loads=st.dictionaries(st.integers(1, 5), st.floats(0, 60), min_size=1),
)
def test_nobody_who_carries_most_gets_more_while_another_has_less(work, loads):
    given_to = share(work, loads)

    carried = dict(loads)
    for person, much in zip(given_to, work, strict=True):
        carried[person] += much
    assert set(given_to) <= set(loads)
    spread = max(carried.values()) - min(carried.values())
    assert spread <= max(*work, max(loads.values()) - min(loads.values())) + 1e-6


def test_two_heroes_do_not_carry_the_patch():
    """Two have done a lot lately: all that comes goes to the third until they are even."""
    assert share([8, 8, 8], {1: 30, 2: 30, 3: 0}) == [3, 3, 3]
