"""Opening hours in words that people read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.hours.clock import clock
from assets.hours.words import hours_in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tu,Sa 10:00-13:00", ["Tuesday and Saturday, 10am to 1pm"]),
        (
            "Mo-Fr 09:30-17:00; Sa 10:00-12:00",
            ["Monday to Friday, 9.30am to 5pm", "Saturday, 10am to noon"],
        ),
        (
            "Mo-We,Fr 09:00-12:00,13:00-17:00",
            ["Monday to Wednesday and Friday, 9am to noon and 1pm to 5pm"],
        ),
        ("Mo-Fr 9:00-17:00", ["Monday to Friday, 9am to 5pm"]),
        ("PH off", ["Bank holidays: closed"]),
        ("Mo-Fr,PH 10:00-12:00", ["Monday to Friday and bank holidays, 10am to noon"]),
        ("08:00-20:00", ["Every day, 8am to 8pm"]),
        ("Mo-Su 00:00-24:00", ["Monday to Sunday, all day"]),
        ("Fr 20:00-26:00", ["Friday, 8pm to 2am the next day"]),
        ("24/7", ["Always open"]),
        ("off", ["Closed"]),
        ("", []),
        ("Su[1] 14:00-16:00", ["The first Sunday of the month, 2pm to 4pm"]),
        (
            "Mo[2,4] 10:00-12:00",
            ["The second and fourth Monday of the month, 10am to noon"],
        ),
        ("Fr[-1] 10:00-12:00", ["The last Friday of the month, 10am to noon"]),
        ("Sa[1-3] 10:00+", ["The first, second and third Saturday of the month, from 10am"]),
        ("Mo 10:00-16:00+", ["Monday, 10am to 4pm or later"]),
        (
            "Apr-Sep Mo-Fr 09:00-17:00; Oct-Mar off",
            ["April to September: Monday to Friday, 9am to 5pm", "October to March: closed"],
        ),
        ("Apr-Sep: Mo 09:00-17:00", ["April to September: Monday, 9am to 5pm"]),
        ("Apr-Sep", ["April to September: open"]),
        ("Dec 24-Jan 3 off", ["24 December to 3 January: closed"]),
        ("Dec 24-26 off", ["24 to 26 December: closed"]),
        ("2026 Dec 24 off", ["24 December 2026: closed"]),
        ("sunrise-sunset", ["Every day, sunrise to sunset"]),
        ("SH Mo 10:00-12:00", ["SH Mo 10:00-12:00"]),
        (
            "Mo-Fr 10:00-16:00, We 18:00-20:00",
            ["Monday to Friday, 10am to 4pm", "Wednesday, 6pm to 8pm"],
        ),
        ('Mo 09:00-17:00 "ring first; twice"', ["Monday, 9am to 5pm (ring first; twice)"]),
        ('"by appointment"', ["By appointment"]),
        ("Mo 09:00-17:00 unknown", ["Monday, 9am to 5pm: ask first"]),
        ('Mo 10:00-12:00 || "call"', ["Monday, 10am to noon", "Otherwise: call"]),
    ],
)
def test_hours_are_said_as_people_say_them(text, words):
    assert hours_in_words(text) == words


@pytest.mark.parametrize(
    "text", ["by appointment", "week 1-53/2 Mo 10:00-12:00", "(sunrise+01:00)-sunset"]
)
def test_what_is_not_understood_stays_as_it_was_written(text):
    assert hours_in_words(text) == [text]


@pytest.mark.parametrize(
    ("at", "words"),
    [((0, 0), "midnight"), ((0, 5), "12.05am"), ((12, 0), "noon"), ((24, 0), "midnight")],
)
def test_noon_and_midnight_have_names(at, words):
    assert clock(*at) == words


@given(st.text(alphabet='MoTuPHJan-,;[]:0123456789 +"|of/', max_size=60))
def test_any_text_is_said_somehow(text):
    phrases = hours_in_words(text)

    assert all(phrase.strip() for phrase in phrases)
    assert bool(phrases) == bool(text.replace(";", "").replace("||", "").strip())
