"""The REST framework's side of places: strict fields, filters, GeoJSON answers."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, ClassVar, TypeVar

from django.contrib.gis.geos import GEOSGeometry, Point
from django.http import QueryDict
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from geo.geojson import DECIMALS, GeometryError, parse_geometry
from geo.params import ParamError, read_bbox, read_metres, read_near

T = TypeVar("T")

_POSITION_SCHEMA = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
POINT_SCHEMA = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"type": "string", "enum": ["Point"]},
        "coordinates": _POSITION_SCHEMA,
    },
    "example": {"type": "Point", "coordinates": [-2.322, 53.424]},
}


GEOMETRY_SCHEMA = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {"type": {"type": "string"}, "coordinates": {"type": "array", "items": {}}},
}


@extend_schema_field(GEOMETRY_SCHEMA)
class GeometryField(serializers.Field[GEOSGeometry, Any, dict[str, Any], Any]):
    """A GeoJSON geometry of the types given; takes nothing but what ``parse_geometry`` does."""

    def __init__(self, *, types: Collection[str] = ("Point",), **options: Any) -> None:
        self.types = types
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> GEOSGeometry:
        """Read GeoJSON; the message names the position that is wrong."""
        try:
            return parse_geometry(data, types=self.types)
        except GeometryError as error:
            raise ValidationError(str(error)) from error

    def to_representation(self, value: GEOSGeometry) -> dict[str, Any]:
        """Write GeoJSON, with no more digits than mean something."""
        coordinates: Any = getattr(value, "coords", ())
        return {"type": value.geom_type, "coordinates": _rounded(coordinates)}


@extend_schema_field(POINT_SCHEMA)
class PointField(GeometryField):
    """A GeoJSON point."""


def _rounded(part: Any) -> Any:
    if isinstance(part, tuple):
        return [_rounded(inner) for inner in part]
    return round(part, DECIMALS)


def read_param(params: QueryDict, name: str, read: Callable[[str], T]) -> T | None:
    """Read one parameter; None where it is left out or empty.

    Raises:
        ValidationError: names the parameter that is wrong, or stands twice.
    """
    values = [value.strip() for value in params.getlist(name)]
    if len(values) > 1:
        raise ValidationError({name: ["Give this once."]})
    if not values or not values[0]:
        return None
    try:
        return read(values[0])
    except ParamError as error:
        raise ValidationError({name: [str(error)]}) from error


class InBBoxFilter(BaseFilterBackend):
    """``in_bbox=west,south,east,north``: rows inside the box, in degrees."""

    def filter_queryset(self, request: Request, queryset: Any, view: APIView) -> Any:
        """Keep rows inside the box, where one is asked for."""
        box = read_param(request.query_params, "in_bbox", read_bbox)
        return queryset if box is None else queryset.in_bbox(*box)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Describe the parameter."""
        return [_parameter("in_bbox", "west,south,east,north in degrees", "string")]


class NearFilter(BaseFilterBackend):
    """``near=lon,lat``: nearest first; ``within_m=``: no farther than so many metres."""

    def filter_queryset(self, request: Request, queryset: Any, view: APIView) -> Any:
        """Order rows by distance from the point, which they get as ``distance``."""
        point = read_param(request.query_params, "near", read_near)
        metres = read_param(request.query_params, "within_m", read_metres)
        if point is None:
            if metres is not None:
                words = "Give near as well: within_m is measured from there."
                raise ValidationError({"within_m": [words]})
            return queryset
        return self.near(queryset, point, metres)

    def near(self, queryset: Any, point: Point, metres: float | None) -> Any:
        """Order rows of a queryset that has ``location``."""
        if metres is not None:
            queryset = queryset.within(metres, of=point)
        return queryset.with_distance(from_=point).nearest_first(to=point)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Describe both parameters."""
        return [
            _parameter("near", "lon,lat in degrees: nearest first", "string"),
            _parameter("within_m", "metres from near", "number"),
        ]


def _parameter(name: str, description: str, kind: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": kind},
    }


class GeoJSONRenderer(JSONRenderer):
    """Writes what a serializer gives as GeoJSON: geometry is ``location`` or ``boundary``."""

    media_type = "application/geo+json"
    format = "geojson"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Any = None,
    ) -> bytes:
        """Write a page of rows as a FeatureCollection, one row as a Feature."""
        response = (renderer_context or {}).get("response")
        if response is None or response.status_code < 400:
            data = as_geojson(data)
        return bytes(super().render(data, accepted_media_type, renderer_context))


def as_geojson(data: Any) -> dict[str, Any]:
    """Return a page (``results``, ``count``), a plain list or one row as GeoJSON."""
    if isinstance(data, list):
        data = {"count": len(data), "results": data}
    if "results" not in data:
        return _feature(data)
    rest = {name: value for name, value in data.items() if name != "results"}
    features = [_feature(row) for row in data["results"]]
    return {"type": "FeatureCollection", **rest, "features": features}


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    properties = dict(row)
    boundary = properties.pop("boundary", None)
    return {
        "type": "Feature",
        "id": properties.pop("id", None),
        "geometry": properties.pop("location", boundary),
        "properties": properties,
    }


class FormatNegotiation(DefaultContentNegotiation):
    """Takes ``?format=geojson`` before ``Accept``; an unknown format is a 400."""

    formats: ClassVar[str] = "format"

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """Choose how to answer."""
        asked = request.query_params.get(self.formats)
        if not asked:
            chosen: tuple[BaseRenderer, str] = super().select_renderer(
                request, renderers, format_suffix
            )
            return chosen
        for renderer in renderers:
            if renderer.format == asked:
                return renderer, str(renderer.media_type)
        names = " or ".join(str(renderer.format) for renderer in renderers)
        raise ValidationError({self.formats: [f"Put {names}."]})


def paged(
    request: Request, results: Any, *, count: int, page: int, page_size: int
) -> dict[str, Any]:
    """Return a page of results as every list answers: how many of how many, and the way on."""
    more = (page - 1) * page_size + len(results) < count
    return {
        "count": count,
        "returned": len(results),
        "page": page,
        "page_size": page_size,
        "next": _page_url(request, page + 1) if more else None,
        "previous": _page_url(request, page - 1) if page > 1 else None,
        "results": results,
    }


def _page_url(request: Request, page: int) -> str:
    return str(replace_query_param(request.build_absolute_uri(), "page", page))


class PageSerializer(serializers.Serializer[Any]):
    """What ``paged`` adds to results, for the schema."""

    count = serializers.IntegerField()
    returned = serializers.IntegerField()
    page = serializers.IntegerField()
    page_size = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
