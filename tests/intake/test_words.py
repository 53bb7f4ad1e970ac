"""What outside files say, as it is shown."""

import pytest

from intake.errors import IntakeError
from intake.words import seen, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Larch\x00 \x1b[31mHouse", "Larch [31mHouse"),
        ("Larch \u202eesuoH\u202c", "Larch esuoH"),
        ("\ufeffLarch\u200b\u2028House", "Larch House"),
        ("Larch \ud83d House", "Larch House"),
    ],
)
def test_takes_away_what_nobody_sees(text, shown):
    assert seen(text) == shown


@pytest.mark.parametrize("text", ["👩‍🌾 Garden", "Café Ŵyn", "Tŷ’r Ardd – north"])
def test_leaves_what_people_write(text):
    assert seen(text) == text


def test_cuts_what_is_too_long_to_be_shown():
    assert shortened("x" * 100, 10) == "xxxxxxxxx…"
    assert shortened("Larch") == "Larch"


def test_a_refusal_quotes_a_file_in_what_can_be_seen():
    error = IntakeError('"\x00\u202e" is no number', file="a\x1b.csv", row=2, column="é" * 99)

    assert str(error) == f'a .csv, row 2, column "{"é" * 59}…": " " is no number'
