"""Facts as a proposal keeps them, and the three ways they stand: before, proposed, now."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from django.contrib.gis.geos import Point

from assets.facts import FIELDS, Field, Kind
from assets.hours.words import hours_in_words
from assets.models import Asset
from assets.proposals.models import Proposal
from geo.srid import WGS84

LOCATION: Final = "location"
SAME_POINT_DEGREES: Final = 2e-6
"""Closer than this nobody has moved a pin: some 20 cm."""


class Turn(Enum):
    """How a fact as it is now stands to what is proposed."""

    OPEN = "open"  # as it stood when the writer saw it
    CHANGED = "changed"  # somebody has changed it since
    ALREADY = "already"  # it is as proposed, without us


@dataclass(frozen=True)
class Row:
    """One fact as it stood, as proposed and as it is now, in words."""

    column: str
    label: str
    stood: str
    proposed: str
    now: str
    turn: Turn

    @property
    def changed(self) -> bool:
        """Whether somebody has changed it since."""
        return self.turn is Turn.CHANGED

    @property
    def already(self) -> bool:
        """Whether it is as proposed already."""
        return self.turn is Turn.ALREADY


def as_json(value: Any) -> Any:
    """Return a column's value as JSON can hold it; a point as longitude and latitude."""
    if isinstance(value, Point):
        return [round(value.x, 7), round(value.y, 7)]
    return value.isoformat() if isinstance(value, dt.date) else value


def from_json(column: str, value: Any) -> Any:
    """Return what ``as_json`` was given."""
    if value is None:
        return None
    kind = FIELDS[column].kind if column in FIELDS else None
    if kind is Kind.POINT:
        return Point(value[0], value[1], srid=WGS84)
    return dt.date.fromisoformat(value) if kind is Kind.DAY else value


def read(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that JSON holds, as columns take them."""
    return {column: from_json(column, value) for column, value in values.items()}


def proposed(proposal: Proposal) -> dict[str, Any]:
    """Return the facts proposed, as columns take them, the point among them."""
    facts = read(proposal.values)
    if proposal.location is not None:
        facts |= {
            LOCATION: proposal.location,
            "location_precision": proposal.location_precision,
            "location_source": proposal.location_source,
        }
    return facts


def stands(asset: Asset, columns: Iterable[str]) -> dict[str, Any]:
    """Return what an asset says in these columns, for JSON."""
    return {column: as_json(getattr(asset, column)) for column in columns}


def same(one: Any, other: Any) -> bool:
    """Say whether two values of a column are one."""
    if isinstance(one, Point) and isinstance(other, Point):
        return bool(one.equals_exact(other, SAME_POINT_DEGREES))
    return bool(one == other)


def in_words(column: str, value: Any) -> str:
    """Return a value as people read it; a point by itself tells nobody anything."""
    field: Field = FIELDS[column]
    if field.kind is Kind.POINT and value is not None:
        return f"the point {value.y:.5f}, {value.x:.5f}"
    if field.kind is Kind.HOURS and value:
        return "\n".join(hours_in_words(value)) or value
    return field.in_words(value) or "nothing said"


def rows(proposal: Proposal) -> list[Row]:
    """Return the facts that a correction is about, in the order in which people read."""
    asset = proposal.asset
    if asset is None:
        return []
    after, before = proposed(proposal), read(proposal.before)
    return [
        _row(column, before.get(column), after[column], getattr(asset, column))
        for column in FIELDS
        if column in after
    ]


def _row(column: str, stood: Any, then: Any, now: Any) -> Row:
    turn = Turn.OPEN
    if same(then, now):
        turn = Turn.ALREADY
    elif not same(stood, now):
        turn = Turn.CHANGED
    words = (in_words(column, stood), in_words(column, then), in_words(column, now))
    return Row(column, FIELDS[column].label, *words, turn)
