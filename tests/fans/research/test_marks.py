"""What may be told of a home: never what fewer than five homes show."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.research.marks import (
    BED_BANDS,
    DISTANCE_BANDS,
    Marks,
    bed_band,
    distance_band,
    distances_shown,
    marks_shown,
)

a_home = st.builds(
    Marks,
    st.sampled_from(["", "Salford", "Trafford"]),
    st.sampled_from(["nursing", "residential"]),
    st.sampled_from(["", *BED_BANDS[:3]]),
)
homes = st.lists(a_home, max_size=40)
COMMON = Marks("Trafford", "residential", "20-39")


@given(homes)
def test_every_combination_shown_stands_on_five_homes(measured):
    shown = Counter(marks for marks in marks_shown(measured) if marks != Marks())

    assert all(count >= 5 for count in shown.values())


@given(homes)
def test_every_single_mark_shown_stands_on_five_homes(measured):
    shown = marks_shown(measured)

    for name in Marks._fields:
        values = Counter(getattr(marks, name) for marks in shown if getattr(marks, name))
        assert all(count >= 5 for count in values.values())


@given(homes)
def test_what_is_shown_is_true_or_blank(measured):
    for before, after in zip(measured, marks_shown(measured), strict=True):
        for told, known in zip(after, before, strict=True):
            assert told in ("", known)


@given(homes)
def test_a_combination_that_five_share_is_shown_whole(measured):
    shared = Counter(measured)

    for before, after in zip(measured, marks_shown(measured), strict=True):
        if shared[before] >= 5:
            assert after == before


@given(homes.flatmap(st.permutations))
def test_the_order_of_homes_changes_nothing(measured):
    in_order = sorted(measured)

    assert sorted(zip(measured, marks_shown(measured), strict=True)) == list(
        zip(in_order, marks_shown(in_order), strict=True)
    )


@given(st.lists(a_home, max_size=4))
def test_four_homes_show_nothing(measured):
    assert set(marks_shown(measured)) <= {Marks()}


def test_the_sixth_home_that_is_unlike_the_others_is_blank():
    shown = marks_shown([COMMON] * 5 + [Marks("Salford", "nursing", "60+")])

    assert shown == [COMMON] * 5 + [Marks()]


def test_the_area_is_given_up_first_then_the_bed_band():
    towns = [Marks(f"Town {n}", "nursing", "20-39") for n in range(5)]
    mixed = [Marks(f"Town {n}", "residential", band) for n, band in enumerate(BED_BANDS)]
    mixed.append(Marks("Town 9", "residential", "60+"))

    shown = marks_shown(towns + mixed)

    assert shown == [Marks("", "nursing", "20-39")] * 5 + [Marks("", "residential", "")] * 5


def test_an_area_that_all_share_is_kept_where_nothing_else_is():
    unlike = [
        Marks("Trafford", "nursing", "1-19"),
        Marks("Trafford", "nursing", "20-39"),
        Marks("Trafford", "residential", "1-19"),
        Marks("Trafford", "residential", "20-39"),
        Marks("Trafford", "both", "40-59"),
    ]

    assert marks_shown(unlike) == [Marks(area="Trafford")] * 5


@pytest.mark.parametrize(
    ("beds", "name"),
    [
        (None, ""),
        (0, ""),
        (1, "1-19"),
        (19, "1-19"),
        (20, "20-39"),
        (39, "20-39"),
        (40, "40-59"),
        (59, "40-59"),
        (60, "60+"),
        (215, "60+"),
    ],
)
def test_beds_fall_in_bands(beds, name):
    assert bed_band(beds) == name


@pytest.mark.parametrize(
    ("metres", "name"),
    [
        (None, ""),
        (0.0, "<400 m"),
        (399.9, "<400 m"),
        (400.0, "400-800 m"),
        (799.9, "400-800 m"),
        (800.0, "800 m-2 km"),
        (1999.9, "800 m-2 km"),
        (2000.0, "2 km+"),
        (90_000.0, "2 km+"),
    ],
)
def test_distances_fall_in_bands(metres, name):
    assert distance_band(metres) == name


ties = st.lists(
    st.tuples(
        st.sampled_from("abcdefg"),
        st.sampled_from(["museum", "school"]),
        st.sampled_from(DISTANCE_BANDS),
    ),
    max_size=60,
)


@given(ties)
def test_a_distance_is_told_where_five_homes_show_it_for_the_category(found):
    shown = distances_shown(found)

    for category, band in {(category, band) for _, category, band in found}:
        sharing = {home for home, *pair in found if pair == [category, band]}
        assert ((category, band) in shown) == (len(sharing) >= 5)


def test_five_ties_of_one_home_do_not_make_five_homes():
    assert distances_shown([("a", "school", "<400 m")] * 5) == set()
