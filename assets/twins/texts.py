"""Rows as the database itself writes them: text in, text out, exact for every type."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection
from django.db.models import Field, Model
from psycopg import sql

Row = dict[str, str | None]

_TYPES: Final = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
     WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""


def columns_of(model: type[Model]) -> list[str]:
    """Return the columns that a row of the model has."""
    return [str(field.column) for field in model._meta.concrete_fields if field.column]


def read(
    model: type[Model], pks: Iterable[Any], columns: Iterable[str] | None = None
) -> dict[str, Row]:
    """Return rows by their key, each column as text; None where it is null."""
    names = list(columns_of(model) if columns is None else columns)
    texts = [sql.SQL("{}::text").format(sql.Identifier(name)) for name in names]
    query = sql.SQL("SELECT {key}::text, {texts} FROM {table} WHERE {key} = ANY(%s)").format(
        key=_key(model), texts=sql.SQL(", ").join(texts), table=_table(model)
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [list(pks)])
        return {key: dict(zip(names, row, strict=True)) for key, *row in cursor.fetchall()}


def write(model: type[Model], pks: list[Any], values: Row) -> None:
    """Write the same texts into the columns named of these rows."""
    types = _types(model)
    sets = [
        sql.SQL("{} = CAST(%s AS {})").format(sql.Identifier(name), sql.SQL(types[name]))
        for name in values
    ]
    query = sql.SQL("UPDATE {} SET {} WHERE {} = ANY(%s)").format(
        _table(model), sql.SQL(", ").join(sets), _key(model)
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [*values.values(), pks])


def insert(model: type[Model], row: Row) -> Any:
    """Put a row in and return its key, the next one where ``row`` has none.

    A column that the row does not tell, being new since, takes what a new row would have.
    """
    types = _types(model)
    values: dict[str, Any] = {name: text for name, text in row.items() if name in types}
    for field in model._meta.concrete_fields:
        if field.column in types and field.column not in row and not field.primary_key:
            values[str(field.column)] = _default_of(field)
    casts = [sql.SQL("CAST(%s AS {})").format(sql.SQL(types[name])) for name in values]
    query = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING {}").format(
        _table(model),
        sql.SQL(", ").join(sql.Identifier(name) for name in values),
        sql.SQL(", ").join(casts),
        _key(model),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, list(values.values()))
        return cursor.fetchone()[0]


def delete(model: type[Model], pk: Any) -> None:
    """Take out one row and nothing else: the database refuses if something hangs on it."""
    query = sql.SQL("DELETE FROM {} WHERE {} = %s").format(_table(model), _key(model))
    with connection.cursor() as cursor:
        cursor.execute(query, [pk])


def _default_of(field: "Field[Any, Any]") -> Any:
    return field.get_db_prep_save(field.get_default(), connection)


def _types(model: type[Model]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_TYPES, [connection.ops.quote_name(model._meta.db_table)])
        return dict(cursor.fetchall())


def _table(model: type[Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def _key(model: type[Model]) -> sql.Identifier:
    return sql.Identifier(str(model._meta.pk.column))
