"""The words around the questions say the same in every language."""

import copy
import json

import pytest

from fans.openness.errors import RefusedError
from fans.openness.instruments.screens import FILE, parse_screens, screen_words
from fans.openness.instruments.texts import LANGUAGES
from fans.openness.strict_json import Node

WORDS = json.loads(FILE.read_bytes())


def test_every_language_has_every_word():
    assert {len(screen_words(language)) for language in LANGUAGES} == {len(WORDS["en"])}
    assert set(WORDS) == set(LANGUAGES)


def test_the_places_are_filled():
    words = screen_words("cy")["question_of"].format(number=2, count=8)

    assert words == "Cwestiwn 2 o 8"


def broken(change):
    words = copy.deepcopy(WORDS)
    change(words)
    return words


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (broken(lambda w: w["cy"].pop("next")), "cy: lacks next"),
        (broken(lambda w: w["easy"].update(more="More")), "easy.more: "),
        (
            broken(lambda w: w["easy"].update(over="It is over.")),
            "easy.over: must fill the same",
        ),
        (broken(lambda w: w["cy"].update(next="")), "cy.next: must be a text"),
        (broken(lambda w: w.pop("en")), "lacks en"),
    ],
)
def test_refuses_words_that_say_something_else_and_says_where(words, message):
    with pytest.raises(RefusedError) as refused:
        parse_screens(Node(words))

    assert str(refused.value).startswith(message)
