"""The words around the questions: buttons, thanks and what went wrong, in each language."""

import string
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from fans.openness.instrument_file import PUBLISHED
from fans.openness.strict_json import Node, read

FILE = PUBLISHED / "texts" / "screens.json"


def screen_words(language: str) -> Mapping[str, str]:
    """Return the words of the respondent's screens by name; some hold ``{places}`` to fill."""
    return _every_screen()[language]


@cache
def _every_screen() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType(parse_screens(read(FILE.read_bytes())))


def parse_screens(node: Node) -> dict[str, Mapping[str, str]]:
    """Read the words in every language: each says what the English says.

    Raises:
        RefusedError: a language lacks a text or has one too many, or fills other places.
    """
    found = node.members()
    if "en" not in found:
        node.refuse("lacks en.")
    english = {name: n.text() for name, n in found["en"].members().items()}
    return {
        language: MappingProxyType(_like(english, words)) for language, words in found.items()
    }


def _like(english: Mapping[str, str], node: Node) -> dict[str, str]:
    given = node.members(tuple(english))
    for name, words in english.items():
        if name not in given:
            node.refuse(f"lacks {name}.")
        if _places(given[name].text()) != _places(words):
            given[name].refuse(f"must fill the same places as the English: {words}")
    return {name: n.text() for name, n in given.items()}


def _places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}
