"""Looks through every text column of every table, whoever made it, and cleans values.

Nothing is named here: tables and columns are read from the database's own catalogue, so
that a table of tomorrow, or of a library, is looked through as well.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from psycopg import sql
from psycopg.sql import Composable
from psycopg.types.json import Json, Jsonb

from fans.people.privacy.names import REMOVED, Finder

_COLUMNS: Final = """
    SELECT n.nspname, c.relname, a.attname, format_type(e.oid, NULL), t.typcategory = 'A',
           NULLIF(a.atttypmod, -1) - 4, NOT a.attnotnull, a.attgenerated <> '', p.attnum
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      JOIN pg_type e ON e.oid = CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END
      LEFT JOIN LATERAL (
            SELECT array_position(i.indkey::int2[], a.attnum) AS attnum FROM pg_index i
             WHERE i.indrelid = c.oid AND i.indisprimary) p ON true
     WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
     ORDER BY n.nspname, c.relname, a.attnum
"""
_TEXTS: Final = {"text", "character varying", "character", "citext", "json", "jsonb", "name"}
_JSON: Final = {"json": Json, "jsonb": Jsonb}


@dataclass(frozen=True)
class Column:
    """A column that can hold text."""

    name: str
    type: str
    is_array: bool
    most_chars: int | None
    nullable: bool


@dataclass(frozen=True)
class Table:
    """A table, the columns that name a row of it, and those that can hold text."""

    schema: str
    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def called(self) -> sql.Identifier:
        """Return its quoted name."""
        return sql.Identifier(self.schema, self.name)

    def without(self, names: Collection[str]) -> "Table":
        """Return the table as if it had not these columns."""
        return replace(self, columns=tuple(c for c in self.columns if c.name not in names))


@dataclass(frozen=True)
class Hit:
    """A row in which marks stand, and in which of its columns."""

    table: Table
    key: tuple[Any, ...]
    values: dict[str, Any]


def tables() -> list[Table]:
    """Return every table of the database that has columns which can hold text."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        rows = cursor.fetchall()
    found: dict[tuple[str, str], tuple[dict[int, str], list[Column]]] = {}
    for schema, table, name, kind, is_array, most, nullable, generated, place in rows:
        key, columns = found.setdefault((schema, table), ({}, []))
        if place is not None:
            key[place] = name
        # A generated column follows by itself.
        if kind in _TEXTS and not generated:
            most_chars = most if kind.startswith("character") else None
            columns.append(Column(name, kind, is_array, most_chars, nullable))
    return [
        Table(schema, table, tuple(key[place] for place in sorted(key)), tuple(columns))
        for (schema, table), (key, columns) in found.items()
        if columns
    ]


def search(table: Table, finder: Finder, *, lock: bool = False) -> Iterator[Hit]:
    """Yield the rows of a table in which marks stand; ``lock`` keeps them as they are."""
    columns = [c for c in table.columns if _is_wide_enough(c, finder.shortest)]
    if not finder or not columns:
        return
    key: list[Composable] = [sql.Identifier(name) for name in table.key]
    key = key or [sql.SQL("ctid")]
    texts = [sql.SQL("{}::text").format(sql.Identifier(c.name)) for c in columns]
    query = sql.SQL(
        "SELECT {key}, {values} FROM {table} WHERE concat_ws(E'\\n', {texts}) ~* {mark}"
        " ORDER BY {key}{lock}"
    ).format(
        key=sql.SQL(", ").join(key),
        values=sql.SQL(", ").join(sql.Identifier(c.name) for c in columns),
        table=table.called,
        texts=sql.SQL(", ").join(texts),
        mark=sql.Placeholder(),
        lock=sql.SQL(" FOR UPDATE") if lock else sql.SQL(""),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [finder.rough])
        rows = cursor.fetchall()
    for row in rows:
        held = {c.name: _read(c, v) for c, v in zip(columns, row[len(key) :], strict=True)}
        hit = {name: value for name, value in held.items() if finder.clean(value) != value}
        if hit:
            yield Hit(table, tuple(row[: len(key)]), hit)


def clean(table: Table, finder: Finder) -> int:
    """Take the marks out of a table's texts; return how many rows were changed."""
    changed = 0
    for hit in search(table, finder, lock=True):
        by_name = {column.name: column for column in table.columns}
        values = {
            name: _cleaned(by_name[name], value, finder) for name, value in hit.values.items()
        }
        try:
            with transaction.atomic():
                _update(hit, values)
        except IntegrityError:  # "[removed]" is there once already, and may be only once
            with transaction.atomic():
                _update(hit, {name: _told_apart(v, hit) for name, v in values.items()})
        changed += 1
    return changed


def _is_wide_enough(column: Column, shortest: int) -> bool:
    return column.most_chars is None or column.most_chars >= shortest


def _read(column: Column, value: Any) -> Any:
    # Django has psycopg hand this type over as text.
    is_packed = column.type == "jsonb" and not column.is_array and isinstance(value, str)
    return json.loads(value) if is_packed else value


def _cleaned(column: Column, value: Any, finder: Finder) -> Any:
    if isinstance(value, str) and column.type not in _JSON:
        if finder.is_all(value) and column.nullable:
            return None
        return finder.clean(value)[: column.most_chars]
    cleaned = finder.clean(value)
    if column.type in _JSON and not column.is_array:
        return _JSON[column.type](cleaned)
    if column.is_array and column.most_chars:
        return [each and each[: column.most_chars] for each in cleaned]
    return cleaned


def _told_apart(value: Any, hit: Hit) -> Any:
    if not isinstance(value, str):
        return value
    return value.replace(REMOVED, f"[removed {' '.join(str(part) for part in hit.key)}]")


def _update(hit: Hit, values: dict[str, Any]) -> None:
    key = hit.table.key or ("ctid",)
    query = sql.SQL("UPDATE {table} SET {values} WHERE {key}").format(
        table=hit.table.called,
        values=sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder())
            for name in values
        ),
        key=sql.SQL(" AND ").join(
            sql.SQL("{} = {}").format(
                sql.Identifier(name) if hit.table.key else sql.SQL(name), sql.Placeholder()
            )
            for name in key
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [*values.values(), *hit.key])
