"""A mark of what a fact says, so that a check counts only for the values it was of.

The mark is eight letters of a digest, made by PostgreSQL alone: too short to tell an
address or a name from it, long enough that two values hardly ever share one.
"""

from typing import Final

from assets.choices import Fact
from assets.facts import columns_of

# Where the point is, to about ten metres; what has none is where its address says.
_WHERE: Final = (
    "coalesce(round(ST_X({row}.location::geometry)::numeric, 4) || ' ' || "
    "round(ST_Y({row}.location::geometry)::numeric, 4), "
    "lower({row}.address || ' ' || {row}.postcode))"
)
_DIGITS: Final = "regexp_replace({row}.phone, '[^0-9]', '', 'g')"
_TEXT: Final = "lower({row}.{column}::text)"

_OTHERWISE: Final[dict[Fact, tuple[str, ...]]] = {
    # A pin put right by a few metres, or a postcode found out, moves no place.
    Fact.PLACE: ("lower({row}.name)", _WHERE),
    Fact.PHONE: (_DIGITS,),
}


def _parts(fact: Fact) -> tuple[str, ...]:
    return _OTHERWISE.get(fact) or tuple(
        _TEXT.replace("{column}", column) for column in columns_of(fact)
    )


def _mark(fact: Fact) -> str:
    parts = " || chr(31) || ".join(f"coalesce({part}, '')" for part in _parts(fact))
    return f"left(md5({parts}), 8)"


_MARKS: Final = " ".join(f"WHEN '{fact.value}' THEN {_mark(fact)}" for fact in Fact)


def mark_of(fact: str, *, row: str) -> str:
    """Return SQL for the mark of a fact.

    ``fact``: SQL that names it; ``row``: an alias of a table with an asset's columns, be
    it the register or its history.
    """
    return f"CASE {fact} {_MARKS} END".replace("{row}", row)
