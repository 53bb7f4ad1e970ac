"""Write one study's extract: tables, network, dictionary and README in one zip file."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.db import transaction
from django.db.backends.utils import CursorWrapper
from django.template.loader import render_to_string

from fans.disclosure import HIDDEN
from fans.research.archive import Archive
from fans.research.cells import csv_bytes
from fans.research.contents import Contents
from fans.research.describe import data_package
from fans.research.dictionary import CONNECTIONS, HOMES, PARTNERSHIPS, TABLES, WAVES
from fans.research.gather import Gathered, gather
from fans.research.graph import Data, graphml
from fans.research.log_rows import NEVER, connection_rows, joined
from fans.research.models import Study
from fans.research.sources import sources_of
from fans.research.waves import wave_rows


@contextmanager
def snapshot() -> Iterator[CursorWrapper]:
    """Open a transaction in which every statement sees the database at one moment.

    It is never part of another one: ``durable`` refuses that, but for a test's own
    transaction, whose level is settled.
    """
    connection = transaction.get_connection()
    is_inside_a_test = connection.in_atomic_block
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        if not is_inside_a_test:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            # A whole extract may take longer than a page may (config/serving.py).
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield cursor


def write_extract(
    cursor: CursorWrapper, *, study: Study, on: dt.date, into: IO[bytes]
) -> dict[str, Any]:
    """Write the zip file of ``study`` as of ``on``, and return what it counts.

    The same data give the same bytes. ``cursor`` is that of a ``snapshot``.

    Raises:
        NobodyAgreedError: no home has agreed to research by that day.
    """
    contents = Contents(study, on)
    found = gather(cursor, contents)
    homes = ((home, *marks) for home, marks in found.homes.items())
    ties = (tie.cells for tie in found.ties)
    waves = wave_rows(found.waves, found.home_names)
    with joined(cursor, found.ties, found.told), Archive(into) as archive:
        archive.add(HOMES.path, csv_bytes(HOMES.header, homes))
        archive.add(PARTNERSHIPS.path, csv_bytes(PARTNERSHIPS.header, ties))
        archive.add(CONNECTIONS.path, connection_rows(cursor, contents))
        archive.add(WAVES.path, csv_bytes(WAVES.header, waves))
        archive.add("edges.graphml", graphml(_nodes(found), _edges(found)))
        rows = {table.name: archive.members[table.path].lines - 1 for table in TABLES}
        _describe(archive, found, rows)
    return {"rows": rows, "left_out": dict(found.left_out)}


def _describe(archive: Archive, found: Gathered, rows: dict[str, int]) -> None:
    """Add README and dictionary, which tell of the files before them."""
    sources = sources_of(tie.partner_source for tie in found.ties)
    words = {
        name: "between 1 and 7" if number == HIDDEN else number
        for name, number in found.left_out.items()
    }
    readme = render_to_string(
        "research/README.md",
        {"study": found.study, "rows": rows, "left_out": words, "sources": sources},
    )
    archive.add("README.md", [readme.encode()])
    package = data_package(
        study=found.study,
        members=archive.members,
        sources=sources,
        left_out=found.left_out,
    )
    archive.add("datapackage.json", [package])


def _nodes(found: Gathered) -> Iterator[tuple[str, Data]]:
    for home, marks in found.homes.items():
        yield home, {"kind": "home", **marks._asdict()}
    partners = {tie.partner: tie for tie in found.ties}
    for partner, tie in sorted(partners.items()):
        yield (
            partner,
            {
                "kind": "partner",
                "partner_kind": tie.kind,
                "category": tie.category,
                "abcd_type": tie.abcd_type,
            },
        )


def _edges(found: Gathered) -> Iterator[tuple[str, str, Data]]:
    for tie in found.ties:
        met = found.weights.get(tie.id, NEVER)
        yield (
            tie.home,
            tie.partner,
            {
                "weight": met.total,
                "weight_in": met.came,
                "weight_out": met.went,
                "weight_online": met.online,
                "weight_letter": met.letters,
                "status": tie.status,
            },
        )
