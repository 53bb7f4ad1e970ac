"""How the columns of a table become an asset: one layout for each kind of file.

A layout is a mapping file (``fixtures/mappings``, or an operator's own) once it has been
read; ``mapping_files`` reads them. Pure.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from assets import further_facts
from intake.tables import header_key

_OTHER = re.compile(r"[^0-9a-zà-ÿ]+")
_PARTED = re.compile(r"[,;|/]")

Cells = Mapping[str, Any]
"""A row: what stands under each header, by ``header_key``."""


def plain(text: Any) -> str:
    """Return a kind as it is compared: lower case, parted by underscores."""
    return _OTHER.sub("_", str(text).casefold()).strip("_")


@dataclass(frozen=True)
class Coordinates:
    """The two columns that say where; ``grid``: metres of the British National Grid."""

    x: tuple[str, ...]
    y: tuple[str, ...]
    grid: bool = False


@dataclass(frozen=True)
class Closed:
    """What tells that a row is of something that is no more.

    ``values``: how the column says so; None where whatever stands there does.
    """

    columns: tuple[str, ...]
    values: frozenset[str] | None

    def holds(self, cells: Cells) -> bool:
        """Say whether the row is closed."""
        for column in self.columns:
            text = plain(cells.get(column) or "")
            if text and (self.values is None or text in self.values):
                return True
        return False


@dataclass(frozen=True)
class Layout:
    """Which columns of a table tell what. Columns are named by ``header_key``."""

    name: str
    # Field of Asset (and "name", "hours"): its columns; the first that holds something counts.
    fields: Mapping[str, tuple[str, ...]]
    # Every part of the address, joined in this order.
    address: tuple[str, ...] = ()
    # The row's id: all columns joined where ``id_joined``, else the first that holds one.
    id: tuple[str, ...] = ()
    id_joined: bool = False
    # Put behind the name, in brackets: what tells two rows of one name apart.
    name_also: tuple[str, ...] = ()
    # What every row is; "" where ``kind`` columns tell.
    category: str = ""
    kind: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    # What a row of an unknown kind is; "" refuses it.
    otherwise: str = ""
    coordinates: tuple[Coordinates, ...] = ()
    # The middle of the postcode's sector is all that is kept of where it is: the address
    # may be somebody's own.
    only_sector: bool = False
    closed: Closed | None = None
    recognised_by: frozenset[str] = frozenset()
    licence: str = ""
    attribution: str = ""

    def is_of(self, headers: Iterable[str]) -> bool:
        """Say whether a table with these headers has this layout."""
        return bool(self.recognised_by) and self.recognised_by <= {*map(header_key, headers)}

    def missing(self, headers: Iterable[str], *, category_given: bool) -> str | None:
        """Return which column a file lacks ("name" or "category"), None where it has both."""
        known = {header_key(header) for header in headers}
        if known.isdisjoint(self.fields["name"]):
            return "name"
        told = category_given or self.category or self.otherwise
        if not told and known.isdisjoint(self.kind):
            return "category"
        return None

    def columns(self) -> set[str]:
        """Return every column that is read."""
        found = {column for columns in self.fields.values() for column in columns}
        found |= {*self.address, *self.id, *self.name_also, *self.kind}
        for pair in self.coordinates:
            found |= {*pair.x, *pair.y}
        return found | set(self.closed.columns if self.closed else ())

    def narrowed(self, headers: Iterable[str]) -> Self:
        """Return it without the columns that a file has not got, so that none is looked for."""
        here = {header_key(header) for header in headers}

        def kept(columns: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(column for column in columns if column in here)

        pairs = [replace(pair, x=kept(pair.x), y=kept(pair.y)) for pair in self.coordinates]
        closed = self.closed and replace(self.closed, columns=kept(self.closed.columns))
        return replace(
            self,
            fields={name: kept(columns) for name, columns in self.fields.items()},
            address=kept(self.address),
            id=self.id if self.id_joined else kept(self.id),
            name_also=kept(self.name_also),
            kind=kept(self.kind),
            coordinates=tuple(pair for pair in pairs if pair.x or pair.y),
            closed=closed,
        )

    def category_named(self, text: str) -> str | None:
        """Return the category of a kind in words; of several, the first that is known."""
        if slug := self.kinds.get(plain(text)):
            return slug
        for part in _PARTED.split(text):
            if slug := self.kinds.get(plain(part)):
                return slug
        return self.otherwise or None


FIELDS: Final = (
    "name",
    "description",
    "hours",
    "postcode",
    "phone",
    "email",
    "website",
    "wheelchair",
    "access_notes",
    "cost",
    *further_facts.NOTHING,
)
"""What a layout may give a column for."""
