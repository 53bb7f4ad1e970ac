"""What a free text may give away, and what it may not be suspected of."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.free_text import Kind, doubts, is_nhs_number

IN_DOUBT = [
    ("NHS no. 943 476 5919", Kind.NHS_NUMBER, "943 476 5919"),
    ("943-476-5919 came along", Kind.NHS_NUMBER, "943-476-5919"),
    ("her number is 9434765919.", Kind.NHS_NUMBER, "9434765919"),
    ("see 123 456 7890", Kind.NHS_NUMBER, "123 456 7890"),
    ("Mrs Patel loved it", Kind.NAME, "Mrs Patel"),
    ("mrs patel loved it", Kind.NAME, "mrs patel"),
    ("MRS PATEL loved it", Kind.NAME, "MRS PATEL"),
    ("Mr. O’Brien sang", Kind.NAME, "Mr. O’Brien"),
    ("Mr & Mrs Jones-Ali", Kind.NAME, "Mrs Jones-Ali"),
    ("Miss Clarke’s class", Kind.NAME, "Miss Clarke’s"),
    ("with Ms Khan", Kind.NAME, "Ms Khan"),
    ("Thanks to Dr Patel", Kind.NAME, "Dr Patel"),
    ("Dr Patel read to us", Kind.NAME, "Dr Patel"),
    ("We met Dr Patel", Kind.NAME, "Dr Patel"),
    ("Rev Walker led it", Kind.NAME, "Rev Walker"),
    ("Sister Teresa prayed", Kind.NAME, "Sister Teresa"),
    ("Cllr Żak opened it", Kind.NAME, "Cllr Żak"),
    ("she is 3/5/1932", Kind.BIRTH, "3/5/1932"),
    ("he, 03.05.1932, came", Kind.BIRTH, "03.05.1932"),
    ("3rd of May 1932", Kind.BIRTH, "3rd of May 1932"),
    ("May 3, 1932", Kind.BIRTH, "May 3, 1932"),
    ("1932-05-03", Kind.BIRTH, "1932-05-03"),
    ("a lad of 12/11/2010", Kind.BIRTH, "12/11/2010"),
    ("03/05/38", Kind.BIRTH, "03/05/38"),
    ("was born in 1932 here", Kind.BIRTH, "born in 1932"),
    ("born 1932", Kind.BIRTH, "born 1932"),
    ("Born on 3 May 1932", Kind.BIRTH, "Born on 3 May 1932"),
    ("DOB 3/5/32", Kind.BIRTH, "DOB 3/5/32"),
    ("D.O.B. known", Kind.BIRTH, "D.O.B."),
    ("date of birth: 3 May 1932", Kind.BIRTH, "date of birth: 3 May 1932"),
    ("lives at M33 2DH", Kind.POSTCODE, "M33 2DH"),
    ("lives at m33 2dh", Kind.POSTCODE, "m33 2dh"),
    ("lives at M332DH", Kind.POSTCODE, "M332DH"),
    ("EC1A 1BB", Kind.POSTCODE, "EC1A 1BB"),
    ("ring 07700 900123", Kind.MOBILE, "07700 900123"),
    ("ring +44 7700 900 123", Kind.MOBILE, "+44 7700 900 123"),
    ("write to ann.walker@example.org", Kind.EMAIL, "ann.walker@example.org"),
]

HARMLESS = [
    "",
    "Twelve came for tea, four of them from the choir.",
    "Open Mon-Fri 10:00-16:30, Sat 10-12; £3.50 with a scone, £12 for ten.",
    "Since 1923. Rebuilt in 2019; 100 seats, 2 lifts, 30 m from bus 245.",
    "Ring 0161 496 0111 or 01614960111 first, or 0300 123 4567.",
    "Charity 1234567, company 01234567.",
    "We baked Mrs Beeton’s cake and Mr Kipling's are no match.",
    "The Mr Whippy van came; we watched Doctor Who and Miss Marple.",
    "Father Christmas comes on 24 December.",
    "A Mr and Mrs quiz night.",
    "The garden at 12 Meadow Dr Sale, off Park Dr Altrincham, by Oak Dr.",
    "We miss Spring. Her sister Ann and her father Tom are neighbours.",
    "The MS Society meets here, and the Miss England judges did once.",
    "Talk on 03/05/2026, next one 3 June 2026 or 2026-06-03; also 03/05/26.",
    "The club was founded on 3 May 1923, and open from 01/02/1990.",
    "Born and bred in Sale; a star is born; the stubborn 1932 piano.",
    "Score 3-1-45, room 12, table 3/4, half past 10.",
    "Questions Q1 2AB and X2 5LB, W2 1st prize, p3 2nd line, M33 and WA14 1.",
    "Read the A4 3DX leaflet; B12 vitamins; code m332dh on the door.",
    "Find us @saleknitters, 5@5 club, £5 @ the door.",
    "Dates for the choir: 10, 17, 24 and 31 May.",
]


@pytest.mark.parametrize(("text", "kind", "found"), IN_DOUBT)
def test_finds_what_tells_who_somebody_is(text, kind, found):
    assert [(doubt.kind, doubt.found) for doubt in doubts(text)] == [(kind, found)]


@pytest.mark.parametrize("text", HARMLESS)
def test_lets_through_what_tells_nobody(text):
    assert doubts(text) == []


def test_says_surely_what_has_the_check_digit_of_an_nhs_number():
    sure, unsure = doubts("943 476 5919 and 943 476 5918")

    assert sure.words == "“943 476 5919” is an NHS number, by its last digit."
    assert unsure.words == "“943 476 5918” has ten digits, as an NHS number has."


def test_names_each_piece_once_in_the_order_it_stands():
    text = "Mrs Patel (born 1932, M33 2DH) and Mrs Patel again; ann@example.org"

    found = [doubt.found for doubt in doubts(text)]

    assert found == ["Mrs Patel", "born 1932", "M33 2DH", "ann@example.org"]


def test_takes_no_digits_of_a_mobile_number_for_anything_else():
    assert [doubt.kind for doubt in doubts("+447700900123, 07700900123")] == [Kind.MOBILE] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Edith from room 12 is poorly",  # a first name and a room have no shape of their own
        "Patel, E. has dementia",
        "nhs nine four three, four seven six",
        "she turns ninety on the third of May",
        "the big house with the blue door on Meadow Drive",
    ],
)
def test_does_not_see_what_has_no_shape_as_the_documents_say(text):
    assert doubts(text) == []


@given(st.integers(0, 999_999_999))
def test_nine_digits_have_one_check_digit_at_most(nine):
    fitting = [last for last in range(10) if is_nhs_number(f"{nine:09}{last}")]

    assert len(fitting) <= 1  # none where it would be 10


@given(st.text(max_size=400))
def test_any_text_is_read_and_what_is_found_stands_in_it(text):
    for doubt in doubts(text):
        assert doubt.found in text
        assert doubt.found in doubt.words


@given(
    st.sampled_from(["07700 900123", "943 476 5919", "M33 2DH", "Mrs Patel", "3/5/1932"]),
    st.text("abc ,.;\n", max_size=40),
    st.text("abc ,.;\n", max_size=40),
)
def test_finds_it_wherever_it_stands(piece, before, after):
    found = [doubt.found for doubt in doubts(f"{before}\n{piece} ;{after}")]

    assert piece in found


@given(st.text(st.sampled_from("0123456789/.- "), max_size=60))
def test_never_claims_a_digit_twice(text):
    found = [doubt.found for doubt in doubts(text)]

    assert sum(map(len, found)) <= len(text)


@given(st.dates(dt.date(2016, 1, 1), dt.date(2099, 12, 31)))
def test_a_day_of_these_years_is_nobodys_birth(day):
    written = [f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}", f"{day:%Y-%m-%d}"]

    assert [doubts(f"We met on {text}.") for text in written] == [[], [], []]


def test_reads_the_longest_text_a_form_takes_in_no_time():
    longest = "Mr 1" * 500 + "1" * 2000 + "a." * 1000 + "@" * 100 + " 3 May 19" * 300
    begun = time.perf_counter()

    doubts(longest)

    assert time.perf_counter() - begun < 1  # hundredths, unless a pattern backtracks
