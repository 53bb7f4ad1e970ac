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


_COLUMNS: Final = (*PROPERTIES, *RENAMED.values())
_NAMES: Final = (*PROPERTIES, *RENAMED)

# json_object() takes texts as they are. What takes values of any type (to_json, row_to_json,
# json_build_object) looks each one's type up, row by row, which is half as slow again.
#
# Whom to name is gathered apart: DISTINCT beside it could put the features in its own order.
_GATHER: Final = """
WITH written AS MATERIALIZED (
    SELECT concat('{{"type": "Feature", "id": ', id, ', "geometry": ',
                  coalesce(ST_AsGeoJSON(location::geometry, {decimals}, 0), 'null'),
                  ', "properties": ', json_object(%s::text[], ARRAY[{columns}]), '}}')
               AS feature,
           source, source_licence, source_attribution
      FROM ({rows}) AS page (id, location, {listed})
)
SELECT (SELECT string_agg(feature, ', ') FROM written), (SELECT count(*) FROM written),
       ARRAY(SELECT DISTINCT ARRAY[source, source_licence, source_attribution]::text[]
               FROM written)
"""


@dataclass(frozen=True)
class Features:
    """A page of assets: a JSON array's items, how many, and whom to name for them."""

    text: str = ""
    count: int = 0
    origins: tuple[tuple[str, str, str], ...] = ()


def features_of(rows: AssetQuerySet) -> Features:
    """Return the rows as GeoJSON features, in the rows' own order."""
    query = rows.values_list("pk", "location", *_COLUMNS).query.clone()
    query.subquery = True  # geometry as such, not as the bytes that Python would read
    try:
        sql, params = query.get_compiler(using=rows.db).as_sql()
    except EmptyResultSet:  # Django knows without asking that there is none
        return Features()
    statement = _GATHER.format(
        decimals=DECIMALS,
        columns=", ".join(f"{column}::text" for column in _COLUMNS),
        listed=", ".join(_COLUMNS),
        rows=sql,
    )
    with connections[rows.db].cursor() as cursor:
        cursor.execute(statement, [list(_NAMES), *params])
        text, count, origins = cursor.fetchone()
    return Features(text or "", count, tuple(tuple(origin) for origin in origins))


def collection_of(features: Features, members: dict[str, Any]) -> str:
    """Return a FeatureCollection with further members, such as counts."""
    attributions = attributions_of(features.origins)
    head = {"type": "FeatureCollection", **members, "attributions": attributions}
    return f'{json.dumps(head)[:-1]}, "features": [{features.text}]}}'
