"""The REST API of the ground itself: where words are, what is here, which areas there are."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.gis.geos import Point
from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geo.beyond import BeyondError, FoundBeyond, ask_beyond
from geo.constraints import in_uk
from geo.drf import (
    FormatNegotiation,
    GeoJSONRenderer,
    GeometryField,
    PageSerializer,
    PointField,
    paged,
)
from geo.geocoding import nearest_postcode
from geo.models import Area, AreaKind
from geo.params import ParamError, QueryReader, read_numbers
from geo.search import POINT_KINDS, NamedPoint, search_points
from geo.srid import WGS84

ADDRESS: Final = "address"
"""What a geocoder outside finds."""

DEFAULT_PAGE_SIZE: Final = 50
MOST_ON_A_PAGE: Final = 500
MOST_PAGES: Final = 100_000


class FoundSerializer(serializers.Serializer[Any]):
    """A point with a name, how closely it is known, and from whom."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=(*POINT_KINDS, ADDRESS))
    location = PointField(source="point")
    source = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        help_text="postcodes, places, or a geocoder outside"
    )
    attribution = serializers.CharField(allow_blank=True, help_text="whom to name beside it")
    distance_m = serializers.IntegerField(required=False)


class FoundPageSerializer(serializers.Serializer[Any]):
    """What was found, the likeliest first."""

    count = serializers.IntegerField()
    results = FoundSerializer(many=True)
    note = serializers.CharField(allow_blank=True, help_text="why a geocoder gave no answer")


@dataclass(frozen=True)
class Asked:
    """What a geocoding request asks: words, or a point."""

    words: str
    point: Point | None
    beyond: bool = False

    @classmethod
    def parse(cls, params: QueryDict) -> "Asked":
        """Read a request. Raises ``ValidationError`` naming the parameter."""
        reader = QueryReader(params)
        words = reader.words("q")
        lon, lat = (reader.one(name, _degrees) for name in ("lon", "lat"))
        beyond = reader.choices("beyond", ("yes", "no"))
        if not reader.errors:
            _check_together(reader, words, lon, lat)
        reader.refuse_others(("q", "lon", "lat", "beyond", "format"))
        reader.finish()
        has_point = lon is not None and lat is not None
        point = Point(lon, lat, srid=WGS84) if has_point else None
        return cls(words, point, beyond=beyond == ("yes",))


def _check_together(
    reader: QueryReader, words: str, lon: float | None, lat: float | None
) -> None:
    if lon is None and lat is None:
        if not words:
            reader.errors["q"] = "Give a postcode or the name of a place; or lon and lat."
    elif words:
        reader.errors["q"] = "Give either q, or lon and lat."
    elif lon is None or lat is None:
        reader.errors["lon" if lon is None else "lat"] = "Give lon and lat together."
    elif not in_uk(lon, lat):
        swapped = ": are longitude and latitude swapped?" if in_uk(lat, lon) else "."
        reader.errors["lon"] = f"Outside the UK{swapped}"


def _degrees(text: str) -> float:
    (number,) = read_numbers(text, 1)
    if abs(number) > 180:
        raise ParamError("Put degrees.")
    return number


