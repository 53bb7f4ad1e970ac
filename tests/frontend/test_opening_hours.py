import pytest

from frontend.opening_hours import hours_in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tu,Sa 10:00-13:00", ["Tuesday and Saturday, 10 to 13"]),
        (
            "Mo-Fr 09:30-17:00; Sa 10:00-12:00",
            ["Monday to Friday, 9.30 to 17", "Saturday, 10 to 12"],
        ),
        (
            "Mo-We,Fr 09:00-12:00,13:00-17:00",
            ["Monday to Wednesday and Friday, 9 to 12 and 13 to 17"],
        ),
        ("PH off", ["Bank holidays: closed"]),
        ("08:00-20:00", ["Every day, 8 to 20"]),
        ("24/7", ["Always open"]),
        ("", []),
    ],
)
def test_says_simple_hours_in_words(text, words):
    assert hours_in_words(text) == words


@pytest.mark.parametrize("text", ["by appointment", "Su[1] 14:00-16:00", "sunrise-sunset"])
def test_leaves_what_is_not_simple_as_it_was_written(text):
    assert hours_in_words(text) == [text]
