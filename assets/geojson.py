"""Assets as GeoJSON, written by PostgreSQL: a page of 500 is one row of text."""

import json
from typing import Any, Final

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, JSONField, Value
from django.db.models.functions import Cast, JSONObject

from assets.constraints import ACCESS
from assets.models import AssetQuerySet
from assets.provenance import attributions_of
from geo.drf import POINT_SCHEMA
from geo.geojson import DECIMALS

PROPERTIES: Final = (
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


_GATHER: Final = """
SELECT coalesce(json_agg(page.feature), '[]')::text,
       json_agg(DISTINCT jsonb_build_array(page.feature->'properties'->>'source',
                                           page.feature->'properties'->>'licence',
                                           page.feature->'properties'->>'attribution'))
  FROM ({}) AS page
"""


def features_of(rows: AssetQuerySet) -> tuple[str, list[dict[str, str]]]:
    """Return the rows as a JSON array of features, in the rows' own order, and whom to name."""
    feature = JSONObject(
        type=Value("Feature"),
        id=F("pk"),
        geometry=Cast(AsGeoJSON("location", precision=DECIMALS), JSONField()),
        properties=JSONObject(
            **{name: F(name) for name in PROPERTIES},
            **{name: F(column) for name, column in RENAMED.items()},
        ),
    )
    try:
        sql, params = rows.annotate(feature=feature).values("feature").query.sql_with_params()
    except EmptyResultSet:  # Django knows without asking that there is none
        return "[]", []
    with connection.cursor() as cursor:
        cursor.execute(_GATHER.format(sql), params)
        text, origins = cursor.fetchone()
    found = json.loads(origins) if isinstance(origins, str) else origins or []
    return str(text), attributions_of(tuple(origin) for origin in found)


def collection_of(rows: AssetQuerySet, members: dict[str, Any]) -> str:
    """Return a FeatureCollection with further members, such as counts."""
    features, attributions = features_of(rows)
    head = {"type": "FeatureCollection", **members, "attributions": attributions}
    return f'{json.dumps(head)[:-1]}, "features": {features}}}'
