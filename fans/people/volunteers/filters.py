"""The one question behind the list of volunteers: who is near enough, and free when?"""

from dataclasses import dataclass
from typing import Final, Self

from django.contrib.gis.geos import Point
from django.db.models import F
from django.http import QueryDict

from fans.people.volunteers.lists import INTERESTS, LANGUAGES, TIMES
from fans.people.volunteers.models.volunteer import VolunteerQuerySet
from geo.params import BBox, QueryReader, read_bbox, read_metres, read_near

DEFAULT_PAGE_SIZE: Final = 50
MOST_ON_A_PAGE: Final = 500
MOST_PAGES: Final = 10_000
PARAMETERS: Final = (
    *("in_bbox", "near", "within_m", "interest", "language", "time"),
    *("page", "page_size", "format"),
)


@dataclass(frozen=True)
class VolunteerQuery:
    """Which volunteers are asked for; places are rough ones, and so are distances."""

    bbox: BBox | None = None
    near: Point | None = None
    within_m: float | None = None
    interests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE

    @classmethod
    def parse(cls, params: QueryDict) -> Self:
        """Read a query string strictly.

        Raises:
            ValidationError: names every parameter that is wrong.
        """
        reader = QueryReader(params)
        found = cls(
            bbox=reader.one("in_bbox", read_bbox),
            near=reader.one("near", read_near),
            within_m=reader.one("within_m", read_metres),
            interests=reader.choices("interest", INTERESTS),
            languages=reader.choices("language", LANGUAGES),
            times=reader.choices("time", TIMES),
            page=reader.whole("page", most=MOST_PAGES, default=1),
            page_size=reader.whole("page_size", most=MOST_ON_A_PAGE, default=DEFAULT_PAGE_SIZE),
        )
        if found.within_m is not None and not params.get("near"):
            reader.errors["within_m"] = "Give near as well: within_m is measured from there."
        reader.refuse_others(PARAMETERS)
        reader.finish()
        return found

    def rows(self, volunteers: VolunteerQuerySet) -> VolunteerQuerySet:
        """Narrow ``volunteers``, all pages: nearest first from a point, else newest first."""
        if self.bbox is not None:
            volunteers = volunteers.in_bbox(*self.bbox)
        if self.interests:
            volunteers = volunteers.filter(interests__overlap=list(self.interests))
        if self.languages:
            volunteers = volunteers.filter(languages__overlap=list(self.languages))
        if self.times:
            volunteers = volunteers.filter(times__overlap=list(self.times))
        if self.near is None:
            return volunteers.order_by("-pk")
        if self.within_m is not None:
            volunteers = volunteers.within(self.within_m, of=self.near)
        # Those of one cell stand at one distance: the key decides, always alike.
        return volunteers.with_distance(from_=self.near).order_by(F("distance"), "pk")

    def page_of(self, rows: VolunteerQuerySet) -> VolunteerQuerySet:
        """Return the page asked for."""
        start = (self.page - 1) * self.page_size
        return rows[start : start + self.page_size]
