"""Which words say what is looked for, and which say where: "singing near M33". Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

_JOINING: Final = (
    ("near", "to"),
    ("close", "to"),
    ("next", "to"),
    ("near",),
    ("nearby",),
    ("around",),
    ("round",),
    ("beside",),
    ("by",),
    ("at",),
    ("in",),
)
_ME: Final = frozenset({"me", "here", "us"})
MOST_READINGS: Final = 4
"""Each is looked up; a hundred letters hold thirty times "in", and nobody means that."""


@dataclass(frozen=True)
class Parts:
    """What is looked for ("" for anything), and near what, as somebody wrote them."""

    what: str
    where: str

    @property
    def is_near_me(self) -> bool:
        """Whether it says "near me", which only the asker's own device knows."""
        return self.where.lower() in _ME


def parts_of(text: str) -> Iterator[Parts]:
    """Yield the ways to read a text as "something near somewhere", the likeliest first.

    "Church in the Wood near Sale" is first about Sale, then about a wood. None where the
    text has no such word, or nothing after it; at most ``MOST_READINGS``.
    """
    return islice(_readings(text.split()), MOST_READINGS)


def _readings(words: list[str]) -> Iterator[Parts]:
    for start in range(len(words) - 2, -1, -1):
        joining = next((each for each in _JOINING if _stands(each, words, start)), None)
        after = start + len(joining) if joining else len(words)
        # Part of "close to": read from its first word on.
        if joining and after < len(words):
            what, where = words[:start], words[after:]
            if what or joining[0] in ("near", "around", "close"):
                yield Parts(" ".join(what), " ".join(where))


def _stands(joining: tuple[str, ...], words: list[str], start: int) -> bool:
    here = tuple(word.lower() for word in words[start : start + len(joining)])
    return here == joining
