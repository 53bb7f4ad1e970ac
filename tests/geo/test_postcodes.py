import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.postcodes import (
    UNIT_POSTCODE,
    NotAPostcodeError,
    UnitPostcode,
    parse_outcode,
    parse_postcode,
    parse_sector,
)

unit_postcodes = st.from_regex(re.compile(UNIT_POSTCODE, re.ASCII), fullmatch=True).map(
    str.strip
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("M33 2DH", "M33 2DH"),
        ("m332dh", "M33 2DH"),
        ("  Ec1a\u00a01bB ", "EC1A 1BB"),
        ("W1A 0AX", "W1A 0AX"),
        ("M1 1AE", "M1 1AE"),
        ("NPT 0AA", "NPT 0AA"),
    ],
)
def test_reads_a_postcode_however_it_is_written(text, written):
    assert str(UnitPostcode.parse(text)) == written


def test_takes_a_postcode_apart():
    found = UnitPostcode.parse("ec1a1bb")

    assert (found.code, found.sector, found.outcode) == ("EC1A1BB", "EC1A 1", "EC1A")


@pytest.mark.parametrize(
    "text",
    ["", "M33", "M33 2D", "M33 22H", "33 2DH", "M332DHX", "WA15 OHF", "İ1 1AA", "Ⅳ1 1AA"],
)
def test_refuses_what_is_no_postcode(text):
    assert parse_postcode(text) is None
    with pytest.raises(NotAPostcodeError, match="is not a postcode"):
        UnitPostcode.parse(text)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("WA15 OHF", "WA15 0HF"), ("0L9 6LD", "OL9 6LD"), ("WAI5 OHF", "WA15 0HF")],
)
def test_mends_a_letter_typed_for_a_digit_only_when_asked(slip, meant):
    assert parse_postcode(slip) is None
    assert str(parse_postcode(slip, mend=True)) == meant


@pytest.mark.parametrize(
    ("text", "outcode"), [(" m33 ", "M33"), ("WA14", "WA14"), ("M", None), ("M33 2DH", None)]
)
def test_reads_a_district(text, outcode):
    assert parse_outcode(text) == outcode


@pytest.mark.parametrize(
    ("text", "sector"),
    [(" m33  2 ", "M33 2"), ("EC1A 1", "EC1A 1"), ("M33", None), ("M33 x", None), ("2", None)],
)
def test_reads_a_sector(text, sector):
    assert parse_sector(text) == sector


@given(unit_postcodes)
def test_writing_and_reading_gives_the_same_postcode(code):
    found = UnitPostcode.parse(code)

    assert UnitPostcode.parse(str(found).lower()) == found
    assert UnitPostcode.parse(code, mend=True) == found  # mending leaves a good one alone
    assert found.sector == str(found)[:-2]


@given(st.text(max_size=12), st.booleans())
def test_any_text_is_a_postcode_or_none_never_an_error(text, mend):
    found = parse_postcode(text, mend=mend)

    assert found is None or re.match(UNIT_POSTCODE, found.code)
