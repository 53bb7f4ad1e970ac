"""Assets as GeoJSON, written by PostgreSQL: a page of thousands is one row of text."""

import json
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections

from assets.constraints import ACCESS
from assets.models import AssetQuerySet
from assets.provenance import attributions_of
from geo.drf import POINT_SCHEMA
from geo.geojson import DECIMALS

PROPERTIES: Final = (  # all of them words or days, which JSON writes alike
    "name",
    "category",
    "description",
    "address",
    "postcode",
    "location_precision",
    "phone",
    "website",
    "opening_hours",
    "closed_from",
    "closed_until",
    "wheelchair",
    *ACCESS,
    "cost_kind",
    "visibility",
    "check_state",
    "source",
    "source_ref",
)

RENAMED: Final = {"licence": "source_licence", "attribution": "source_attribution"}

FEATURE_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": {"type": "integer"},
        "geometry": {**POINT_SCHEMA, "nullable": True},
        "properties": {"type": "object"},
    },
}
COLLECTION_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["type", "count", "returned", "features"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "count": {"type": "integer"},
        "returned": {"type": "integer"},
        "page": {"type": "integer"},
        "page_size": {"type": "integer"},
        "next": {"type": "string", "format": "uri", "nullable": True},
        "previous": {"type": "string", "format": "uri", "nullable": True},
        "attributions": {
            "type": "array",
            "description": "Whom to name wherever these rows are shown or passed on.",
            "items": {
                "type": "object",
                "properties": {
                    name: {"type": "string"} for name in ("source", "licence", "attribution")
                },
            },
        },
        "features": {"type": "array", "items": FEATURE_SCHEMA},
    },
}


_COLUMNS: Final = {**{name: name for name in PROPERTIES}, **RENAMED}
_DAYS: Final = ("closed_from", "closed_until")
_OWN: Final = (
    *("name", "description", "address", "postcode"),
    *("phone", "website", "opening_hours", "source_ref"),
)
_ALIKE: Final = tuple(name for name in _COLUMNS if name not in (*_DAYS, *_OWN))
"""What hundreds of places have alike: sent in short, and written once for all of them."""

# Most of the time goes into writing texts as JSON, one by one. So a row's own texts are put
# together with a mark where a quotation mark belongs, written as JSON all at once, which
# leaves the mark as it is, and the marks of the whole page are changed in one go. Whether a
# text holds the mark itself, the number of marks tells: that page is written with care.
_MARK: Final = "\x7f"

_SWIFTLY: Final = """
SELECT concat('{{"type": "Feature", "id": ', id, ', "geometry": ',
              coalesce(ST_AsGeoJSON(location::geometry, {decimals}, 0), 'null'),
              ', "properties": {{', {days}, to_json(concat({own}))::text, ', '),
       concat_ws('{mark}', {alike})
  FROM ({rows}) AS page (id, location, {listed})
"""

# json_object() takes texts as they are. What takes values of any type (to_json, row_to_json,
# json_build_object) looks each one's type up, row by row, which is half as slow again.
_WITH_CARE: Final = """
SELECT concat('{{"type": "Feature", "id": ', id, ', "geometry": ',
              coalesce(ST_AsGeoJSON(location::geometry, {decimals}, 0), 'null'),
              ', "properties": ', json_object(%s::text[], ARRAY[{columns}]), '}}'),
       source, source_licence, source_attribution
  FROM ({rows}) AS page (id, location, {listed})
"""


@dataclass(frozen=True)
class Features:
    """A page of assets: a JSON array's items, how many, and whom to name for them."""

    text: bytes = b""
    count: int = 0
    origins: tuple[tuple[str, str, str], ...] = ()


def features_of(rows: AssetQuerySet) -> Features:
    """Return the rows as GeoJSON features, in the rows' own order."""
    query = rows.values_list("pk", "location", *_COLUMNS.values()).query.clone()
    query.subquery = True  # geometry as such, not as the bytes that Python would read
    try:
        sql, params = query.get_compiler(using=rows.db).as_sql()
    except EmptyResultSet:  # Django knows without asking that there is none
        return Features()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(_swiftly(sql), params)
        found = _joined(cursor.fetchall())
        if found is None:
            cursor.execute(_with_care(sql), [list(_COLUMNS), *params])
            found = _careful(cursor.fetchall())
    return found


def collection_of(features: Features, members: dict[str, Any]) -> bytes:
    """Return a FeatureCollection with further members, such as counts."""
    attributions = attributions_of(features.origins)
    head = {"type": "FeatureCollection", **members, "attributions": attributions}
    start = f'{json.dumps(head)[:-1]}, "features": ['.encode()
    return b"".join((start, features.text, b"]}"))


def _swiftly(rows: str) -> str:
    days = (f"""'"{day}": ', coalesce('"' || {day} || '"', 'null'), ', '""" for day in _DAYS)
    # JSON itself quotes the whole at its ends.
    own = (f"{name}{_MARK}: {_MARK}', {name}" for name in _OWN)
    return _SWIFTLY.format(
        days=", ".join(days),
        own="'" + f", '{_MARK}, {_MARK}".join(own),
        alike=", ".join(_COLUMNS[name] for name in _ALIKE),
        mark=_MARK,
        decimals=DECIMALS,
        listed=", ".join(_COLUMNS.values()),
        rows=rows,
    )


def _with_care(rows: str) -> str:
    return _WITH_CARE.format(
        columns=", ".join(f"{column}::text" for column in _COLUMNS.values()),
        decimals=DECIMALS,
        listed=", ".join(_COLUMNS.values()),
        rows=rows,
    )


def _joined(rows: list[tuple[str, str]]) -> Features | None:
    """Return the page of rows that were written swiftly; None where a text has the mark."""
    ends, origins = {}, set()
    for alike in {alike for _, alike in rows}:
        values = alike.split(_MARK)
        if len(values) != len(_ALIKE):
            return None
        named = dict(zip(_ALIKE, values, strict=True))
        ends[alike] = f"{json.dumps(named)[1:]}}}"
        origins.add((named["source"], named["licence"], named["attribution"]))
    text = ", ".join([own + ends[alike] for own, alike in rows]).encode()
    if text.count(_MARK.encode()) != (4 * len(_OWN) - 2) * len(rows):
        return None
    return Features(text.replace(_MARK.encode(), b'"'), len(rows), tuple(origins))


def _careful(rows: list[tuple[str, str, str, str]]) -> Features:
    text = ", ".join([feature for feature, *_ in rows]).encode()
    return Features(text, len(rows), tuple({(one, two, three) for _, one, two, three in rows}))
