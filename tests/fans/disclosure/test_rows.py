"""Row-level files: people in bands, rare homes blanked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.disclosure import BANDS, band, blank_rare

homes = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xyz")), max_size=25)


@pytest.mark.parametrize(
    ("people", "name"),
    [
        (None, None),
        (0, "0"),
        (1, "1-4"),
        (4, "1-4"),
        (5, "5-9"),
        (9, "5-9"),
        (10, "10-19"),
        (19, "10-19"),
        (20, "20+"),
        (900, "20+"),
    ],
)
def test_people_fall_in_bands(people, name):
    assert band(people) == name


@given(st.integers(0, 1000))
def test_bands_rise_with_people(people):
    assert BANDS.index(band(people)) <= BANDS.index(band(people + 1))


def test_negative_people_have_no_band():
    with pytest.raises(ValueError, match="never negative"):
        band(-1)


def test_what_four_homes_share_is_blanked_and_what_five_share_is_kept():
    common, rare = ("Trafford", "nursing", "20-39"), ("Trafford", "nursing", "40+")

    shown = blank_rare([common, rare] * 4 + [common])

    assert shown == [common, None] * 4 + [common]


@given(homes)
def test_whatever_is_kept_is_shared_by_five(marks):
    shown = blank_rare(marks)

    assert len(shown) == len(marks)
    for before, after in zip(marks, shown, strict=True):
        assert after in (before, None)
        assert (after is not None) == (marks.count(before) >= 5)
