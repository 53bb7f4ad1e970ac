"""Records that are worth comparing: few for each, by indexes, for many at once."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from assets.choices import OpenState
from assets.twins.keys import (
    CHARITY_SQL,
    NAME_SQL,
    PHONE_SQL,
    SQUARE_SQL,
    WEBSITE_SQL,
    name_key,
    phone_key,
    squares_around,
    website_key,
)
from assets.twins.records import COLUMNS, facts_of_columns
from assets.twins.signals import Facts

NAME_AT_LEAST: Final = 0.22
"""Trigrams that names nearby share at least; "Hyde" and "Hyde Library" have 0.38."""

MOST_A_KEY: Final = 8
"""What more than these share tells nothing: the number of a switchboard, a chain's page."""

MOST_A_SQUARE: Final = 60
"""How many of like name are looked at in one square of some 280 m."""

_FIND: Final = """
WITH r AS MATERIALIZED (
    SELECT n, lower(name) AS name, letters, postcode, phone, website, charity
      FROM json_to_recordset(%(rows)s::json) AS given(n bigint, name text, letters text,
           postcode text, phone text, website text, charity text)
), s AS MATERIALIZED (
    SELECT r.n, r.name, given.square
      FROM unnest(%(numbers)s::bigint[], %(squares)s::bigint[]) AS given(n, square)
      JOIN r USING (n)
)
{branches}
"""
# A square and the next to its east are neighbours in the index too: one look for both.
# A limit inside makes it one look into the index a row, whatever the planner expects.
_NEAR: Final = f"""
SELECT s.n, near.id FROM s CROSS JOIN LATERAL (
    SELECT a.id FROM assets_asset a
     WHERE a.location IS NOT NULL
       AND {SQUARE_SQL.format("a.")} BETWEEN s.square AND s.square + 1
       AND a.merged_into_id IS NULL AND similarity(lower(a.name), s.name) >= %(alike)s
     LIMIT 2 * %(most_a_square)s) AS near"""  # noqa: S608 - an expression of ours
# Rows that share a key, as those of one organisation do, look for it once: OFFSET keeps
# the planner from looking for it once a row.
_BY_KEY: Final = """
SELECT r.n, k.id FROM (
    SELECT one.{name} AS key, few.id, few.name,
           count(*) OVER (PARTITION BY one.{name}) AS holders
      FROM (SELECT DISTINCT {name} FROM r WHERE {name} IS NOT NULL) AS one CROSS JOIN LATERAL (
        SELECT a.id, lower(a.name) AS name FROM assets_asset a
         WHERE {holds} AND {key} = one.{name} AND a.merged_into_id IS NULL
         LIMIT %(most)s + 1) AS few
    OFFSET 0) AS k JOIN r ON r.{name} = k.key
 WHERE k.holders <= %(most)s {also}"""
_KEYS: Final = {
    "letters": ("true", NAME_SQL.format("a.name"), ""),
    "phone": ("a.phone <> ''", PHONE_SQL.format("a.phone"), ""),
    "website": ("a.website <> ''", WEBSITE_SQL.format("a.website"), ""),
    "charity": (f"{CHARITY_SQL.format('a.')} IS NOT NULL", CHARITY_SQL.format("a."), ""),
    "postcode": (
        "a.postcode <> ''",
        "a.postcode",
        "AND similarity(k.name, r.name) >= %(alike)s",
    ),
}
_HELD: Final = f"SELECT id, state, {COLUMNS.format('')} FROM assets_asset WHERE id = ANY(%s)"  # noqa: S608


@dataclass(frozen=True)
class Candidate:
    """An asset that may be the one that a record speaks of."""

    asset_id: int
    facts: Facts
    source: str
    source_ref: str
    is_closed: bool = False


def candidates(records: Mapping[int, Facts]) -> Iterator[tuple[int, Candidate]]:
    """Yield, by a record's number, the assets that are worth comparing with it.

    Two statements, however many records. What is part of another record is left out.
    """
    if not records:
        return
    with connection.cursor() as cursor:
        cursor.execute(*search(records))
        found = cursor.fetchall()
        if not found:
            return
        cursor.execute(_HELD, [list({asset_id for _, asset_id in found})])
        held = {pk: _candidate(pk, state, rest) for pk, state, *rest in cursor}
    for number, asset_id in found:
        yield number, held[asset_id]


def search(records: Mapping[int, Facts]) -> tuple[str, dict[str, Any]]:
    """Return the statement that finds (number, asset id), and its values."""
    rows = [_keys_of(number, facts) for number, facts in records.items()]
    around = [
        (number, square)
        for number, facts in records.items()
        if facts.lon is not None and facts.lat is not None
        for square in squares_around(facts.lon, facts.lat)[::2]
    ]
    values = {
        "rows": json.dumps(rows),
        # As one text each: a list is turned into one number by number.
        "numbers": f"{{{','.join(str(number) for number, _ in around)}}}",
        "squares": f"{{{','.join(str(square) for _, square in around)}}}",
        "alike": NAME_AT_LEAST,
        "most": MOST_A_KEY,
        "most_a_square": MOST_A_SQUARE,
    }
    return _statement(rows), values


def _keys_of(number: int, facts: Facts) -> dict[str, Any]:
    said = {
        "n": number,
        "name": facts.name,
        "letters": name_key(facts.name),
        "postcode": facts.postcode,
        "phone": phone_key(facts.phone),
        "website": website_key(facts.website),
        "charity": facts.ids.get("charity"),
    }
    return {key: value for key, value in said.items() if value not in (None, "")}


def _statement(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the search by what the rows say: a branch that none needs is left out."""
    said = {key for row in rows for key in row}
    branches = [
        _BY_KEY.format(name=name, holds=holds, key=key, also=also)
        for name, (holds, key, also) in _KEYS.items()
        if name in said
    ]
    return _FIND.format(branches="\nUNION".join([_NEAR, *branches]))


def _candidate(asset_id: int, state: str, columns: list[Any]) -> Candidate:
    if isinstance(columns[-1], str):
        columns[-1] = json.loads(columns[-1])
    facts = facts_of_columns(*columns)
    return Candidate(asset_id, facts, columns[-3], columns[-2], state == OpenState.CLOSED)
