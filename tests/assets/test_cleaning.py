"""Texts of outside files are made fit, and never half kept where half misleads."""

import pytest
from django.core.validators import EmailValidator, URLValidator
from hypothesis import given
from hypothesis import strategies as st

from assets import cleaning
from assets.candidates import RowRefusedError
from assets.models import Asset


def test_knows_the_lengths_of_the_models_columns():
    columns = {
        name: Asset._meta.get_field(name).max_length for name in cleaning.MOST_CHARACTERS
    }

    assert columns == cleaning.MOST_CHARACTERS


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans()))
def test_cleaned_text_can_be_stored_and_is_one_line(value):
    text = cleaning.clean_text(value)

    assert "\x00" not in text
    assert "\n" not in text
    text.encode()  # no lone surrogates


def test_a_lone_surrogate_is_dropped():
    assert cleaning.clean_text("Caf\ud800é") == "Café"


@pytest.mark.parametrize("nothing", [None, "", " - ", "N/A", "unknown", "None", {}, []])
def test_ways_of_saying_nothing_mean_nothing(nothing):
    assert cleaning.meaning(nothing) == ""


def test_cuts_a_description_and_drops_hours_that_are_too_long():
    assert len(cleaning.fit("description", "word " * 600)) <= 2000
    assert cleaning.fit("description", "word " * 600).endswith("…")
    assert cleaning.fit("opening_hours", "Mo " * 200) == ""
    assert cleaning.fit("name", "x" * 200) == "x" * 200
    with pytest.raises(RowRefusedError):
        cleaning.fit("name", "x" * 201)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0161 496 0111", "0161 496 0111"),
        ("+44 (0)161-496.0111 ext 3", "+44 (0)161-496.0111"),
        ("ring the bell", ""),
        ("12", ""),
    ],
)
def test_keeps_telephone_numbers(text, kept):
    assert cleaning.clean_phone(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("a.example", "http://a.example"),
        ("javascript:alert(1)", ""),
        ("ftp://a.example", ""),
        ("http://[::1", ""),
        ("see leaflet", ""),
        ("http://www.nhs.uk@evil.example/", ""),
    ],
)
def test_keeps_web_addresses(text, kept):
    assert cleaning.clean_website(text) == kept


@given(st.text())
def test_cleaners_never_stumble(text):
    assert len(cleaning.clean_website(text)) <= 300
    assert len(cleaning.clean_email(text)) <= 254
    assert len(cleaning.clean_phone(text)) <= 40


def short_ones_of(pattern):
    return st.from_regex(pattern, fullmatch=True).filter(lambda text: len(text) <= 200)


@given(short_ones_of(cleaning._PLAIN_EMAIL))
def test_what_is_taken_quickly_for_an_email_address_is_one(text):
    EmailValidator()(text)
    assert cleaning.clean_email(text) == text


@given(short_ones_of(cleaning._PLAIN_URL))
def test_what_is_taken_quickly_for_a_web_address_is_one(text):
    URLValidator(schemes=["http", "https"])(text)
    assert cleaning.clean_website(text) == text
