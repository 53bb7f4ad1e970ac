"""Pseudonyms: stable within a study, unrelated between studies."""

import base64
import hashlib
import hmac
import re

from hypothesis import given
from hypothesis import strategies as st

from fans.research.pseudonyms import PATTERN, Pseudonyms

ONE, OTHER = Pseudonyms("a" * 64), Pseudonyms("b" * 64)
ids = st.integers(1, 10**12)


@given(ids)
def test_a_home_keeps_its_name_within_a_study(id):
    assert ONE.home(id) == Pseudonyms("a" * 64).home(id)


@given(ids)
def test_a_home_has_another_name_in_another_study(id):
    assert ONE.home(id) != OTHER.home(id)


@given(ids)
def test_home_and_partner_of_one_number_share_nothing_but_the_shape(id):
    assert ONE.home(id)[2:] != ONE.partner(id)[2:]


@given(ids)
def test_names_have_one_shape_without_a_digit_of_the_number(id):
    assert re.fullmatch("H" + PATTERN, ONE.home(id))
    assert re.fullmatch("P" + PATTERN, ONE.partner(id))
    assert re.fullmatch("S" + PATTERN, ONE.study(id))


def test_no_two_of_ten_thousand_partners_share_a_name():
    assert len({ONE.partner(id) for id in range(10_000)}) == 10_000


def test_a_name_is_the_hmac_of_kind_and_number():
    expected = hmac.new(b"a" * 64, b"H:7", hashlib.sha256).digest()[:10]

    assert ONE.home(7) == "H-" + base64.b32encode(expected).decode().lower()
