"""The REST API's list of volunteers, for those who bring them and homes together."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from fans.people.audit import reads
from fans.people.consent.services import holding
from fans.people.volunteers.filters import (
    DEFAULT_PAGE_SIZE,
    MOST_ON_A_PAGE,
    VolunteerQuery,
)
from fans.people.volunteers.finding import found_by
from fans.people.volunteers.lists import INTERESTS, LANGUAGES, TIMES
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.models.volunteer import VolunteerQuerySet
from fans.people.volunteers.serializers import VolunteerPageSerializer, VolunteerSerializer
from geo.drf import FormatNegotiation, GeoJSONRenderer, paged


def _parameter(name: str, text: str, kind: Any = str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=text, **options)


_FORMAT = _parameter("format", "how to answer", enum=["json", "geojson"])
_FILTERS = [
    _parameter("in_bbox", "rough place inside west,south,east,north, in degrees"),
    _parameter("near", "lon,lat in degrees: nearest rough place first"),
    _parameter("within_m", "at most so many metres from near", float),
    _parameter("interest", "would enjoy one of these", enum=list(INTERESTS), many=True),
    _parameter("language", "speaks one of these", enum=list(LANGUAGES), many=True),
    _parameter("time", "free at one of these", enum=list(TIMES), many=True),
    _parameter("page", "from 1", int),
    _parameter("page_size", f"{DEFAULT_PAGE_SIZE} unless told, at most {MOST_ON_A_PAGE}", int),
    _FORMAT,
]


class VolunteerViewSet(viewsets.GenericViewSet[Volunteer]):
    """Active volunteers of 18 or over: living in an area of one's own, or coming to a home."""

    queryset = Volunteer.objects.none()  # get_queryset() knows who asks
    serializer_class = VolunteerSerializer
    renderer_classes = (JSONRenderer, GeoJSONRenderer)
    content_negotiation_class = FormatNegotiation
    filter_backends = ()
    pagination_class = None
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> VolunteerQuerySet:
        """Return whom the asking person may find."""
        return found_by(self.request.scopes("volunteers.find"))  # type: ignore[attr-defined]

    def get_serializer_context(self) -> dict[str, Any]:
        """Say whose first name may be told: of those who agreed, to roles that may."""
        may_name = self.request.user.has_perm("volunteers.name")
        named = holding("name_to_homes") if may_name else set()
        return {**super().get_serializer_context(), "named": named}

    @extend_schema(parameters=_FILTERS, responses=VolunteerPageSerializer)
    def list(self, request: Request) -> Response:
        """List volunteers; says how many of how many. An unknown parameter is refused."""
        query = VolunteerQuery.parse(request.query_params)
        rows = query.rows(self.get_queryset())
        page = list(query.page_of(rows))
        reads.note(request, page, action="volunteers.find")
        results = self.get_serializer(page, many=True).data
        return Response(
            paged(
                request,
                results,
                count=rows.count(),
                page=query.page,
                page_size=query.page_size,
            )
        )

    @extend_schema(parameters=[_FORMAT], responses=VolunteerSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one volunteer."""
        volunteer = self.get_object()
        reads.note(request, [volunteer], action="volunteers.find")
        return Response(self.get_serializer(volunteer).data)
