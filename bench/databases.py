"""Databases of a bench's own: made, copied and dropped; no other is ever touched."""

import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg
from psycopg import sql

ROOT: Final = Path(__file__).resolve().parent.parent
_PREFIX: Final = "fans_bench"
_SETTINGS: Final = ("shared_buffers", "work_mem", "max_wal_size", "fsync", "jit")


class Databases:
    """Databases in the cluster that the settings name, each under a name of our own."""

    def __init__(self, default: dict[str, Any]) -> None:
        self.default = default
        # Two runs at once, in one cluster, must not meet.
        self.prefix = f"{_PREFIX}_{os.getpid()}_"
        self.made: set[str] = set()
        self.secret = secrets.token_urlsafe(40)

    def connect(self, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        """Open a connection that commits every statement by itself."""
        return self._open(self.prefix + name)

    def make(self, name: str, *, like: str | None = None) -> None:
        """Make a database, empty or as a copy of another of ours."""
        self.drop(name)
        template = sql.Identifier(self.prefix + like if like else "template0")
        self._in_postgres("CREATE DATABASE {} TEMPLATE {}", self.prefix + name, template)
        self.made.add(name)

    def drop(self, name: str) -> None:
        """Drop one of ours, where it is there."""
        self._in_postgres("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.prefix + name)
        self.made.discard(name)

    def drop_all(self) -> None:
        """Drop all of ours."""
        with self._open("postgres") as connection:
            query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            names = [name for (name,) in connection.execute(query, [self.prefix])]
        for name in names:
            self.drop(name.removeprefix(self.prefix))

    def environment(self, name: str) -> dict[str, str]:
        """Return what a child process needs to work in one of ours."""
        user, password = quote(self.default["USER"]), quote(self.default["PASSWORD"])
        host, port = quote(self.default["HOST"], safe=""), self.default.get("PORT") or "5432"
        named = f"{user}:{password}" if password else user
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        return {
            **kept,
            "DATABASE_URL": f"postgres://{named}@/{self.prefix}{name}?host={host}&port={port}",
            "SECRET_KEY": self.secret,
            "FANS_HTTPS": "false",
            "FANS_STATE_DIR": str(ROOT / "var" / "bench" / "state"),
            "PYTHONPATH": str(ROOT),
        }

    def as_dsn(self, name: str) -> str:
        """Return the address of one of ours as libpq's kin read it; without a password."""
        user, host = quote(self.default["USER"]), quote(self.default["HOST"], safe="")
        port = self.default.get("PORT") or "5432"
        return f"postgresql://{user}@{host}:{port}/{self.prefix}{name}"

    def manage(self, *arguments: object) -> list[str]:
        """Return the command line of one of Django's commands."""
        return [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]

    def versions(self) -> tuple[str, str]:
        """Return the versions of PostgreSQL and PostGIS."""
        query = (
            "SELECT split_part(current_setting('server_version'), ' ', 1), default_version"
            "  FROM pg_available_extensions WHERE name = 'postgis'"
        )
        with self._open("postgres") as connection:
            server, postgis = connection.execute(query).fetchall()[0]
        return server, postgis

    def settings(self) -> str:
        """Return the server's settings that bear on speed."""
        with self._open("postgres") as connection:
            rows = connection.execute(
                "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY (%s)"
                " ORDER BY name",
                [list(_SETTINGS)],
            ).fetchall()
        return ", ".join(f"{name} {value}" for name, value in rows)

    def _in_postgres(self, statement: str, name: str, *others: sql.Composable) -> None:
        with self._open("postgres") as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name), *others))

    def _open(self, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(
            dbname=name,
            user=self.default["USER"],
            password=self.default["PASSWORD"] or None,
            host=self.default["HOST"],
            port=self.default.get("PORT") or None,
            autocommit=True,
        )


@contextmanager
def bare_table(
    connection: psycopg.Connection[tuple[Any, ...]], source: str, table: str
) -> Iterator[None]:
    """Make a table with a source's columns and nothing else: no index, key or check."""
    connection.execute(f"CREATE TABLE {table} (LIKE {source})")
    try:
        yield
    finally:
        connection.execute(f"DROP TABLE {table}")


def copy_out(connection: psycopg.Connection[tuple[Any, ...]], table: str, path: Path) -> None:
    """Write a table's rows to a file as COPY reads them."""
    with (
        path.open("wb") as file,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} TO STDOUT") as copy,
    ):
        for block in copy:
            file.write(block)


def copy_in(connection: psycopg.Connection[tuple[Any, ...]], table: str, path: Path) -> None:
    """Read the rows of such a file into a table."""
    with (
        path.open("rb") as file,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} FROM STDIN") as copy,
    ):
        while block := file.read(1 << 18):
            copy.write(block)


def empty(connection: psycopg.Connection[tuple[Any, ...]], tables: Iterable[str]) -> None:
    """Empty tables and what points at them; their space is given back."""
    connection.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
