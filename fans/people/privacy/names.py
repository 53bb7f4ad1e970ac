"""Finds a person's name, addresses and numbers in text, and takes them out. Pure.

The same marks are looked for in three ways: in the values of a table (``Finder.clean``),
roughly by the database before that (``Finder.rough``, which finds too much rather than
too little), and in the bytes of files (``Finder.mask``).
"""

import contextlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

REMOVED: Final = "[removed]"
"""What stands where a name stood."""

# Without U+1680, which is a space.
_WORD: Final = "0-9A-Za-zÀ-\u167f\u1681-\u1fff\u2e80-\ud7ff"
_WORDS: Final = re.compile(f"['’]*[{_WORD}][{_WORD}'’]*")
_APOSTROPHES: Final = re.compile("['’]+")
# What matched is not tried in another way ("(?>"): a name is whatever somebody says theirs
# is, and must not keep a worker busy for hours. PostgreSQL never tries in other ways.
_ONCE: Final = "(?>"
_BETWEEN: Final = rf"{_ONCE}\s{{1,4}}|[_.\-]|%20|\+|\\n|\\r\\n|&nbsp;|,\s{{0,2}})"
_APOSTROPHE: Final = rf"{_ONCE}(?:'|’|‘|&#x27;|&#39;|%27|\\u2019){{0,4}})"
_ESCAPES: Final = r"(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f][0-9A-Fa-f])"
# Before and after a name no other letter; "Ann Lee" is not in "Ann Lee-Jones".
_NAME_STARTS: Final = rf"(?:(?<![{_WORD}])(?<![{_WORD}]-)|{_ESCAPES})"
_NAME_ENDS: Final = rf"(?![{_WORD}]|-[{_WORD}])"
# "ann@example.org" is neither in "mary-ann@example.org" nor in "ann@example.org.uk".
_EMAIL_STARTS: Final = rf"(?:(?<![0-9A-Za-z._+\-])|{_ESCAPES})"
_EMAIL_ENDS: Final = r"(?![0-9A-Za-z]|[.\-][0-9A-Za-z])"
_PHONE_GAP: Final = r"[\s().\-]{0,3}"
_PHONE_DIGITS: Final = 9
"""Fewer, without the leading zero, are a short code rather than somebody's number."""


@dataclass(frozen=True)
class Marks:
    """What somebody is known by, as it was written down."""

    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    """Said by an administrator to be theirs: a single name, a nickname, an earlier name."""

    def searchable_names(self) -> list[str]:
        """Return the names that are looked for: a single common word is not."""
        return sorted(name for name in self.names if is_searchable(name))


def is_searchable(name: str) -> bool:
    """Say whether a name is more than one word, or no ordinary word (it has a digit).

    "Rose" or "Sale" would be taken out of everybody's notes.
    """
    words = words_of(name)
    return len(words) > 1 or any(any(c.isdigit() for c in word) for word in words)


def words_of(name: str) -> list[str]:
    """Return the words of a name; hyphens part words, apostrophes do not, nor are they one."""
    return _WORDS.findall(unicodedata.normalize("NFC", name))


