"""What may stand in a cell."""

import datetime as dt

import pytest

from fans.connections.grid.cells import (
    PEOPLE,
    RATING,
    LineKey,
    UnreadableError,
    cells_of,
    days_in,
    read_cell,
)


@pytest.mark.parametrize(
    ("text", "number"), [("", None), ("  ", None), ("0", None), ("7", 7), (" 12 ", 12)]
)
def test_reads_times(text, number):
    assert read_cell(3, text) == number


@pytest.mark.parametrize(
    "text",
    ["1e9", "-1", "1.5", "abc", "=1+1", "=SUM(A1:A9)", "²", "٣", "51", "9" * 400_000, "1 2"],
)
def test_says_what_to_put_where_it_is_no_number_of_times(text):
    with pytest.raises(UnreadableError, match="Put a number from 0 to 50") as refused:
        read_cell(3, text)
    assert len(str(refused.value)) < 130


def test_nobody_is_a_number_of_people():
    assert read_cell(PEOPLE, "0") == 0
    with pytest.raises(UnreadableError, match="0 to 5000"):
        read_cell(PEOPLE, "5001")


def test_a_rating_is_one_of_five():
    assert read_cell(RATING, "5") == 5
    with pytest.raises(UnreadableError):
        read_cell(RATING, "6")


@pytest.mark.parametrize(
    "text", ["", "tie-0-in", "tie-1-up", "home-1-in", "tie-1-in-3", "tie--1-in"]
)
def test_reads_no_other_name_of_a_line(text):
    assert LineKey.read(text) is None


def test_reads_the_name_that_it_writes():
    key = LineKey("place", 12, "letter")

    assert LineKey.read(str(key)) == key
    assert key.field(3) == "place-12-letter-3"


def test_february_is_as_long_as_it_is():
    assert days_in(dt.date(2028, 2, 1)) == 29
    assert list(cells_of(dt.date(2027, 2, 1)))[-3:] == [28, PEOPLE, RATING]
