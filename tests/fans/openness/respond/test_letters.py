"""Codes that people type."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.openness.respond.letters import ALPHABET, is_code, letters_from, spaced, tidied

DIGESTS = st.binary(min_size=32, max_size=32).map(lambda raw: hashlib.sha256(raw).hexdigest())


def test_no_letter_is_taken_for_another_and_no_code_is_a_word():
    assert not set(ALPHABET) & set("AEIOU01LSBQZ5")
    assert len(ALPHABET) == len(set(ALPHABET)) == 23


@given(digest=DIGESTS)
def test_a_code_has_its_letters_and_one_that_checks_them(digest):
    letters = letters_from(digest, 8)

    assert len(letters) == 9
    assert is_code(letters, 8)


@given(digest=DIGESTS, at=st.integers(0, 8), other=st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_always_seen(digest, at, other):
    letters = letters_from(digest, 8)
    wrong = letters[:at] + other + letters[at + 1 :]

    assert is_code(wrong, 8) == (wrong == letters)


@given(digest=DIGESTS, at=st.integers(0, 6))
def test_two_letters_changed_over_are_always_seen(digest, at):
    letters = letters_from(digest, 8)
    wrong = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]

    assert is_code(wrong, 8) == (wrong == letters)


@pytest.mark.parametrize(
    "typed", ["cdf-ghj-kmn", " CDF GHJ KMN ", "c.d.f.ghjkmn", "CDF–GHJ–KMN"]
)
def test_it_does_not_matter_how_a_code_is_typed(typed):
    assert tidied(typed) == "CDFGHJKMN"


def test_letters_that_are_taken_for_ours_are_put_right():
    assert tidied("bzu") == "82V"


def test_a_code_is_printed_in_threes():
    assert spaced("CDFGHJKMN") == "CDF-GHJ-KMN"


@pytest.mark.parametrize("letters", ["", "CDF", "CDFGHJKMNP", "CDFGHJKM0", "ΑΒΓΔΕΖΗΘΙ"])
def test_what_cannot_be_a_code_is_none(letters):
    assert not is_code(letters, 8)
