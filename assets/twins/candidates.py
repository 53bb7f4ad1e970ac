"""Records that are worth comparing: few for each, by indexes, for many at once."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from assets.twins.keys import CHARITY_SQL, PHONE_SQL, WEBSITE_SQL, phone_key, website_key
from assets.twins.records import COLUMNS, facts_of_columns
from assets.twins.signals import Facts

NEAR_M: Final = 250
"""How far around a record others are looked at. Farther off, a name alone says nothing."""

NAME_AT_LEAST: Final = 0.22
"""Trigrams that names nearby share at least; "Hyde" and "Hyde Library" have 0.38."""

MOST_A_KEY: Final = 12
"""How many of those with the same phone, page or postcode; whole chains share one page."""

_ROWS: Final = """
WITH r AS MATERIALIZED (
    SELECT n, lower(name) AS name, postcode, phone, website, charity,
           CASE WHEN lon IS NOT NULL THEN ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography
           END AS point
      FROM json_to_recordset(%(rows)s::json) AS given(n bigint, name text, lon float8,
           lat float8, postcode text, phone text, website text, charity text)
), found AS ({branches})
SELECT found.n, a.id, {columns}
  FROM found JOIN assets_asset a ON a.id = found.id
"""
_NEAR: Final = """
    SELECT r.n, a.id FROM r JOIN assets_asset a ON ST_DWithin(a.location, r.point, %(near)s)
     WHERE r.point IS NOT NULL AND a.merged_into_id IS NULL
       AND similarity(lower(a.name), r.name) >= %(alike)s"""
_BY_KEY: Final = """
    SELECT r.n, k.id FROM r CROSS JOIN LATERAL (
        SELECT a.id FROM assets_asset a
         WHERE {holds} AND {key} = r.{name} AND a.merged_into_id IS NULL {also}
         LIMIT %(most)s) AS k
     WHERE r.{name} IS NOT NULL"""
_ALIKE: Final = "AND similarity(lower(a.name), r.name) >= %(alike)s"
_KEYS: Final = {
    "phone": ("a.phone <> ''", PHONE_SQL.format("a.phone"), ""),
    "website": ("a.website <> ''", WEBSITE_SQL.format("a.website"), ""),
    "charity": (f"{CHARITY_SQL.format('a.')} IS NOT NULL", CHARITY_SQL.format("a."), ""),
    "postcode": ("a.postcode <> ''", "a.postcode", _ALIKE),
}


@dataclass(frozen=True)
class Candidate:
    """An asset that may be the one that a record speaks of."""

    asset_id: int
    facts: Facts
    source: str
    source_ref: str


def candidates(
    records: Mapping[int, Facts], *, near_m: int = NEAR_M
) -> Iterator[tuple[int, Candidate]]:
    """Yield, by a record's number, the assets that are worth comparing with it.

    Those that are part of another record already are left out.
    """
    rows = {number: _keys_of(number, facts) for number, facts in records.items()}
    if not rows:
        return
    values = {
        "rows": json.dumps(list(rows.values())),
        "near": near_m,
        "alike": NAME_AT_LEAST,
        "most": MOST_A_KEY,
    }
    seen: dict[int, Candidate] = {}
    with connection.cursor() as cursor:
        cursor.execute(_statement(rows.values()), values)
        for number, asset_id, *columns in cursor:
            if asset_id not in seen:
                seen[asset_id] = _candidate(asset_id, columns)
            yield number, seen[asset_id]


def _keys_of(number: int, facts: Facts) -> dict[str, Any]:
    said = {
        "n": number,
        "name": facts.name,
        "lon": facts.lon,
        "lat": facts.lat,
        "postcode": facts.postcode,
        "phone": phone_key(facts.phone),
        "website": website_key(facts.website),
        "charity": facts.ids.get("charity"),
    }
    return {key: value for key, value in said.items() if value not in (None, "")}


def _statement(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the search by what the rows say: a branch that none needs is left out."""
    said = {key for row in rows for key in row}
    branches = [_NEAR] if "lon" in said else []
    for name, (holds, key, also) in _KEYS.items():
        if name in said:
            branches.append(_BY_KEY.format(name=name, holds=holds, key=key, also=also))
    if not branches:
        branches = ["SELECT NULL::bigint AS n, NULL::bigint AS id WHERE false"]
    return _ROWS.format(branches="\n    UNION".join(branches), columns=COLUMNS.format("a."))


def _candidate(asset_id: int, columns: list[Any]) -> Candidate:
    if isinstance(columns[-1], str):
        columns[-1] = json.loads(columns[-1])
    return Candidate(asset_id, facts_of_columns(*columns), columns[-3], columns[-2])
