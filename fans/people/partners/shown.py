"""What the map says of a place, fact by fact, as a mail or a page shows it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assets.facts import FIELDS, Field, Kind
from assets.hours.words import hours_in_words
from assets.models import Asset, Fact


@dataclass(frozen=True)
class Line:
    """One thing that is said."""

    label: str
    words: str


@dataclass(frozen=True)
class Shown:
    """One fact: all that is said of it, and a digest by which a change is seen."""

    fact: Fact
    label: str
    lines: list[Line]
    digest: str


def facts_shown(asset: Asset) -> list[Shown]:
    """Return the facts of which anything is said, in the order of reading."""
    found = []
    for fact in Fact:
        fields = [field for field in FIELDS.values() if field.public and field.fact == fact]
        if lines := list(_lines(asset, fields)):
            found.append(Shown(fact, str(fact.label), lines, _digest(asset, fields)))
    return found


def digests(shown: Iterable[Shown]) -> dict[str, str]:
    """Return what is kept of a mail, to see later what has changed since."""
    return {one.fact.value: one.digest for one in shown}


def unchanged(asset: Asset, kept: dict[str, str]) -> tuple[list[Fact], list[Fact]]:
    """Return which facts of a mail still stand as it showed them, and which do not."""
    now = digests(facts_shown(asset))
    same = [fact for fact in Fact if fact in kept and kept[fact] == now.get(fact)]
    return same, [fact for fact in Fact if fact in kept and fact not in same]


def _lines(asset: Asset, fields: Iterable[Field]) -> Iterable[Line]:
    for field in fields:
        value = field.value_of(asset)
        # Nobody can tell from a pair of degrees whether it is right; the page has a map.
        if field.kind is Kind.POINT or not field.is_said(value):
            continue
        if field.kind is Kind.HOURS:
            yield Line(field.label, "; ".join(hours_in_words(value)))
        else:
            yield Line(field.label, field.in_words(value))


def _digest(asset: Asset, fields: Iterable[Field]) -> str:
    said = [[field.column, _plain(field.value_of(asset))] for field in fields]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _plain(value: Any) -> str:
    if hasattr(value, "x"):
        return f"{value.x:.7f} {value.y:.7f}"
    return "" if value is None else str(value)
