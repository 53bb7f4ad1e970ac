"""The one way in which what was recorded may be changed or go."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pgtrigger
from django.db import connection, transaction
from pgtrigger.registry import registered

from fans.people.audit.doing import doing

APPEND_ONLY: Final = "append_only"
_MODE: Final = "fans.erasing"


@contextmanager
def erasing() -> Iterator[None]:
    """Let histories and the log of reads be changed, in this transaction and no longer.

    For erasing a person, for retention, and for words that somebody takes back as a slip.
    Everywhere else the database refuses to change or delete a line, whoever asks and
    however.
    """
    locks = [f"{m._meta.label}:{t.name}" for m, t in registered() if t.name == APPEND_ONLY]
    with doing(erasing=True), pgtrigger.ignore(*locks), transaction.atomic():
        _set("on")
        yield
        _set("")


def _set(mode: str) -> None:
    """Say it to the locks of our own; a rollback takes it back with all else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [_MODE, mode])
