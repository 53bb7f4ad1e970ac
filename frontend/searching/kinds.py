"""Which kinds of place words speak of: "singing" finds arts and culture."""

import json
from functools import cache
from typing import Final

from assets import categories, mapping_files
from assets.search import Wanted, plain, wanted, words_of

MOST: Final = 3
_SHORTEST: Final = 3


def kinds_called(text: str) -> list[categories.Category]:
    """Return the kinds in whose label, examples or other names every word begins one."""
    asked = wanted(text)
    if not asked or max(len(word) for word in words_of(text)) < _SHORTEST:
        return []
    ranked = [
        (place, kind)
        for kind in categories.CATEGORIES
        if (place := _place(asked, _names()[kind.slug])) is not None
    ]
    ranked.sort(key=lambda each: each[0])  # stable: else in the list's own order
    return [kind for _, kind in ranked[:MOST]]


def words_of_kinds() -> set[str]:
    """Return every word that names a kind."""
    return {word for names in _names().values() for words in names for word in words}


def _place(asked: list[Wanted], names: list[list[str]]) -> int | None:
    """Return 0 where the label is meant, 1 for an example, 2 for both mixed; None if not."""
    for place, words in enumerate((names[0], names[1], names[0] + names[1])):
        if all(any(_is(each, word) for word in words) for each in asked):
            return place
    return None


def _is(asked: Wanted, word: str) -> bool:
    return word.startswith(asked.begins) or word in asked.whole


@cache
def _names() -> dict[str, list[list[str]]]:
    """Return for each kind the words of its label, and those of all else it is called."""
    path = mapping_files.FOLDER / "oruk.json"
    terms = json.loads(path.read_text(encoding="utf-8"))["categories"]
    return {
        kind.slug: [
            _all(kind.label),
            _all(" ".join([kind.examples, *terms.get(kind.slug, ())])),
        ]
        for kind in categories.CATEGORIES
    }


def _all(text: str) -> list[str]:
    return plain(text).split()
