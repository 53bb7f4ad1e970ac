"""Staged rows in the database: copied in, taken out in batches, their verdicts kept."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from django.db import connection
from django.db.models import Count

from intake.importers import Staged, Verdict
from intake.models import Decision, ImportJob, RowOutcome, StagedRow

NEVER_WRITTEN: Final = (RowOutcome.REFUSED, RowOutcome.REPEAT)
_LONGEST: Final = 200

_COPY: Final = (
    "COPY intake_stagedrow (job_id, number, key, title, lon, lat, payload, outcome, reason,"
    ' "column", changes, written, decision) FROM STDIN'
)
_SAVE: Final = """
UPDATE intake_stagedrow AS staged
SET outcome = said.outcome, reason = said.reason, changes = said.changes,
    match = CASE WHEN staged.decision = 'same' THEN staged.match ELSE said.match END,
    written = staged.written OR %(final)s,
    payload = CASE WHEN %(final)s THEN '{}' ELSE staged.payload END
FROM jsonb_to_recordset(%(verdicts)s)
    AS said (number integer, outcome text, reason text, changes jsonb, match text)
WHERE staged.job_id = %(job)s AND staged.number = said.number
"""
_DEALT_WITH: Final = """
UPDATE intake_stagedrow SET written = true, payload = '{}'
WHERE job_id = %s AND number = ANY(%s) AND outcome <> ''
"""


def batches(rows: Iterable[Staged], length: int) -> Iterator[list[Staged]]:
    """Yield rows in lists of ``length``, the last one shorter."""
    rest = iter(rows)
    while batch := list(islice(rest, length)):
        yield batch


def copy_rows(job: ImportJob, rows: Iterable[Staged]) -> None:
    """Copy rows of a file into the database."""
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(_COPY) as copy,
    ):
        for row in rows:
            copy.write_row(_columns(job, row))


def _columns(job: ImportJob, row: Staged) -> tuple[Any, ...]:
    outcome: str = RowOutcome.REPEAT if row.repeats else ""
    reason = column = ""
    if row.refusal is not None:
        outcome, reason = RowOutcome.REFUSED, row.refusal.reason
        column = row.refusal.column[:_LONGEST]
    lon, lat = _place(row)
    payload = json.dumps(row.payload, allow_nan=False)
    title = row.title[:_LONGEST]
    said = (str(outcome), reason, column, "{}", False, "")
    return (job.pk, row.number, row.key, title, lon, lat, payload, *said)


def _place(row: Staged) -> tuple[float | None, float | None]:
    """Return degrees; none where a refused row's place is none."""
    if row.lon is None or row.lat is None:
        return None, None
    inside = -180 <= row.lon <= 180 and -90 <= row.lat <= 90
    return (row.lon, row.lat) if inside else (None, None)


def to_compare(job: ImportJob, length: int | None) -> list[StagedRow]:
    """Return the next rows that have not been looked at, by number."""
    return list(job.rows.filter(outcome="").order_by("number")[:length])


def to_write(job: ImportJob, after: int, length: int | None) -> list[StagedRow]:
    """Return the next rows after a number that have not been dealt with for good."""
    rows = job.rows.filter(written=False, number__gt=after)
    return list(rows.order_by("number")[:length])


def offered(rows: Iterable[StagedRow]) -> list[Staged]:
    """Return those rows that the importer is asked to write, as it staged them."""
    return [
        Staged(
            number=row.number,
            key=row.key,
            title=row.title,
            payload=row.payload,
            lon=row.lon,
            lat=row.lat,
            insist=row.decision == Decision.TAKE,
            same_as=row.match if row.decision == Decision.SAME else "",
        )
        for row in rows
        if row.outcome not in NEVER_WRITTEN and row.decision != Decision.LEAVE
    ]


def staged_rows(job: ImportJob) -> Iterator[Staged]:
    """Yield every row of a file, refused or not, as far as it is still kept."""
    kept = ("number", "key", "title", "payload", "lon", "lat")
    rows = job.rows.order_by("number").values_list(*kept)
    for number, key, title, payload, lon, lat in rows.iterator(chunk_size=5_000):
        yield Staged(number, key, title, payload, lon, lat)


def save_verdicts(job: ImportJob, verdicts: Sequence[Verdict], *, final: bool) -> None:
    """Keep what became of rows; ``final``: their payload is needed no more."""
    said = [
        {
            "number": verdict.number,
            "outcome": str(verdict.outcome),
            "reason": verdict.reason,
            "changes": {label: list(pair) for label, pair in verdict.changes.items()},
            "match": verdict.match,
        }
        for verdict in verdicts
    ]
    values: dict[str, Any] = {"final": final, "verdicts": json.dumps(said), "job": job.pk}
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, values)


def pass_over(job: ImportJob, rows: Iterable[StagedRow]) -> None:
    """Mark rows as dealt with, whose outcome stands without the importer."""
    with connection.cursor() as cursor:
        cursor.execute(_DEALT_WITH, [job.pk, [row.number for row in rows]])


def count_outcomes(job: ImportJob) -> dict[str, int]:
    """Return how many rows have each outcome."""
    found = job.rows.values_list("outcome").annotate(rows=Count("pk")).order_by("outcome")
    return {outcome: rows for outcome, rows in found if outcome}


def add_up(counts: Mapping[str, int], outcomes: Iterable[str]) -> dict[str, int]:
    """Return ``counts`` with one more for each outcome."""
    total = dict(counts)
    for outcome in outcomes:
        total[outcome] = total.get(outcome, 0) + 1
    return total
