"""The REST API's lists of assets and of their categories; read-only."""

import re
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from assets import categories
from assets.counting import count_found
from assets.filters import DEFAULT_PAGE_SIZE, MOST_ON_A_PAGE, AssetQuery
from assets.geojson import COLLECTION_SCHEMA, FEATURE_SCHEMA, collection_of, features_of
from assets.models import Asset, AssetQuerySet, AssetSource, CheckState, Wheelchair
from assets.provenance import attributions_of
from assets.serializers import (
    AssetDetailSerializer,
    AssetPageSerializer,
    AssetSerializer,
    CategoryListSerializer,
    CategorySerializer,
    rows_of,
)
from assets.standing import stands_for
from geo.drf import FormatNegotiation, GeoJSONRenderer

GEOJSON = GeoJSONRenderer.media_type
_ID: Final = re.compile("[0-9]{1,18}")


def _parameter(name: str, text: str, kind: Any = str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=text, **options)


_FORMAT = _parameter("format", "how to answer", enum=["json", "geojson"])
_FILTERS = [
    _parameter("in_bbox", "inside west,south,east,north, in degrees; also as bbox"),
    _parameter("near", "lon,lat in degrees: nearest first"),
    _parameter("within_m", "at most so many metres from near", float),
    _parameter("category", "of these kinds", enum=categories.SLUGS, many=True),
    _parameter("q", "every word occurs in name, description, address or postcode"),
    _parameter("check_state", "checked so", enum=CheckState.values, many=True),
    _parameter("wheelchair", "a wheelchair gets in so", enum=Wheelchair.values, many=True),
    _parameter("source", "taken from these sources", enum=AssetSource.values, many=True),
    _parameter("licence", "its licence begins so, such as ODbL"),
    _parameter("page", "from 1", int),
    _parameter("page_size", f"{DEFAULT_PAGE_SIZE} unless told, at most {MOST_ON_A_PAGE}", int),
    _FORMAT,
]


class AssetViewSet(viewsets.GenericViewSet[Asset]):
    """Community assets: published ones, and drafts for those who may see them."""

    queryset = Asset.objects.none()  # get_queryset() knows who asks
    serializer_class = AssetSerializer
    renderer_classes = (JSONRenderer, GeoJSONRenderer)
    content_negotiation_class = FormatNegotiation
    filter_backends = ()
    pagination_class = None

    def get_queryset(self) -> AssetQuerySet:
        """Return what the asking person may see."""
        reach = self.request.scopes("assets.view_draft")  # type: ignore[attr-defined]
        return Asset.objects.visible_to(
            everywhere=reach.everywhere,
            area_ids=reach.area_ids,
            added_by=self.request.user.pk,
        )

    @extend_schema(
        parameters=_FILTERS,
        responses={
            (200, "application/json"): AssetPageSerializer,
            (200, GEOJSON): COLLECTION_SCHEMA,
        },
    )
    def list(self, request: Request) -> HttpResponseBase:
        """List assets; says how many of how many. An unknown parameter is refused."""
        query = AssetQuery.parse(request.query_params, others=frozenset({"format"}))
        allowed = self.get_queryset()
        page = query.page_of(allowed)
        if request.accepted_renderer.format == "geojson":
            features = features_of(page)
            members = self._members(request, query, self._count(query, allowed, features.count))
            return HttpResponse(collection_of(features, members), content_type=GEOJSON)
        results = rows_of(page)
        members = self._members(request, query, self._count(query, allowed, len(results)))
        origins = ((row["source"], row["licence"], row["attribution"]) for row in results)
        return Response(
            {**members, "attributions": attributions_of(origins), "results": results}
        )

    @extend_schema(
        parameters=[_FORMAT],
        responses={
            (200, "application/json"): AssetDetailSerializer,
            (200, GEOJSON): FEATURE_SCHEMA,
        },
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one asset, with the latest check of each fact.

        A record that was merged into another answers with that one's address (302).
        """
        try:
            asset = self.get_object()
        except Http404:
            if (address := self._where_now(request, pk)) is None:
                raise
            return Response(status=302, headers={"Location": address})
        return Response(AssetDetailSerializer(asset, context={"request": request}).data)

    def _where_now(self, request: Request, pk: str) -> str | None:
        """Return the address of the record that this one was merged into, if it may be seen."""
        if not _ID.fullmatch(pk):
            return None
        into = stands_for(int(pk))
        if into == int(pk) or not self.get_queryset().filter(pk=into).exists():
            return None
        query = request.META.get("QUERY_STRING", "")
        return reverse("api:assets-detail", args=[into]) + (f"?{query}" if query else "")

    def _count(self, query: AssetQuery, allowed: AssetQuerySet, returned: int) -> int:
        """Return how many there are; the last page tells by itself."""
        if 0 < returned < query.page_size:
            return (query.page - 1) * query.page_size + returned
        sees_more = self.request.user.is_authenticated
        return count_found(query, allowed, sees_more=sees_more)

    def _members(self, request: Request, query: AssetQuery, count: int) -> dict[str, Any]:
        start = (query.page - 1) * query.page_size
        returned = max(0, min(query.page_size, count - start))
        return {
            "count": count,
            "returned": returned,
            "page": query.page,
            "page_size": query.page_size,
            "next": _page_url(request, query.page + 1) if start + returned < count else None,
            "previous": _page_url(request, query.page - 1) if query.page > 1 else None,
        }


def _page_url(request: Request, page: int) -> str:
    return str(replace_query_param(request.build_absolute_uri(), "page", page))


class CategoryViewSet(viewsets.ViewSet):
    """The 25 kinds of asset."""

    serializer_class = CategorySerializer
    lookup_field = "slug"

    @extend_schema(responses=CategoryListSerializer)
    def list(self, request: Request) -> Response:
        """List the kinds, in their own order."""
        results = [CategorySerializer(category).data for category in categories.CATEGORIES]
        return Response({"count": len(results), "results": results})

    @extend_schema(
        parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH)],
        responses=CategorySerializer,
    )
    def retrieve(self, request: Request, slug: str) -> Response:
        """Give one kind by its slug."""
        category = categories.BY_SLUG.get(slug)
        if category is None:
            raise Http404
        return Response(CategorySerializer(category).data)
