"""Cells: one line of plain text, and never a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.research.cells import csv_bytes, safe_text


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", "\r=", "\n@", "  +", "＝", "\x00-"]
)
def test_a_formula_is_put_behind_an_apostrophe(start):
    assert safe_text(f"{start}HYPERLINK(1)").startswith("'")


@given(st.text())
def test_no_text_is_left_that_a_spreadsheet_would_run(text):
    safe = safe_text(text)

    assert not safe or safe[0] not in "=+-@\t\r\n"
    assert len(safe.splitlines()) <= 1


def test_plain_words_stay_as_they_are():
    assert safe_text("Kingston upon Hull, City of") == "Kingston upon Hull, City of"


@given(st.lists(st.text(), min_size=2, max_size=2))
def test_a_row_reads_back_as_it_was_made_safe(row):
    written = b"".join(csv_bytes(["a", "b"], [row])).decode()

    assert list(csv.reader(io.StringIO(written))) == [["a", "b"], [safe_text(c) for c in row]]


def test_numbers_flags_and_blanks_have_one_spelling():
    written = b"".join(csv_bytes("abcde", [(1, 0.30000000000000004, True, False, None)]))

    assert written == b"a,b,c,d,e\n1,0.30000000000000004,true,false,\n"


def test_a_thousand_rows_come_in_pieces_and_whole():
    pieces = list(csv_bytes(["n"], ((n,) for n in range(1200))))

    assert len(pieces) == 3
    assert b"".join(pieces).split() == [b"n", *(str(n).encode() for n in range(1200))]
