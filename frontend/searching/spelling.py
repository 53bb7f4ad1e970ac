"""Which known word somebody meant who mistyped one. Pure."""

from collections.abc import Collection, Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST: Final = 4
"""Shorter words are one slip away from too many others."""
_LONG: Final = 7


def nearest_word(typed: str, known: Collection[str]) -> str | None:
    """Return the known word fewest slips away: one, or two in a long word; else None.

    A slip is a letter too many, too few, another, or two the wrong way round. While
    somebody types, a known word's beginning is compared as well.
    """
    if len(typed) < SHORTEST or typed.isdigit():
        return None
    slips = 2 if len(typed) >= _LONG else 1
    words = sorted(word for word in known if len(word) >= SHORTEST)
    found = _best(typed, words, words, slips)
    if found is None:
        beginnings = [word[: len(typed) + 1] for word in words]
        found = _best(typed, words, beginnings, 1)
    return found


def nearest_text(typed: str, known: Mapping[str, str]) -> str | None:
    """Return what is known by a writing one slip away from ``typed``; else None.

    ``known``: what each writing stands for; of several that are as near, the first.
    """
    if len(typed) <= SHORTEST:
        return None
    written = list(known)
    found = process.extractOne(typed, written, scorer=OSA.distance, score_cutoff=1)
    return known[found[0]] if found else None


def _best(typed: str, words: list[str], written: list[str], slips: int) -> str | None:
    """Return the word whose writing is nearest; of several, one with the same first letter."""
    matches = process.extract(typed, written, scorer=OSA.distance, score_cutoff=slips, limit=20)
    ranked = sorted((away, words[at][0] != typed[0], words[at]) for _, away, at in matches)
    return ranked[0][2] if ranked else None
