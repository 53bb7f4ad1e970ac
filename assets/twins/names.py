"""Names of places as they are compared. Pure."""

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz.fuzz import ratio

from assets.twins.words import (
    ABBREVIATED,
    COMMON,
    FAITHS,
    KINDS,
    PARTS,
    SIDES,
    STAGES,
    STOP,
    SUPPORTERS,
    WIDE_KINDS,
)

COMMON_WEIGHT: Final = 0.25
"""What a common word counts beside one that hardly any other place has."""

TOWN_WEIGHT: Final = 0.4
"""What the town's own name counts: in Sale, most clubs are called after it."""

SLIP: Final = 82
"""Two words this alike (percent) are one with a slip of the pen."""

_APOSTROPHES = re.compile("['’‘`´]")
_BRACKETED = re.compile(r"\(([^)]*)\)?")
_WORD = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_IN_ONE = (
    # A word that must stand there, which is looked for first; what is written; the one word.
    ("c", re.compile(r"\bc\s*(?:of|/)\s*e\b"), "cofe"),
    ("united", re.compile(r"\bunited\s+reform(?:ed)?\b"), "unitedreformed"),
    ("ground", re.compile(r"\bplay\s+ground\b"), "playground"),
    ("tea", re.compile(r"\btea\s+rooms?\b"), "tearoom"),
    ("car", re.compile(r"\bcar\s+park\b"), "carpark"),
)
"""Two words that are one."""


@dataclass(frozen=True)
class Name:
    """A name taken apart. ``aside``: the words in brackets, which mostly tell a branch.

    ``others``: the names that it is made of, where it gives several ("Hope Church/The Ark").
    """

    words: tuple[str, ...]
    aside: frozenset[str] = frozenset()
    others: tuple["Name", ...] = ()

    @cached_property
    def weights(self) -> dict[str, float]:
        """Return each word with what it counts."""
        return {
            word: COMMON_WEIGHT if word in COMMON or len(word) == 1 else 1.0
            for word in self.words
        }

    def weights_in(self, town: Set[str]) -> dict[str, float]:
        """Return each word with what it counts where some are the town's."""
        if town.isdisjoint(self.words):
            return self.weights
        return {
            word: min(weight, TOWN_WEIGHT) if word in town else weight
            for word, weight in self.weights.items()
        }

    @cached_property
    def squeezed(self) -> str:
        """Return it without spaces."""
        return "".join(self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Return the numbers in it."""
        return frozenset(word for word in self.words if word.isdigit())

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Return what it says the place is."""
        return frozenset(KINDS[word] for word in self.words if word in KINDS)

    @cached_property
    def wide_kinds(self) -> frozenset[str]:
        """Return what it says the place is, less sure words too."""
        found = (WIDE_KINDS[word] for word in self.words if word in WIDE_KINDS)
        return self.kinds.union(found)

    @cached_property
    def faiths(self) -> frozenset[str]:
        """Return the denominations in it."""
        return frozenset(FAITHS[word] for word in self.words if word in FAITHS)

    @cached_property
    def stages(self) -> frozenset[str]:
        """Return for whom it is, also where it stands in brackets."""
        words = {*self.words, *self.aside}
        return frozenset(STAGES[word] for word in words if word in STAGES)

    @cached_property
    def parts(self) -> frozenset[str]:
        """Return the words in it that name a part of a place."""
        return PARTS.intersection(self.words)

    @cached_property
    def sides(self) -> frozenset[str]:
        """Return the words in it that tell one side of a town from another."""
        return SIDES.intersection(self.words)

    @cached_property
    def is_of_supporters(self) -> bool:
        """Say whether it is of those who raise money for a place."""
        return not SUPPORTERS.isdisjoint(self.words)


@lru_cache(maxsize=4_096)
def name_of(text: str, implied: str = "") -> Name:
    """Return a name taken apart.

    ``implied``: a word that it leaves out, and that is put in if it names no kind itself.
    """
    plain = _plain(text)
    aside = " ".join(_BRACKETED.findall(plain))
    bare = _BRACKETED.sub(" ", plain)
    words = _words(bare) or _words(plain)
    if implied and not any(word in KINDS for word in words):
        words.append(implied)
    parts = [_words(part) for part in bare.split("/")] if "/" in bare else []
    others = tuple(Name(tuple(dict.fromkeys(part))) for part in parts if len(part) > 1)
    return Name(tuple(dict.fromkeys(words)), frozenset(_words(aside)), others)


def _plain(text: str) -> str:
    lower = text.casefold()
    if not lower.isascii():
        lower = _APOSTROPHES.sub("", lower)
        parted = unicodedata.normalize("NFKD", lower)
        lower = "".join(c for c in parted if not unicodedata.combining(c))
    lower = _APOSTROPHES.sub("", lower).replace("&", " and ")
    for needed, pattern, word in _IN_ONE:
        if needed in lower:
            lower = pattern.sub(word, lower)
    return lower


def _words(text: str) -> list[str]:
    found: list[str] = []
    for written in _WORD.findall(text):
        word = _ORDINAL.sub(r"\1", written)
        parts = ABBREVIATED.get(word, word).split()
        found.extend(part for part in parts if part not in STOP)
    return found


def likeness(a: Name, b: Name, town: Set[str] = frozenset()) -> float:
    """Return how alike two names are, from 0 to 1; the same either way about.

    ``town``: words of both addresses; what lies in a town is called after it.
    """
    if a.words == b.words:
        return 1.0
    alike = _likeness(a, b, town)
    if alike < 1 and (a.others or b.others):
        pairs = ((one, two) for one in (a, *a.others) for two in (b, *b.others))
        return max(_likeness(one, two, town) for one, two in pairs)
    return alike


def _likeness(a: Name, b: Name, town: Set[str]) -> float:
    if not a.words or not b.words:
        return 0.0
    one, two = a.weights_in(town), b.weights_in(town)
    covered = _covered(one, two) + _covered(two, one)
    by_words = covered / (sum(one.values()) + sum(two.values()))
    # "Four Square" and "Foursquare": few words meet, all letters do.
    by_letters = ratio(a.squeezed, b.squeezed) / 100
    return max(by_words, by_letters if by_letters >= 0.93 else 0.0)


def _covered(a: dict[str, float], b: dict[str, float]) -> float:
    """Return how much of ``a`` is found in ``b``."""
    found = 0.0
    for word, weight in a.items():
        if word in b:
            found += weight
        elif len(word) > 3 and not word.isdigit():
            nearest = max(ratio(word, other) for other in b)
            if nearest >= SLIP:
                found += weight * nearest / 100
    return found
