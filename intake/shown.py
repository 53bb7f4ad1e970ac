"""What the pages of an import show: its rows by outcome, its progress in words."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Max, Min, QuerySet

from intake.models import Decision, ImportJob, ImportReport, JobState, RowOutcome, StagedRow
from intake.staging import count_outcomes

MOST_POINTS: Final = 5_000
"""Points on one map; the list has them all."""

_SAME: Final = (RowOutcome.SAME, RowOutcome.REPEAT)
_HELD: Final = (RowOutcome.UNSURE, RowOutcome.REFUSED)
# Outcome: its colour and symbol, and why, where the importer says nothing.
LOOKS: Final[dict[str, tuple[str, str, str]]] = {
    RowOutcome.NEW: ("door", "plus", "Not in our list yet."),
    RowOutcome.CHANGED: ("sky", "edit", ""),
    RowOutcome.SAME: ("", "check", "In our list already. This does not count as checked."),
    RowOutcome.REPEAT: ("", "check", "An earlier row of this file says the same."),
    RowOutcome.UNSURE: ("brass", "merge", "It may be in our list already."),
    RowOutcome.REFUSED: ("brick", "x", ""),
}
# What a spreadsheet would run as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Chip:
    """Rows of some outcomes, to choose from."""

    slug: str
    label: str
    outcomes: tuple[str, ...]
    count: int = 0


@dataclass(frozen=True)
class Tile:
    """A number at the head of the page; ``slug`` names the chip that it leads to."""

    count: int
    label: str
    symbol: str
    slug: str


@dataclass(frozen=True)
class ShownRow:
    """A row of the list, in words."""

    number: int
    title: str
    outcome: str
    what: str
    colour: str
    symbol: str
    why: str
    column: str
    changes: list[tuple[str, str, str]]
    decision: str = ""
    may_decide: bool = False
    may_be_known: bool = False  # the importer can be told that "it is that one"


def tiles(counts: dict[str, int]) -> list[Tile]:
    """Return the five numbers of an import."""
    same = sum(counts.get(each, 0) for each in _SAME)
    return [
        Tile(counts.get("new", 0), "new", "plus", "new"),
        Tile(counts.get("changed", 0), "changed", "edit", "changed"),
        Tile(same, "same", "check", "same"),
        Tile(counts.get("unsure", 0), "possible duplicates", "merge", "needs-you"),
        Tile(counts.get("refused", 0), "refused", "x", "refused"),
    ]


def chips(counts: dict[str, int], *, over: bool = False) -> list[Chip]:
    """Return what the list can show, with counts; ``over``: nothing is left to decide."""
    kinds = [
        Chip("needs-you", "Held back" if over else "Needs you", _HELD),
        Chip("new", "New", (RowOutcome.NEW,)),
        Chip("changed", "Changed", (RowOutcome.CHANGED,)),
        Chip("same", "Same", _SAME),
        Chip("refused", "Refused", (RowOutcome.REFUSED,)),
    ]
    return [
        Chip(chip.slug, chip.label, chip.outcomes, sum(counts.get(o, 0) for o in chip.outcomes))
        for chip in kinds
    ]


def chosen_chip(all_chips: Sequence[Chip], slug: str) -> Chip:
    """Return the chip of that name, else the first that has rows."""
    named = [chip for chip in all_chips if chip.slug == slug]
    filled = [chip for chip in all_chips if chip.count]
    return [*named, *filled, all_chips[0]][0]


def rows_of(job: ImportJob, outcomes: Sequence[str]) -> QuerySet[StagedRow]:
    """Return the rows of some outcomes, those in doubt first, then as in the file."""
    found = job.rows.filter(outcome__in=outcomes).defer("payload")
    return (
        found.order_by("-outcome", "number") if len(outcomes) > 1 else found.order_by("number")
    )


def shown(row: StagedRow, *, may_decide: bool = False) -> ShownRow:
    """Say a row in words."""
    colour, symbol, why = LOOKS[row.outcome]
    return ShownRow(
        number=row.number,
        title=row.title or "Without a name",
        outcome=row.outcome,
        what=row.get_outcome_display(),
        colour=colour,
        symbol=symbol,
        why=row.reason or why,
        column=row.column,
        changes=[(label, before, now) for label, (before, now) in row.changes.items()],
        decision=row.decision,
        may_decide=may_decide and row.outcome == RowOutcome.UNSURE,
        may_be_known=bool(row.match),
    )


def to_bring_in(job: ImportJob, counts: dict[str, int]) -> int:
    """Return how many rows bringing in would write."""
    taken = job.rows.filter(outcome=RowOutcome.UNSURE, decision=Decision.TAKE).count()
    return counts.get("new", 0) + counts.get("changed", 0) + taken


def counts_of(job: ImportJob) -> dict[str, int]:
    """Return how many rows of each outcome the phase at hand has found so far."""
    return job.counts if job.state == JobState.APPLYING else count_outcomes(job)


def time_left(job: ImportJob, now: dt.datetime) -> str:
    """Say how long the phase at hand may still take; "" while that is anybody's guess."""
    if job.started_at is None or not job.rows_total or not job.rows_done:
        return ""
    elapsed_s = (now - job.started_at).total_seconds()
    if elapsed_s < 2:
        return ""
    left_s = elapsed_s * (job.rows_total - job.rows_done) / job.rows_done
    if left_s < 8:
        return "A few seconds left."
    if left_s < 55:
        return f"About {round(left_s / 10) * 10 or 10} seconds left."
    if left_s < 55 * 60:
        minutes = max(1, round(left_s / 60))
        return f"About {minutes} minute{'s' if minutes > 1 else ''} left."
    return "More than an hour left."


def bbox_of(rows: QuerySet[StagedRow]) -> tuple[float, float, float, float] | None:
    """Return the box around rows that have a place: west, south, east, north."""
    found = rows.order_by().aggregate(w=Min("lon"), s=Min("lat"), e=Max("lon"), n=Max("lat"))
    west, south, east, north = (found[side] for side in "wsen")
    return None if west is None else (west, south, east, north)


def points(rows: QuerySet[StagedRow]) -> dict[str, Any]:
    """Return rows with a place as GeoJSON, and how many were left off."""
    placed = rows.filter(lon__isnull=False)
    some = list(placed[: MOST_POINTS + 1])
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
            "properties": {
                "number": row.number,
                "title": row.title,
                "outcome": row.outcome,
                "what": row.get_outcome_display(),
            },
        }
        for row in some[:MOST_POINTS]
    ]
    left_off = placed.count() - MOST_POINTS if len(some) > MOST_POINTS else 0
    return {"type": "FeatureCollection", "features": features, "left_off": left_off}


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(table: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file, with the mark that spreadsheets know UTF-8 by."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for cells in table:
        yield writer.writerow([safe_cell(str(cell)) for cell in cells])


def table_of(job: ImportJob) -> Iterator[Sequence[Any]]:
    """Yield every row of an import with what became of it."""
    yield ("Row", "Name", "What", "Column", "Why", "Before", "Now")
    for row in job.rows.exclude(outcome="").defer("payload").order_by("number").iterator():
        said = shown(row)
        head = (said.number, said.title, said.what, said.column, said.why)
        for label, before, now in said.changes or [("", "", "")]:
            named = head if not label else (*head[:3], label, said.why)
            yield (*named, before, now)


def table_of_report(report: ImportReport) -> Iterator[Sequence[Any]]:
    """Yield the refusals of a report."""
    yield ("Row", "Column", "Why")
    for refusal in report.refusals:
        yield (refusal["row"], refusal["column"], refusal["reason"])
