import pytest
from hypothesis import given
from hypothesis import strategies as st

from homes.models import Home, Registration
from homes.registers.row import MOST_CHARACTERS, phone, website


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1616275874", "01616275874"),
        ("01616275874", "01616275874"),
        ("0161 627 5874", "01616275874"),
        ("120462150", "0120462150"),
        ("1617777e3", "01617777000"),
        ("1617777E+03", "01617777000"),
        ("+44 161 627 5874", "+441616275874"),
        ("1.61728E+09", ""),
        ("", ""),
        ("none", ""),
    ],
)
def test_puts_back_the_zero_that_spreadsheets_take(written, meant):
    assert phone(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("www.example.org", "http://www.example.org"),
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("not a website", ""),
        ("http://www.nhs.uk@evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("ftp://example.org", ""),
        ("", ""),
    ],
)
def test_keeps_addresses_of_the_web_alone(written, meant):
    assert website(written) == meant


@given(st.text(max_size=40))
def test_whatever_stands_in_a_cell_fits_its_column(text):
    assert len(phone(text)) <= 20
    found = website(text)
    assert found == "" or found.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize("field", ["name", "address", "local_authority"])
def test_the_limits_are_those_of_a_home(field):
    assert Home._meta.get_field(field).max_length == MOST_CHARACTERS[field]


@pytest.mark.parametrize("field", ["regulator_id", "name", "provider", "local_authority"])
def test_the_limits_are_those_of_a_registration(field):
    assert Registration._meta.get_field(field).max_length == MOST_CHARACTERS[field]
