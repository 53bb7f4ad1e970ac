"""The REST API's lists of ties and of the log, for those who may see a home's."""

from typing import Any, Final, cast

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from fans.connections.candidates import Candidate, places_for, standing_ties
from fans.connections.errors import AlreadyLoggedError, ConnectionsError
from fans.connections.filters import DEFAULT_PAGE_SIZE, MOST_ON_A_PAGE, Asked
from fans.connections.going_quiet import quiet_ties
from fans.connections.models import (
    Connection,
    ConnectionQuerySet,
    Direction,
    LogSource,
    Partnership,
    PartnershipStatus,
)
from fans.connections.serializers import (
    ConnectionPageSerializer,
    ConnectionSerializer,
    NewConnectionSerializer,
    PartnershipPageSerializer,
    PartnershipSerializer,
)
from fans.connections.services import log_connection
from fans.people.models import Person
from fans.people.permissions import homes_in_reach
from geo.drf import FormatNegotiation, GeoJSONRenderer, paged
from homes.models import Home

SEE: Final = "connections.view"
LOG: Final = "connections.log"
WORDS: Final = "connections.edit_tie"
"""Who may change a home's ties reads its notes and reasons; others see that rows stand."""


def _parameter(name: str, text: str, kind: Any = str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=text, **options)


_ALWAYS = [
    _parameter("home", "of this home", int),
    _parameter("from", "from this day on, such as 2026-10-01"),
    _parameter("to", "up to this day"),
    _parameter("page", "from 1", int),
    _parameter("page_size", f"{DEFAULT_PAGE_SIZE} unless told, at most {MOST_ON_A_PAGE}", int),
]
_OF_TIES = [
    _parameter("status", "how far it has come", enum=PartnershipStatus.values, many=True),
    _parameter("format", "how to answer", enum=["json", "geojson"]),
]
_OF_LOG = [
    _parameter("direction", "which way", enum=Direction.values, many=True),
    _parameter("source", "how it came into the log", enum=LogSource.values, many=True),
    _parameter("partnership", "with this tie", int),
]


class SaidOtherwise(APIException):
    """The same id was sent before, with something else."""

    status_code = status.HTTP_409_CONFLICT


class OfHomes(viewsets.GenericViewSet[Any]):
    """Rows of the homes that somebody's roles reach, and of no other."""

    filter_backends = ()
    pagination_class = None
    lookup_value_regex = "[0-9]{1,18}"

    def homes(self, action: str = SEE) -> Any:
        """Return the homes in which the asking person may do something."""
        return homes_in_reach(self.request.scopes(action))  # type: ignore[attr-defined]

    def given(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Write rows out, each with its words for those who may read them."""
        homes = {row.home_id for row in rows}
        worded = self.homes(WORDS).filter(pk__in=homes).values_list("pk", flat=True)
        context = {**self.get_serializer_context(), "worded": set(worded)}
        serializer: Any = self.get_serializer_class()
        result: list[dict[str, Any]] = serializer(
            rows, many=True, context={**context, **self.also(rows)}
        ).data
        return result

    def also(self, rows: list[Any]) -> dict[str, Any]:
        """Return what else the rows are written with."""
        return {}

    def answer(self, request: Request, asked: Asked, rows: Any) -> Response:
        """Answer with a page of rows; says how many of how many."""
        results = self.given(list(asked.page_of(rows)))
        size = {"page": asked.page, "page_size": asked.page_size}
        return Response(paged(request, results, count=rows.count(), **size))


class PartnershipViewSet(OfHomes):
    """Ties of the homes whose log one may see."""

    queryset = Partnership.objects.none()  # get_queryset() knows who asks
    serializer_class = PartnershipSerializer
    renderer_classes = (JSONRenderer, GeoJSONRenderer)
    content_negotiation_class = FormatNegotiation

    def get_queryset(self) -> Any:
        """Return the ties that the asking person may see."""
        rows = Partnership.objects.filter(home__in=self.homes())
        return rows.select_related("partner__asset")

    def also(self, rows: list[Any]) -> dict[str, Any]:
        """Say which of them go quiet."""
        homes = {row.home_id for row in rows}
        quiet = quiet_ties(homes, on=timezone.localdate())
        return {"quiet": {each.partnership.pk for each in quiet}}

    @extend_schema(parameters=[*_ALWAYS, *_OF_TIES], responses=PartnershipPageSerializer)
    def list(self, request: Request) -> Response:
        """List ties, home by home. An unknown parameter is refused."""
        asked = Asked.of_ties(request.query_params)
        return self.answer(request, asked, asked.ties(self.get_queryset()))

    @extend_schema(responses=PartnershipSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one tie."""
        return Response(self.given([self.get_object()])[0])


class ConnectionViewSet(OfHomes):
    """The log of the homes that one may see; entries for those that one may log for."""

    queryset = Connection.objects.none()  # get_queryset() knows who asks
    serializer_class = ConnectionSerializer
    renderer_classes = (JSONRenderer,)

    def get_queryset(self) -> ConnectionQuerySet:
        """Return standing rows of the log that the asking person may see."""
        rows = Connection.objects.standing().with_day().filter(home__in=self.homes())
        return rows.select_related("partnership__partner__asset")

    @extend_schema(parameters=[*_ALWAYS, *_OF_LOG], responses=ConnectionPageSerializer)
    def list(self, request: Request) -> Response:
        """List what happened, the latest first. An unknown parameter is refused."""
        asked = Asked.of_log(request.query_params)
        return self.answer(request, asked, asked.log(self.get_queryset()))

    @extend_schema(responses=ConnectionSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one row of the log."""
        return Response(self.given([self.get_object()])[0])

    @extend_schema(
        request=NewConnectionSerializer,
        responses={201: ConnectionSerializer, 200: ConnectionSerializer},
    )
    def create(self, request: Request) -> Response:
        """Log what happened: 201, or 200 where the same id brought the same before."""
        body = NewConnectionSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = dict(body.validated_data)
        home = self._home(said.pop("home"))
        before = Connection.objects.filter(client_uuid=said["client_uuid"]).exists()
        try:
            row = log_connection(
                by=cast(Person, request.user), home=home, **self._partner(home, said), **said
            )
        except AlreadyLoggedError as error:
            raise SaidOtherwise(str(error)) from error
        except ConnectionsError as error:
            raise ValidationError({error.field or "detail": [str(error)]}) from error
        except ModelError as error:
            raise ValidationError(error.message_dict) from error
        stored = self.get_queryset().get(pk=row.pk)
        return Response(self.given([stored])[0], status=200 if before else 201)

    def _home(self, pk: int) -> Home:
        """Return a home that they may log for; of others not even whether they are there."""
        home: Home | None = self.homes(LOG).filter(pk=pk).first()
        if home is None:
            raise PermissionDenied
        return home

    def _partner(self, home: Home, said: dict[str, Any]) -> dict[str, Any]:
        """Return the tie or the place that is named, as ``log_connection`` takes it."""
        name = "partnership" if "partnership" in said else "asset"
        rows: Any = standing_ties(home)
        if name == "asset":
            rows = places_for(self.request.user)  # type: ignore[arg-type]
        found: Candidate | None = rows.filter(pk=said.pop(name)).first()
        if found is None:
            raise ValidationError({name: ["There is none of this number to log with."]})
        return {name: found}
