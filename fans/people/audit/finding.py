"""Finds recorded changes: the latest first, a page at a time, however many there are.

Each model has a table of lines of its own. One statement asks every table for its
latest few by index, and keeps the latest of all: a page costs the same whether there
are a thousand lines or a million.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django.db import connection
from django.utils import timezone
from pghistory.core import event_models

PAGE_LENGTH: Final = 25


@dataclass(frozen=True)
class Place:
    """Where a page ends: the next one goes on below."""

    at: dt.datetime
    kind: str
    pgh_id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.kind}~{self.pgh_id}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read what an address carries; None where it is none of ours."""
        try:
            at, kind, pgh_id = text.split("~")
            place = cls(dt.datetime.fromisoformat(at), kind, int(pgh_id))
        except ValueError:
            return None
        fits = timezone.is_aware(place.at) and 0 < place.pgh_id < 2**63
        return place if fits and kind in by_kind() else None


@dataclass(frozen=True)
class Wanted:
    """Which changes: all, or only some."""

    by: Sequence[int] | None = None  # ids of people who made them
    kind: str = ""  # a model's label, e.g. people.membership
    row: int | None = None  # the key of one row of that kind
    since: dt.datetime | None = None
    before: dt.datetime | None = None
    below: Place | None = None


def by_kind() -> dict[str, Any]:
    """Return the model of lines for each kind of row: people.membership and so on."""
    models: list[Any] = event_models()
    found = {model.pgh_tracked_model._meta.label_lower: model for model in models}
    return dict(sorted(found.items()))


def find(wanted: Wanted) -> tuple[list[tuple[str, Any]], Place | None]:
    """Return a page of (kind, line) and, where there are more, where the next begins."""
    models = by_kind()
    kinds = [wanted.kind] if wanted.kind else list(models)
    parts, values = [], list[Any]()
    for kind in kinds:
        sql, of_kind = _latest(kind, models[kind], wanted)
        parts.append(f"({sql})")
        values += of_kind
    statement = (
        f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS latest"  # noqa: S608 - of ours
        f' ORDER BY pgh_created_at DESC, kind COLLATE "C", pgh_id DESC LIMIT {PAGE_LENGTH + 1}'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchall()
    lines = _read(models, ((kind, pgh_id) for kind, pgh_id, _ in found[:PAGE_LENGTH]))
    if len(found) <= PAGE_LENGTH:
        return lines, None
    kind, pgh_id, at = found[PAGE_LENGTH - 1]
    return lines, Place(at, kind, pgh_id)


def _latest(kind: str, model: Any, wanted: Wanted) -> tuple[str, list[Any]]:
    """Return a statement for the latest lines of one table, and its values."""
    rules, values = [], list[Any]([kind])
    joined = ""
    if wanted.by is not None:
        joined = " JOIN pghistory_context c ON c.id = e.pgh_context_id"
        rules.append("c.metadata->>'person' = ANY(%s)")
        values.append([str(pk) for pk in wanted.by])
    if wanted.row is not None:
        rules.append("e.pgh_obj_id = %s")
        values.append(wanted.row)
    for moment, rule in ((wanted.since, ">= %s"), (wanted.before, "< %s")):
        if moment:
            rules.append(f"e.pgh_created_at {rule}")
            values.append(moment)
    if wanted.below:
        rule, of_place = _below(kind, wanted.below)
        rules.append(rule)
        values += of_place
    where = f" WHERE {' AND '.join(rules)}" if rules else ""
    table = connection.ops.quote_name(model._meta.db_table)
    sql = (
        f"SELECT %s AS kind, e.pgh_id, e.pgh_created_at FROM {table} e{joined}{where}"  # noqa: S608
        f" ORDER BY e.pgh_created_at DESC, e.pgh_id DESC LIMIT {PAGE_LENGTH + 1}"
    )
    return sql, values


def _below(kind: str, place: Place) -> tuple[str, list[Any]]:
    """Return what holds for lines of a kind that come after ``place``."""
    if kind == place.kind:
        return "(e.pgh_created_at, e.pgh_id) < (%s, %s)", [place.at, place.pgh_id]
    return ("e.pgh_created_at " + ("<= %s" if kind > place.kind else "< %s")), [place.at]


def _read(models: dict[str, Any], keys: Iterable[tuple[str, int]]) -> list[tuple[str, Any]]:
    """Return the lines themselves, in the order asked for."""
    in_order = list(keys)
    lines: dict[tuple[str, int], Any] = {}
    for kind in {kind for kind, _ in in_order}:
        ids = [pgh_id for each, pgh_id in in_order if each == kind]
        rows = models[kind].objects.filter(pgh_id__in=ids).select_related("pgh_context")
        lines |= {(kind, row.pgh_id): row for row in rows}
    return [(kind, lines[kind, pgh_id]) for kind, pgh_id in in_order]
