import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend.searching.asking import MOST_READINGS, Parts, parts_of

JOINING = ["near", "near to", "close to", "next to", "nearby", "around", "by", "at", "in"]
WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1).filter(
    lambda word: word.lower() not in " ".join(JOINING).split()
)
WORDS = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


@given(what=WORDS, joining=st.sampled_from(JOINING), where=WORDS)
def test_a_text_of_three_parts_is_read_as_just_these(what, joining, where):
    said = f"  {what}  {joining.upper()} {where} "

    assert next(parts_of(said)) == Parts(" ".join(what.split()), " ".join(where.split()))


@given(st.text())
def test_no_text_breaks_it_and_no_part_is_made_up(text):
    for parts in parts_of(text):
        words = text.split()
        assert parts.where
        assert {*parts.what.split(), *parts.where.split()} <= set(words)


@given(WORDS)
def test_a_text_that_joins_nothing_has_no_parts(text):
    assert not list(parts_of(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("singing near M33", [("singing", "M33")]),
        ("near M33", [("", "M33")]),
        (
            "Church in the Wood near Sale",
            [("Church in the Wood", "Sale"), ("Church", "the Wood near Sale")],
        ),
        ("close to Sale", [("", "Sale")]),
        ("choir close to Sale", [("choir", "Sale")]),
        ("in Bloom", []),
        ("choir near", []),
    ],
)
def test_the_last_joining_word_counts_first(text, read):
    assert [(parts.what, parts.where) for parts in parts_of(text)] == read


def test_near_me_is_known_by_its_word():
    assert next(parts_of("choir near me")).is_near_me
    assert not next(parts_of("choir near Meols")).is_near_me


def test_a_text_of_nothing_but_joining_words_is_read_a_few_ways_only():
    assert len(list(parts_of("in " * 33))) == MOST_READINGS
