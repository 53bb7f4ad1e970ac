"""The REST API's list of care homes; read-only, and never more than the public sees."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from geo.drf import FormatNegotiation, GeoJSONRenderer, paged
from homes.filters import DEFAULT_PAGE_SIZE, DORMANT, MOST_ON_A_PAGE, HomeQuery
from homes.models import Home, HomeAssetKind, HomeKind
from homes.offers_shown import with_offers
from homes.serializers import HomeDetailSerializer, HomePageSerializer, HomeSerializer
from homes.shown import Shown, shown_homes


def _parameter(name: str, text: str, kind: Any = str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=text, **options)


_FORMAT = _parameter("format", "how to answer", enum=["json", "geojson"])
_FILTERS = [
    _parameter("in_bbox", "inside west,south,east,north, in degrees"),
    _parameter("near", "lon,lat in degrees: nearest first"),
    _parameter("within_m", "at most so many metres from near", float),
    _parameter("kind", "of these kinds", enum=HomeKind.values, many=True),
    _parameter("home_asset", "offering one of these", enum=HomeAssetKind.values, many=True),
    _parameter("dormant", "giving no care at present", enum=DORMANT),
    _parameter("q", "every word occurs in name, address, postcode or authority"),
    _parameter("page", "from 1", int),
    _parameter("page_size", f"{DEFAULT_PAGE_SIZE} unless told, at most {MOST_ON_A_PAGE}", int),
    _FORMAT,
]


class HomeViewSet(viewsets.GenericViewSet[Home]):
    """Care homes that are registered today."""

    queryset = Home.objects.none()
    serializer_class = HomeSerializer
    renderer_classes = (JSONRenderer, GeoJSONRenderer)
    content_negotiation_class = FormatNegotiation
    filter_backends = ()
    pagination_class = None
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> Shown:
        """Return what anybody may see."""
        return with_offers(shown_homes())

    @extend_schema(parameters=_FILTERS, responses=HomePageSerializer)
    def list(self, request: Request) -> Response:
        """List homes; says how many of how many. An unknown parameter is refused."""
        query = HomeQuery.parse(request.query_params, others=("format",))
        rows = query.rows()
        results = HomeSerializer(query.page_of(rows), many=True).data
        return Response(
            paged(
                request,
                results,
                count=rows.count(),
                page=query.page,
                page_size=query.page_size,
            )
        )

    @extend_schema(parameters=[_FORMAT], responses=HomeDetailSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one home, with its registrations."""
        return Response(HomeDetailSerializer(self.get_object()).data)
