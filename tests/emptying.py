"""Empties what a test wrote that commits, without touching the tables it left alone.

Django truncates every table, some three hundred, and makes content types and permissions
anew: most of the time of a test that commits. Only few tables hold rows by then.
"""

from typing import Any, Final

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connections, transaction
from django.test import TransactionTestCase

STAY: Final = {model._meta.db_table for model in (ContentType, Permission)}
"""The same after every test, and written by migrations."""

_flush: Final = TransactionTestCase._fixture_teardown


def empty_quickly() -> None:
    """Let tests that commit empty only what holds rows, from now on."""
    TransactionTestCase._fixture_teardown = _empty_after  # type: ignore[method-assign]


def empty(connection: Any) -> None:
    """Delete all rows but those that stay, whatever refers to them or guards them."""
    names = set(connection.introspection.django_table_names(include_views=False)) - STAY
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        # No trigger and no foreign key asks while everything goes.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r' AND relname = ANY(%s) AND pg_relation_size(oid) > 0",
            [sorted(names)],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")


def _empty_after(self: Any) -> None:
    try:
        for alias in self._databases_names(include_mirrors=False):
            empty(connections[alias])
    except DatabaseError:  # not as a superuser: then Django's way
        _flush(self)
