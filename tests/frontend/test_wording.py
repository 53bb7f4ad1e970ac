import datetime as dt

import pytest

from frontend.wording import distance_words, since_words, span_words

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "10 m"),
        (347, "350 m"),
        (994, "990 m"),
        (995, "1.0 km"),
        (1240, "1.2 km"),
        (12_400, "12.4 km"),
    ],
)
def test_says_a_distance_in_metres_then_kilometres(metres, words):
    assert distance_words(metres) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "today"),
        (0, "today"),
        (1, "yesterday"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (62, "8 weeks ago"),
        (63, "in September"),
        (334, "in December"),
        (335, "in December 2025"),
        (800, "2 years ago"),
    ],
)
def test_says_how_long_ago_in_the_words_people_use(days, words):
    assert since_words(TODAY - dt.timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (61, "2 months"),
        (730, "23 months"),
        (731, "2 years"),
    ],
)
def test_says_how_long_it_has_been(days, words):
    assert span_words(TODAY - dt.timedelta(days=days), TODAY) == words
