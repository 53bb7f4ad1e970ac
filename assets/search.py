"""What a search looks through: the words of an asset's texts, and what somebody types.

Every word typed must begin a word of the name, the description, the address or the
postcode. Case, accents, apostrophes and punctuation make no difference.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, Expression, F, Func, TextField, Value
from django.db.models.functions import Replace

_LETTERS: Final = "àáâäãåçèéêëìíîïñòóôöõøùúûüýÿŵŷ"
_PLAIN_LETTERS: Final = "aaaaaaceeeeiiiinoooooouuuuyywy"
_DROPPED: Final = "'’‘`´"
_TO_PLAIN: Final = str.maketrans(_LETTERS, _PLAIN_LETTERS, _DROPPED)
_NO_WORD: Final = re.compile(r"[\W_]+")

MOST_WORDS: Final = 6

_FIELDS: Final = ("name", "description", "address", "postcode")

# Both are functions in the database, made by a migration: an index over an expression is
# used only where a query spells the very same one, and a call cannot be misspelt.
SEARCH_TEXT: Final = Func(
    *map(F, _FIELDS), function="assets_search_text", output_field=TextField()
)
WORDS: Final = Func(*map(F, _FIELDS), function="assets_words", output_field=SearchVectorField())

# What the words are in, as it is written. The database takes twenty times as long to make it
# plain, which is for those alone that have the letters: see ``Wanted.letters``.
WRITTEN: Final = Func(
    Value(" "),
    *map(F, _FIELDS),
    Replace(F("postcode"), Value(" "), Value("")),
    function="concat_ws",
    output_field=TextField(),
)

_NOISE: Final = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the"})
_SAME: Final = (
    ("saint", "st"),
    ("street", "st"),
    ("road", "rd"),
    ("mount", "mt"),
    ("centre", "center"),
    ("theatre", "theater"),
)


@dataclass(frozen=True)
class Wanted:
    """One word that somebody typed: what a word of a text may begin with, or be."""

    begins: tuple[str, ...]
    whole: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """Return it as a part of PostgreSQL's tsquery."""
        ways = [f"'{each}':*" for each in self.begins] + [f"'{each}'" for each in self.whole]
        return f"({' | '.join(ways)})"

    @property
    def pattern(self) -> str:
        """Return it as a regular expression over ``SEARCH_TEXT``; means the same."""
        ways = [*self.begins, *(rf"{each}\M" for each in self.whole)]
        return rf"\m({'|'.join(ways)})"

    @property
    def letters(self) -> str:
        """Return what any text has, in small letters, that ``pattern`` fits when plain."""
        return "|".join(map(_loosely, (*self.begins, *self.whole)))


def plain(text: str) -> str:
    """Return a text's words, small, without accents, parted by single spaces."""
    return _NO_WORD.sub(" ", text.lower().translate(_TO_PLAIN)).strip()


def words_of(text: str) -> list[str]:
    """Return what somebody typed word by word; little words go, unless all are little."""
    words = list(dict.fromkeys(plain(text).split()))
    telling = [word for word in words if word not in _NOISE]
    return (telling or words)[:MOST_WORDS]


def wanted(text: str) -> list[Wanted]:
    """Return what is to be found for a text: all of it, each somewhere in an asset's."""
    words = words_of(text)
    longest = max(map(len, words), default=0)
    return [_ways(word, is_letter=longest == 1) for word in words]


def matches(text: str) -> Expression | None:
    """Return the condition that an asset holds every word; None where there is no word."""
    query = " & ".join(word.query for word in wanted(text))
    if not query:
        return None
    asked = Func(Value(query), template="%(expressions)s::tsquery", output_field=TextField())
    # A plain operator: the lookup of SearchVectorField would read the words once more.
    return Func(
        WORDS,
        asked,
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )


def _ways(word: str, *, is_letter: bool) -> Wanted:
    if is_letter:  # begins a third of all there is: as a word it is one
        return Wanted((), (word,))
    same = [other for pair in _SAME if word in pair for other in pair if other != word]
    return Wanted((word, *same), _other_number(word))


def _loosely(word: str) -> str:
    """Return a regular expression of a word, with any accents and with apostrophes in it."""
    return f"[{_DROPPED}]*".join(map(_with_accents, word))


@cache
def _with_accents(letter: str) -> str:
    pairs = zip(_LETTERS + _LETTERS.upper(), _PLAIN_LETTERS * 2, strict=True)
    accented = "".join(written for written, told in pairs if told == letter)
    return f"[{letter}{accented}]" if accented else letter


def _other_number(word: str) -> tuple[str, ...]:
    """Return "choir" for "choirs", and so on; a plural mostly begins with its singular."""
    if len(word) < 4 or not word.isalpha():
        return ()
    if word.endswith("y"):
        return (word[:-1] + "ies",)
    if word.endswith("ies"):
        return (word[:-3] + "y",)
    if word.endswith(("ches", "shes", "xes", "sses")):
        return (word[:-2],)
    return (word[:-1],) if word.endswith("s") and not word.endswith("ss") else ()
