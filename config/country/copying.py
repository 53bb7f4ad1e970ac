"""Puts made-up rows into a model's table by COPY, whatever other columns it has."""

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from geo.srid import WGS84

NULL: Final = "\\N"
_AT_ONCE: Final = 2_000
_POINT: Final = struct.Struct("<BIIdd")
_POINT_WITH_SRID: Final = 0x20000001  # EWKB: a point that names its SRID


def point(lon: float, lat: float) -> str:
    """Return a point as COPY reads it (SRID 4326)."""
    return _POINT.pack(1, _POINT_WITH_SRID, WGS84, lon, lat).hex()


def copy_rows(
    cursor: CursorWrapper,
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    moment: str,
) -> int:
    """Copy rows in; return how many.

    ``columns`` names fields in the order of each row's values; a value is text without
    tab, line end or backslash, a number, or ``NULL``. A field not named gets what the
    model would give it, and the ``moment`` where it notes when it was saved.
    """
    named = [model._meta.get_field(name) for name in columns]
    others = [field for field in model._meta.local_concrete_fields if _is_ours(field, named)]
    ending = "".join(f"\t{_default(field, moment)}" for field in others) + "\n"
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(_column(field)) for field in [*named, *others]),
    )
    lines = ("\t".join(map(str, row)) + ending for row in rows)
    count = 0
    with cursor.copy(statement) as copy:
        for some in _batches(lines):
            copy.write("".join(some))
            count += len(some)
    return count


def _column(field: Any) -> str:
    return str(field.column)


def _is_ours(field: Any, named: Sequence[Any]) -> bool:
    """Say whether the model, not the row nor the database, fills this field."""
    by_database = field.generated or field.has_db_default() or field.primary_key
    return field not in named and not by_database


def _default(field: Any, moment: str) -> str:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return moment
    value = field.get_default()
    if value is None:
        return NULL
    if isinstance(field, ArrayField):
        return "{}"
    return json.dumps(value) if isinstance(value, dict | list | bool) else str(value)


def _batches(lines: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(lines, _AT_ONCE)):
        yield some
