"""A whole file held against the last one of its kind: what it lists no longer is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from assets.checking import vanishing
from assets.checking.vanishing import Extent, Vanished, Whole
from assets.models import AssetSource
from assets.options import Options
from intake.importers import Staged, Written

_DRAWN: Final = (AssetSource.OSM, AssetSource.GEOJSON)
"""Sources of which a file is all of a part of the country."""


@dataclass
class Gathered:
    """What one file lists."""

    # Its name among its source's data; None where no row could say.
    dataset: str | None = None
    keys: set[str] = field(default_factory=set)
    extent: Extent | None = None

    @classmethod
    def of(cls, rows: Iterable[Staged], *, dataset: str | None = None) -> Self:
        """Gather the rows of a file."""
        found = cls(dataset)
        for row in rows:
            found.keys.add(row.key)
            if found.dataset is None and row.payload:
                found.dataset = row.payload.get("dataset", "")
            if row.lon is not None and row.lat is not None:
                found._reach(row.lon, row.lat)
        return found

    def _reach(self, lon: float, lat: float) -> None:
        west, south, east, north = self.extent or (lon, lat, lon, lat)
        self.extent = min(west, lon), min(south, lat), max(east, lon), max(north, lat)

    def add(self, other: "Gathered") -> None:
        """Take another file's rows in: both are parts of one whole."""
        self.keys |= other.keys
        if other.extent is not None:
            west, south, east, north = other.extent
            self._reach(west, south)
            self._reach(east, north)


def conclude(
    files: Sequence[tuple[str, Gathered]], options: Options, *, refuse: bool
) -> Written:
    """Ask about what files list no longer, and remember what they list.

    Raises:
        IntakeError: far less is listed than before (``refuse``).
    """
    done = Vanished()
    for whole in _wholes(files, options):
        if refuse and not options.allow_vanished:
            vanishing.refuse_if_many(whole)
        found = vanishing.note(whole)
        done = Vanished(done.gone + found.gone, done.questions + found.questions)
    datasets = [gathered.dataset for _, gathered in files if gathered.dataset is not None]
    remember = {"dataset": datasets[0]} if datasets else {}
    return Written([], gone=done.gone, questions=done.questions, remember=remember)


def refuse_if_many(files: Sequence[tuple[str, Gathered]], options: Options) -> None:
    """Refuse files that list far less than the last ones of their kind.

    Raises:
        IntakeError: more than a fifth is gone, and nobody said that this is right.
    """
    if not options.allow_vanished:
        for whole in _wholes(files, options):
            vanishing.refuse_if_many(whole)


def _wholes(files: Sequence[tuple[str, Gathered]], options: Options) -> list[Whole]:
    """Return what the files are all of: those of one name are one."""
    found: dict[str, tuple[str, Gathered]] = {}
    for name, gathered in files:
        if gathered.dataset is None:
            continue  # no row of it was taken: it says nothing of what is there
        if gathered.dataset in found:
            found[gathered.dataset][1].add(gathered)
        else:
            found[gathered.dataset] = (name, gathered)
    return [
        Whole(
            options.source,
            dataset,
            gathered.keys,
            gathered.extent if options.source in _DRAWN else None,
            name,
        )
        for dataset, (name, gathered) in found.items()
    ]