class GeocodeView(APIView):
    """From words to points, and from a point to the postcode it lies in."""

    renderer_classes = (JSONRenderer, GeoJSONRenderer)
    content_negotiation_class = FormatNegotiation

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="a postcode, a part of one, or a place"),
            OpenApiParameter("lon", float, description="degrees, together with lat"),
            OpenApiParameter("lat", float, description="degrees, together with lon"),
            OpenApiParameter(
                "beyond",
                str,
                enum=["yes", "no"],
                description="yes: ask the operator's geocoder, if there is one, for what is "
                "not known here. For what somebody has sent off, not as they type.",
            ),
            OpenApiParameter("format", str, enum=["json", "geojson"]),
        ],
        responses=FoundPageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer ``?q=`` with points, ``?lon=&lat=`` with the nearest postcode."""
        asked = Asked.parse(request.query_params)
        results, note = _located(asked) if asked.point is None else (_nearest(asked.point), "")
        return Response({"count": len(results), "results": results, "note": note})


def _located(asked: Asked) -> tuple[list[Any], str]:
    """Return what words mean, and why a geocoder outside gave no answer."""
    known = search_points(asked.words)
    if known or not asked.beyond:
        return [_told(found, found.kind) for found in known], ""
    try:
        return [_told(found, ADDRESS) for found in ask_beyond(asked.words)], ""
    except BeyondError as error:
        return [], str(error)


def _told(found: NamedPoint | FoundBeyond, kind: str) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in ("name", "point", "source", "attribution")}
    return dict(FoundSerializer({**values, "kind": kind}).data)


def _nearest(point: Point) -> list[dict[str, Any]]:
    postcode = nearest_postcode(point.x, point.y)
    if postcode is None:
        return []
    found = NamedPoint(str(postcode), "postcode", postcode.location)
    metres = round(postcode.distance.m)  # type: ignore[attr-defined]
    return [{**_told(found, found.kind), "distance_m": metres}]


class AreaSerializer(serializers.ModelSerializer[Area]):
    """An area without its boundary."""

    bbox = serializers.SerializerMethodField(help_text="west, south, east, north in degrees")

    class Meta:
        model = Area
        fields = ["id", "name", "kind", "code", "source", "bbox"]

    def get_bbox(self, area: Area) -> list[float]:
        """Return the box around the area."""
        return [round(degrees, 6) for degrees in area.boundary.extent]


class AreaDetailSerializer(AreaSerializer):
    """An area with its boundary."""

    boundary = GeometryField(types=("MultiPolygon",))

    class Meta(AreaSerializer.Meta):
        fields = [*AreaSerializer.Meta.fields, "boundary"]


class AreaPageSerializer(PageSerializer):
    """A page of areas."""

    results = AreaSerializer(many=True)


class AreaViewSet(viewsets.GenericViewSet[Area]):
    """Local authorities, wards and other areas; boundaries one at a time."""

    queryset = Area.objects.order_by("name", "pk")
    serializer_class = AreaSerializer
    renderer_classes = (JSONRenderer, GeoJSONRenderer)
    content_negotiation_class = FormatNegotiation
    filter_backends = ()
    pagination_class = None
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", str, enum=AreaKind.values, many=True),
            OpenApiParameter("q", str, description="occurs in the name, or is the code"),
            OpenApiParameter("page", int),
            OpenApiParameter("page_size", int, description=f"at most {MOST_ON_A_PAGE}"),
            OpenApiParameter("format", str, enum=["json", "geojson"]),
        ],
        responses=AreaPageSerializer,
    )
    def list(self, request: Request) -> Response:
        """List areas by name; says how many of how many."""
        reader = QueryReader(request.query_params)
        kinds, words = reader.choices("kind", AreaKind.values), reader.words("q")
        page = reader.whole("page", most=MOST_PAGES, default=1)
        size = reader.whole("page_size", most=MOST_ON_A_PAGE, default=DEFAULT_PAGE_SIZE)
        reader.refuse_others(("kind", "q", "page", "page_size", "format"))
        reader.finish()
        rows = _matching(self.get_queryset(), kinds, words)
        start = (page - 1) * size
        results = AreaSerializer(rows[start : start + size], many=True).data
        return Response(paged(request, results, count=rows.count(), page=page, page_size=size))

    @extend_schema(responses=AreaDetailSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one area with its boundary."""
        return Response(AreaDetailSerializer(self.get_object()).data)


def _matching(rows: QuerySet[Area], kinds: tuple[str, ...], words: str) -> QuerySet[Area]:
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if words:
        rows = rows.filter(name__icontains=words) | rows.filter(code__iexact=words)
    return rows
