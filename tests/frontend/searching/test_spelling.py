import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend.searching.spelling import nearest_text, nearest_word

KNOWN = {"library", "choir", "church", "chair", "sale", "allotments", "bowls", "brass"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("libary", "library"),
        ("librrary", "library"),
        ("lirbary", "library"),
        ("chior", "choir"),
        ("chruch", "church"),
        ("allotmets", "allotments"),
        ("alotmets", "allotments"),
        ("libar", "library"),  # still typing
        ("sal", None),  # too short to tell
        ("ukulele", None),
        ("1918", None),
        ("", None),
    ],
)
def test_the_word_fewest_slips_away_is_meant(typed, meant):
    assert nearest_word(typed, KNOWN) == meant


@given(st.sampled_from(sorted(word for word in KNOWN if len(word) > 4)), st.data())
def test_any_one_slip_leads_back_to_a_word_one_slip_away(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    typed = word[:at] + word[at + 1 :]

    meant = nearest_word(typed, {word})

    assert meant == (word if len(typed) >= 4 else None)


def test_a_town_is_meant_by_a_name_one_slip_away_and_the_first_of_two():
    known = {"timperley": "Timperley", "temperley": "Temperley"}

    assert nearest_text("timperly", known) == "Timperley"
    assert nearest_text("sale", {"sales": "Sales"}) is None
