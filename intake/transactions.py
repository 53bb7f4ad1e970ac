"""One import at a time, all of it or nothing."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_import(importer: str, *, dry_run: bool = False) -> Iterator[None]:
    """Run an import in one transaction, after any other one of the same name.

    A dry run does all the work and then takes it back, so that it says the same.
    """
    with transaction.atomic():
        wait_for_other_imports(importer)
        yield
        if dry_run:
            transaction.set_rollback(True)


def wait_for_other_imports(importer: str) -> None:
    """Keep other imports of this name waiting until the caller's transaction ends."""
    with connection.cursor() as cursor:
        # crc32, not hash(): every process must get the same number.
        key = zlib.crc32(f"import:{importer}".encode())
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
