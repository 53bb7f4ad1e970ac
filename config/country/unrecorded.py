"""Leaves made-up rows out of the record of changes: nobody did them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.db.backends.utils import CursorWrapper
from pgtrigger.registry import registered

from config.recording import Recording


@contextmanager
def unrecorded(cursor: CursorWrapper, *rows_of: type[models.Model]) -> Iterator[None]:
    """Write to these tables without a line for each row, in the caller's transaction.

    From here to the transaction's end nobody else can write to them, so no change of
    anybody's goes unrecorded; and with a rollback the recording was never off.
    """
    known: list[Any] = registered()
    triggers = [
        (model._meta.db_table, trigger.get_pgid(model))
        for model, trigger in known
        if model in rows_of and isinstance(trigger, Recording)
    ]
    _switch(cursor, "DISABLE", triggers)
    yield
    _switch(cursor, "ENABLE", triggers)


def _switch(cursor: CursorWrapper, how: str, triggers: list[tuple[str, str]]) -> None:
    # Checks that wait for the end of the transaction would hold the tables.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, trigger in triggers:
        cursor.execute(f'ALTER TABLE "{table}" {how} TRIGGER "{trigger}"')
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
