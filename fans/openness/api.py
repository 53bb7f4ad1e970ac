"""The REST API's lists of cohorts, waves and scores, for those who may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from fans.cohorts.models import Cohort
from fans.openness.figures import figures_of
from fans.openness.models import WAVE_MONTHS, Wave
from fans.openness.replies.seeing import least_respondents, visible_waves
from fans.openness.serializers import (
    CohortPageSerializer,
    CohortSerializer,
    ScorePageSerializer,
    ScoreSerializer,
    WavePageSerializer,
    WaveSerializer,
)
from fans.people.permissions import homes_in_reach
from geo.drf import paged
from geo.params import QueryReader

DEFAULT_PAGE_SIZE: Final = 50
MOST_ON_A_PAGE: Final = 500
MOST_PAGES: Final = 10_000
LAST_ID: Final = 2**31


def _parameter(name: str, text: str, kind: Any = str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=text, **options)


_PAGING: Final = [
    _parameter("page", "from 1", int),
    _parameter("page_size", f"{DEFAULT_PAGE_SIZE} unless told, at most {MOST_ON_A_PAGE}", int),
]
_OF_WAVES: Final = [
    _parameter("home", "of this home", int),
    _parameter("cohort", "of this cohort", int),
    _parameter("month", "of this month", enum=[str(m) for m in WAVE_MONTHS], many=True),
    *_PAGING,
]


class _Paged(viewsets.GenericViewSet[Any]):
    """Lists by the page, JSON alone; an unknown parameter is refused."""

    renderer_classes = (JSONRenderer,)
    filter_backends = ()
    pagination_class = None
    lookup_value_regex = "[0-9]{1,18}"

    def narrowed(self, reader: QueryReader, rows: Any) -> Any:
        """Keep what is asked for; each list has its own parameters."""
        return rows

    def given(self, rows: Sequence[Any]) -> list[Mapping[str, Any]]:
        """Write rows out."""
        context = {**self.get_serializer_context(), "today": timezone.localdate()}
        serializer: Any = self.get_serializer_class()
        written: list[Mapping[str, Any]] = serializer(rows, many=True, context=context).data
        return written

    def page(self, request: Request, names: Sequence[str]) -> Response:
        """Answer with a page of rows; says how many of how many."""
        reader = QueryReader(request.query_params)
        rows = self.narrowed(reader, self.get_queryset())
        page = reader.whole("page", most=MOST_PAGES, default=1)
        size = reader.whole("page_size", most=MOST_ON_A_PAGE, default=DEFAULT_PAGE_SIZE)
        reader.refuse_others((*names, "page", "page_size", "format"))
        reader.finish()
        start = (page - 1) * size
        found = self.given(list(rows[start : start + size]))
        return Response(paged(request, found, count=len(rows), page=page, page_size=size))

    def one(self) -> Response:
        """Answer with one row."""
        return Response(self.given([self.get_object()])[0])


class CohortViewSet(_Paged):
    """Cohorts that somebody looks after, with the homes that take part."""

    queryset = Cohort.objects.none()  # get_queryset() knows who asks
    serializer_class = CohortSerializer

    def get_queryset(self) -> Any:
        """Return the cohorts that the asking person may see."""
        reach = self.request.scopes("cohorts.view")  # type: ignore[attr-defined]
        rows = Cohort.objects.all()
        if not reach.everywhere:
            rows = rows.filter(pk__in=reach.cohort_ids)
        return rows.select_related("programme").prefetch_related("enrolments")

    @extend_schema(parameters=_PAGING, responses=CohortPageSerializer)
    def list(self, request: Request) -> Response:
        """List cohorts by name."""
        return self.page(request, ())

    @extend_schema(responses=CohortSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one cohort."""
        return self.one()


class _OfWaves(_Paged):
    """What hangs on the waves of the homes that somebody's roles reach."""

    queryset = Wave.objects.none()

    def get_queryset(self) -> Any:
        """Return the waves that the asking person may see."""
        reach = self.request.scopes("openness.view_score")  # type: ignore[attr-defined]
        rows = Wave.objects.filter(enrolment__home__in=homes_in_reach(reach))
        return rows.select_related("enrolment__home", "instrument").order_by(
            "enrolment__home", "enrolment", "month"
        )

    def narrowed(self, reader: QueryReader, rows: Any) -> Any:
        """Keep the waves of a home, a cohort or some months."""
        home = reader.whole("home", most=LAST_ID, default=0)
        cohort = reader.whole("cohort", most=LAST_ID, default=0)
        months = reader.choices("month", [str(month) for month in WAVE_MONTHS])
        if home:
            rows = rows.filter(enrolment__home=home)
        if cohort:
            rows = rows.filter(enrolment__cohort=cohort)
        return rows.filter(month__in=months) if months else rows


class WaveViewSet(_OfWaves):
    """Measuring points: their days and how far they have come, without any figure."""

    serializer_class = WaveSerializer

    @extend_schema(parameters=_OF_WAVES, responses=WavePageSerializer)
    def list(self, request: Request) -> Response:
        """List waves, home by home."""
        return self.page(request, ("home", "cohort", "month"))

    @extend_schema(responses=WaveSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one wave."""
        return self.one()


class ScoreViewSet(_OfWaves):
    """Figures of closed waves, once they are the asking person's to see.

    A home looks at its figures first: its facilitator sees them when the home has shared
    them or replied, and otherwise a fortnight after closing.
    """

    serializer_class = ScoreSerializer

    def get_queryset(self) -> Any:
        """Return the scored waves of the homes in reach."""
        return (
            super()
            .get_queryset()
            .filter(score__isnull=False)
            .select_related("score__instrument")
        )

    def narrowed(self, reader: QueryReader, rows: Any) -> list[Wave]:
        """Keep the waves asked for whose figures this person may see."""
        return visible_waves(self.request.user, super().narrowed(reader, rows))

    def given(self, rows: Sequence[Wave]) -> list[Mapping[str, Any]]:
        """Write figures out, with what too few people answered kept back."""
        return super().given([self._shown(wave) for wave in rows])

    def _shown(self, wave: Wave) -> dict[str, Any]:
        home = wave.enrolment.home
        shown = figures_of(wave.score, least=least_respondents(self.request.user, home))
        return {
            **{f.name: getattr(shown, f.name) for f in fields(shown)},
            "wave": wave.pk,
            "home": home.pk,
            "month": wave.month,
            "keeps_back": shown.keeps_back,
        }

    @extend_schema(parameters=_OF_WAVES, responses=ScorePageSerializer)
    def list(self, request: Request) -> Response:
        """List scores, home by home."""
        return self.page(request, ("home", "cohort", "month"))

    @extend_schema(responses=ScoreSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Give one wave's score; the wave's id names it."""
        wave = self.get_object()
        if not visible_waves(request.user, [wave]):
            raise NotFound
        return Response(self.given([wave])[0])
