"""Loads tables without their indexes and foreign keys, and puts these back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models
from django.db.backends.utils import CursorWrapper

_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
  FROM pg_constraint
 WHERE contype = 'f'
   AND (conrelid = ANY (%(tables)s::regclass[])
        OR (%(inbound)s AND confrelid = ANY (%(tables)s::regclass[])))
 ORDER BY conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
  FROM pg_index
 WHERE indrelid = ANY (%(tables)s::regclass[])
   AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
 ORDER BY 1
"""


@contextmanager
def bare(
    cursor: CursorWrapper, *rows_of: type[models.Model], inbound: bool = False
) -> Iterator[None]:
    """Take secondary indexes and foreign keys off these tables, and put them back.

    Building an index, or checking a key, once over all rows is many times as fast as row
    by row; and either all of it happens or, with the transaction, nothing. Triggers,
    checks and unique constraints stay and do their work. ``inbound`` takes off the keys
    of other tables that point here too: for deleting.
    """
    tables = [model._meta.db_table for model in rows_of]
    # Checks that wait for the end of the transaction would hold the tables.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(_KEYS, {"tables": tables, "inbound": inbound})
    keys = cursor.fetchall()
    cursor.execute(_INDEXES, {"tables": tables})
    indexes = cursor.fetchall()
    for table, name, _ in keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, definition in indexes:
        cursor.execute(definition)
    for table in tables:
        cursor.execute(f'ANALYZE "{table}"')
    for table, name, definition in keys:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
