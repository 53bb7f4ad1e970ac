"""What one row of an outside file says about one asset, before anything is believed."""

from dataclasses import dataclass, field
from typing import Any


class RowRefusedError(Exception):
    """One row is not taken; the rest of its file may be.

    Rows refused for one reason are counted together, whatever the detail.
    """

    def __init__(self, reason: str, *, column: str = "", detail: str = "") -> None:
        self.reason, self.column, self.detail = reason, column, detail
        super().__init__(str(self))

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


@dataclass(frozen=True)
class Candidate:
    """One asset as a file describes it."""

    # Columns of Asset by name; "" where the file says nothing, or left out where it says
    # nothing of a further fact (assets/further_facts.py).
    values: dict[str, Any]
    # Identifiers elsewhere (charity number, Wikidata), kept beside the record.
    outside: dict[str, str] = field(default_factory=dict)
    # When the source last touched it: {"version": 3} or {"changed": "2026-05-12T00:00:00Z"}.
    as_of: dict[str, int | str] = field(default_factory=dict)
    # The source says that it is no more. One that we do not know is taken in as closed.
    closed: bool = False


@dataclass(frozen=True)
class Placed:
    """A candidate with its key and its place; degrees, SRID 4326."""

    ref: str
    candidate: Candidate
    lon: float | None = None
    lat: float | None = None
    # Well-known binary in hexadecimals, "" without one.
    outline: str = ""
    precision: str = "exact"
    point_source: str = "file"
    # All that the row says is that what we know under this key has closed.
    only_closed: bool = False

    @property
    def has_place(self) -> bool:
        """Say whether it has a point."""
        return self.lon is not None and self.lat is not None
