"""Rows of the log, streamed by PostgreSQL itself.

``COPY`` is seven times as fast as rows fetched and written one by one, and needs no memory.
"""

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from fans.disclosure import BANDS
from fans.research.contents import Contents
from fans.research.dictionary import CONNECTIONS
from fans.research.ties import Tie

_FIELDS: Final = (
    "partnership_id",
    "happened_on",
    "until_on",
    "direction",
    "type",
    "origin",
    "occurrences",
    "residents_count",
    "community_count",
    "children_count",
    "home_gives",
    "partner_gives",
    "paid",
    "rating",
    "source",
)


@dataclass(frozen=True)
class Weight:
    """How often home and partner of one tie met, in all and by direction."""

    rows: int = 0
    total: int = 0
    came: int = 0
    went: int = 0
    online: int = 0
    letters: int = 0


NEVER: Final = Weight()


@contextmanager
def joined(
    cursor: CursorWrapper, ties: Sequence[Tie], told: Container[tuple[str, str]]
) -> Iterator[None]:
    """Put the ties' pseudonyms where ``connection_rows`` joins them, until the end.

    So the study's key stays out of every statement, and of the database's own log.
    """
    cursor.execute(
        "CREATE TEMPORARY TABLE research_tie (partnership_id bigint PRIMARY KEY,"
        ' home text COLLATE "C", partner text COLLATE "C", distance_band text)'
    )
    with _raw(cursor).copy("COPY research_tie FROM STDIN") as copy:
        for tie in ties:
            is_told = (tie.category, tie.distance_band) in told
            copy.write_row(
                (tie.id, tie.home, tie.partner, tie.distance_band if is_told else None)
            )
    cursor.execute("ANALYZE research_tie")
    yield
    cursor.execute("DROP TABLE research_tie")


def connection_rows(cursor: CursorWrapper, contents: Contents) -> Iterator[bytes]:
    """Give ``connections.csv``, header and all, in pieces; inside ``joined``.

    Every cell is a pseudonym, a number, or a word that a constraint of the table allows:
    nothing here could be a spreadsheet's formula. Rows stand in the order of what they
    say, so that neither day nor time of entry can be read off it.
    """
    select = _SELECT
    for column in ("residents_count", "community_count", "children_count"):
        select = select.replace(f"{{{column}}}", _band(f"r.{column}"))
    order = ", ".join(str(number) for number in range(1, len(CONNECTIONS.columns) + 1))
    rows = _statement(cursor, contents, f"{select} ORDER BY {order}")
    yield ",".join(CONNECTIONS.header).encode() + b"\n"
    with _raw(cursor).copy(f"COPY ({rows}) TO STDOUT (FORMAT csv)") as copy:
        for piece in copy:
            yield bytes(piece)


def weights(cursor: CursorWrapper, contents: Contents) -> dict[int, Weight]:
    """Return, by tie, how often they met; ties without a meeting are not named."""
    cursor.execute(_statement(cursor, contents, _WEIGHTS))
    return {tie: Weight(*counts) for tie, *counts in cursor}


def _statement(cursor: CursorWrapper, contents: Contents, around: str) -> str:
    """Put the queryset of rows, parameters filled in, inside a statement."""
    rows, parameters = contents.rows().order_by().values(*_FIELDS).query.sql_with_params()
    filled: str = _raw(cursor).mogrify(rows, parameters)
    return around.replace("{rows}", filled)


def _raw(cursor: CursorWrapper) -> Any:
    """Return psycopg's own cursor: Django's does not copy with parameters or fill them in."""
    raw: Any = cursor.cursor
    return raw


def _band(column: str) -> str:
    """Return SQL that names the band of a count of people; see ``fans.disclosure.band``."""
    starts = [(int(name.rstrip("+").split("-")[0]), name) for name in BANDS]
    whens = (f"WHEN {column} >= {start} THEN '{name}'" for start, name in reversed(starts))
    return f"CASE {' '.join(whens)} END"


_SELECT: Final = """
SELECT t.home, t.partner, to_char(coalesce(r.until_on, r.happened_on), 'YYYY-MM'),
       r.direction, r.type, nullif(r.origin, ''), r.occurrences,
       {residents_count}, {community_count}, {children_count},
       (r.home_gives <> '{}')::text, (r.partner_gives <> '{}')::text, r.paid::text,
       r.rating, r.source, t.distance_band
  FROM ({rows}) r JOIN research_tie t USING (partnership_id)
"""

_WEIGHTS: Final = """
SELECT partnership_id, count(*), sum(occurrences),
       coalesce(sum(occurrences) FILTER (WHERE direction = 'in'), 0),
       coalesce(sum(occurrences) FILTER (WHERE direction = 'out'), 0),
       coalesce(sum(occurrences) FILTER (WHERE direction = 'online'), 0),
       coalesce(sum(occurrences) FILTER (WHERE direction = 'letter'), 0)
  FROM ({rows}) r
 GROUP BY partnership_id
"""
