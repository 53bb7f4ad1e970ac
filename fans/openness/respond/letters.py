"""Codes that people type: few letters, none of which is taken for another. Pure."""

import re
from typing import Final

ALPHABET: Final = "2346789CDFGHJKMNPRTVWXY"
"""No vowels, so that no code is a word; no 0 O Q, 1 I L, 5 S, 8 B, U V, Z 2 side by side."""

_BASE: Final = len(ALPHABET)  # prime: one wrong letter, or two changed over, never go unseen
_TAKEN_FOR: Final = str.maketrans({"B": "8", "Z": "2", "U": "V", "A": "4", "E": "3"})
_GAPS: Final = re.compile(r"[\s\-–—.]+")


def letters_from(digest: str, length: int) -> str:
    """Return ``length`` letters drawn from a hex digest, and one more that checks them."""
    number, drawn = int(digest, 16), []
    for _ in range(length):
        number, rest = divmod(number, _BASE)
        drawn.append(ALPHABET[rest])
    return "".join(drawn) + _check_letter(drawn)


def tidied(typed: str) -> str:
    """Return a code as we write it, from how somebody typed it."""
    return _GAPS.sub("", typed).upper().translate(_TAKEN_FOR)


def is_code(letters: str, length: int) -> bool:
    """Say whether these can be a code of ``length`` letters and its check letter."""
    if len(letters) != length + 1 or set(letters) - set(ALPHABET):
        return False
    return letters[-1] == _check_letter(list(letters[:-1]))


def spaced(letters: str) -> str:
    """Return a code in groups of three, as it is printed."""
    return "-".join(letters[at : at + 3] for at in range(0, len(letters), 3))


def _check_letter(letters: list[str]) -> str:
    total = sum((at + 1) * ALPHABET.index(letter) for at, letter in enumerate(letters))
    return ALPHABET[total % _BASE]
