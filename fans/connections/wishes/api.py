"""The REST API's list of wishes, for those who may see a home's."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from fans.connections.wishes.models import Wish, WishQuerySet, WishStatus
from fans.connections.wishes.serializers import WishPageSerializer, WishSerializer
from fans.connections.wishes.tags import TAGS
from fans.people.permissions import homes_in_reach
from geo.drf import paged
from geo.params import QueryReader

DEFAULT_PAGE_SIZE: Final = 50
MOST_ON_A_PAGE: Final = 500
MOST_PAGES: Final = 10_000
LAST_ID: Final = 2**31
PARAMETERS: Final = ("home", "status", "tag", "page", "page_size", "format")


def _parameter(name: str, text: str, kind: Any = str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=text, **options)


_FILTERS = [
    _parameter("home", "of this home", int),
    _parameter("status", "open, granted or let go", enum=WishStatus.values, many=True),
    _parameter("tag", "about one of these", enum=list(TAGS), many=True),
    _parameter("page", "from 1", int),
    _parameter("page_size", f"{DEFAULT_PAGE_SIZE} unless told, at most {MOST_ON_A_PAGE}", int),
]


class WishViewSet(viewsets.GenericViewSet[Wish]):
    """Wishes of the homes whose board one may see; of no other home."""

    queryset = Wish.objects.none()  # get_queryset() knows who asks
    serializer_class = WishSerializer
    renderer_classes = (JSONRenderer,)
    filter_backends = ()
    pagination_class = None
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> WishQuerySet:
        """Return the wishes that the asking person may see."""
        reach = self.request.scopes("wishes.view")  # type: ignore[attr-defined]
        return Wish.objects.of_homes(homes_in_reach(reach))

    @extend_schema(parameters=_FILTERS, responses=WishPageSerializer)
    def list(self, request: Request) -> Response:
        """List wishes, the latest first; says how many of how many."""
        reader = QueryReader(request.query_params)
        home = reader.whole("home", most=LAST_ID, default=0)
        statuses = reader.choices("status", dict(WishStatus.choices))
        tags = reader.choices("tag", TAGS)
        page = reader.whole("page", most=MOST_PAGES, default=1)
        size = reader.whole("page_size", most=MOST_ON_A_PAGE, default=DEFAULT_PAGE_SIZE)
        reader.refuse_others(PARAMETERS)
        reader.finish()
        rows = self.get_queryset()
        if home:
            rows = rows.filter(home=home)
        if statuses:
            rows = rows.filter(status__in=statuses)
        if tags:
            rows = rows.filter(tags__overlap=list(tags))
        start = (page - 1) * size
        results = self.get_serializer(rows[start : start + size], many=True).data
        return Response(paged(request, results, count=rows.count(), page=page, page_size=size))

    @extend_schema(responses=WishSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one wish."""
        return Response(self.get_serializer(self.get_object()).data)