class Finder:
    """Looks for marks, whatever their case, spacing or encoding."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        names = [_name(words_of(name)) for name in _names(marks)]
        self._loose = [
            *names,
            *(_email(email) for email in sorted(marks.emails)),
            *filter(None, (_phone(phone) for phone in sorted(marks.phones))),
        ]
        # Addresses first: a name within one would leave the rest of it standing.
        self._bounded = [
            *(f"{_EMAIL_STARTS}{_email(e)}{_EMAIL_ENDS}" for e in sorted(marks.emails)),
            *(f"{_NAME_STARTS}(?:{name}){_NAME_ENDS}" for name in names),
            *filter(None, (_phone(p, bounded=True) for p in sorted(marks.phones))),
        ]

    def __bool__(self) -> bool:
        return bool(self._loose)

    @cached_property
    def rough(self) -> str:
        """A pattern for PostgreSQL's ``~*`` that every value with a mark fits."""
        return "|".join(self._loose).replace(_ONCE, "(?:")

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        return re.compile("|".join(self._bounded), re.IGNORECASE)

    @cached_property
    def _in_bytes(self) -> re.Pattern[bytes]:
        # One byte of UTF-8 beyond ASCII is taken for a letter, so that words end alike.
        pattern = "|".join(self._bounded).replace(_WORD, r"0-9A-Za-z\x80-\xff")
        return re.compile(_encoded(pattern), re.IGNORECASE)

    @property
    def shortest(self) -> int:
        """The length of the shortest mark, in characters: no narrower column can hold one."""
        texts = [*_names(self.marks), *self.marks.emails]
        digits = [re.sub(r"\D", "", phone) for phone in self.marks.phones]
        return min((len(text) for text in [*texts, *digits]), default=0)

    def is_in(self, text: str) -> bool:
        """Say whether a mark stands in ``text``."""
        return bool(self and self._exact.search(text))

    def is_all(self, text: str) -> bool:
        """Say whether ``text`` is nothing but one mark."""
        return bool(self and self._exact.fullmatch(text.strip()))

    def clean(self, value: Any) -> Any:
        """Return a value without the marks: a text, or lists and dicts that hold texts."""
        if not self:
            return value
        if isinstance(value, str):
            return self._exact.sub(REMOVED, value)
        if isinstance(value, list | tuple):
            return [self.clean(each) for each in value]
        if isinstance(value, dict):
            return {self.clean(key): self.clean(each) for key, each in value.items()}
        return value

    def places(self, data: Any) -> list[tuple[int, int]]:
        """Return where marks stand in bytes (also a mapped file): start and end of each."""
        if not self:
            return []
        return [found.span() for found in self._in_bytes.finditer(data)]


def masked(length: int) -> bytes:
    """Return what is written over ``length`` bytes: as long, so that nothing moves."""
    return REMOVED.encode()[:length].ljust(length)


def _names(marks: Marks) -> list[str]:
    """Return what is looked for, the longest first: a part would leave the rest standing."""
    names = {*marks.searchable_names(), *(word for word in marks.words if words_of(word))}
    return sorted(names, key=lambda name: (-len(words_of(name)), -len(name), name))


def _name(words: Iterable[str]) -> str:
    said = [_word(word) for word in words]
    forward = _BETWEEN.join(said)
    if len(said) < 2:
        return forward
    # "Smith, Jane" and "Smith Jane", as lists have it.
    return f"(?:{forward}|{_BETWEEN.join([said[-1], *said[:-1]])})"


def _word(word: str) -> str:
    plain = _APOSTROPHES.sub("'", word)
    return "".join(_APOSTROPHE if char == "'" else _letter(char) for char in plain)


def _letter(char: str) -> str:
    if char.isascii():
        return char
    ways = []
    for one in dict.fromkeys([char, char.lower(), char.upper()]):
        if len(one) == 1:
            ways += [one, unicodedata.normalize("NFD", one), f"\\\\u{ord(one):04x}"]
            ways.append("".join(f"%{byte:02X}" for byte in one.encode()))
    return f"{_ONCE}{'|'.join(dict.fromkeys(ways))})"


def _email(email: str) -> str:
    ways = {"@": r"(?:@|%40|&#64;|\\u0040)", "+": r"(?:\+|%2B)", "'": _APOSTROPHE}
    plain = _APOSTROPHES.sub("'", email)
    return "".join(ways.get(char) or re.escape(char) for char in plain)


def _phone(phone: str, *, bounded: bool = False) -> str:
    digits = re.sub(r"\D", "", phone)
    for lead in ("0044", "44", "0"):
        if digits.startswith(lead):
            digits = digits.removeprefix(lead).removeprefix("0")
            break
    if len(digits) < _PHONE_DIGITS:
        return ""
    lead = rf"(?:(?:\+|00)44{_PHONE_GAP}|44{_PHONE_GAP})?\(?0?\)?{_PHONE_GAP}"
    pattern = lead + _PHONE_GAP.join(digits)
    return rf"(?<![0-9+]){pattern}(?![0-9])" if bounded else _PHONE_GAP.join(digits)


def _encoded(pattern: str) -> bytes:
    """Encode a pattern for bytes: letters beyond ASCII as UTF-8 or as in Windows-1252."""
    pieces = []
    for char in pattern:
        if char.isascii():
            pieces.append(char.encode())
            continue
        ways = [char.encode()]
        with contextlib.suppress(UnicodeEncodeError):
            ways.append(char.encode("cp1252"))
        pieces.append(b"(?:" + b"|".join(re.escape(way) for way in ways) + b")")
    return b"".join(pieces)
