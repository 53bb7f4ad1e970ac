"""The one question behind list, map, counts, tiles and API: which assets?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Self, TypeVar

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import QueryDict

from assets import categories
from assets.models import AssetQuerySet, AssetSource, CheckState, Wheelchair
from assets.ordering import NearestFirst, all_by_name, few_by_name, few_nearest_first
from geo.params import BBox, ParamError, read_bbox, read_metres, read_near
from geo.srid import WGS84

__all__ = ["PARAMETERS", "AssetQuery", "BBox"]

T = TypeVar("T")

DEFAULT_PAGE_SIZE: Final = 50
MOST_ON_A_PAGE: Final = 5_000
MOST_PAGES: Final = 100_000
LONGEST_QUESTION: Final = 100

PARAMETERS: Final = frozenset(
    {
        "bbox",
        "in_bbox",
        "near",
        "within_m",
        "category",
        "q",
        "check_state",
        "wheelchair",
        "source",
        "licence",
        "page",
        "page_size",
    }
)


@dataclass(frozen=True)
class AssetQuery:
    """Which assets are asked for, and which page of them.

    Nothing set asks for all. Distances are metres; boxes and points are degrees,
    longitude first.
    """

    bbox: BBox | None = None
    near: tuple[float, float] | None = None
    within_m: float | None = None
    category: tuple[str, ...] = ()
    q: str = ""
    check_state: tuple[str, ...] = ()
    wheelchair: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    # How the licence begins, whatever the case: "odbl", "OGL v3.0".
    licence: str = ""
    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE

    @classmethod
    def parse(cls, params: QueryDict, *, others: frozenset[str] | None = None) -> Self:
        """Read a query string strictly.

        ``others``: parameters that are not ours but may stand there; any further one is
        refused. None lets all pass.

        Raises:
            ValidationError: names every parameter that is wrong.
        """
        return cls(**_Reader(params, others).read())

    def filter(self, rows: AssetQuerySet) -> AssetQuerySet:
        """Keep the rows asked for, in no particular order."""
        if self.bbox is not None:
            rows = rows.in_bbox(*self.bbox)
        if self.near is not None and self.within_m is not None:
            rows = rows.within(self.within_m, of=self._here(self.near))
        if self.category:
            rows = rows.filter(category__in=self.category)
        if self.check_state:
            rows = rows.filter(check_state__in=self.check_state)
        if self.wheelchair:
            rows = rows.filter(wheelchair__in=self.wheelchair)
        if self.source:
            rows = rows.filter(source__in=self.source)
        if self.licence:
            rows = rows.filter(source_licence__istartswith=self.licence)
        return rows.matching(self.q) if self.q else rows

    def rows(
        self, rows: AssetQuerySet, *, are_many: bool = False
    ) -> AssetQuerySet | NearestFirst:
        """Keep the rows asked for, in their order, what is stale at the end; all pages.

        Nearest first from a point, with their ``distance``; else by name.
        ``are_many``: a good part of all there is, known from elsewhere.
        """
        found = self.filter(rows)
        if self.near is None:
            walks = are_many or self._asks_for_all
            return all_by_name(found) if walks else few_by_name(found)
        here = self._here(self.near)
        if self.within_m is None:
            return NearestFirst(found, to=here)
        found = found.filter(location__isnull=False).with_distance(from_=here)
        return few_nearest_first(found, to=here)

    def page_of(self, rows: AssetQuerySet) -> AssetQuerySet:
        """Return the page that is asked for."""
        start = (self.page - 1) * self.page_size
        stop = start + self.page_size
        found = self.rows(rows)
        if isinstance(found, NearestFirst):
            return found.page(start, stop)
        return found[start:stop]

    def count(self, rows: AssetQuerySet) -> int:
        """Return how many rows are asked for, over all pages."""
        found = self.filter(rows)
        return (found if self.near is None else found.filter(location__isnull=False)).count()

    def counts(self, rows: AssetQuerySet, field: str) -> dict[str, int]:
        """Return how many rows each value of a filter would show, the others kept.

        ``field``: category, check_state or wheelchair. What has none is left out.
        """
        none: dict[str, Any] = {field: ()}
        others = replace(self, **none).filter(rows).order_by()
        return dict(others.values_list(field).annotate(Count("pk")))

    @property
    def _asks_for_all(self) -> bool:
        return replace(self, page=1, page_size=DEFAULT_PAGE_SIZE) == AssetQuery()

    @staticmethod
    def _here(point: tuple[float, float]) -> Point:
        return Point(*point, srid=WGS84)


class _Reader:
    """Reads the parameters one by one and gathers what is wrong with them."""

    def __init__(self, params: QueryDict, others: frozenset[str] | None) -> None:
        self.params, self.others = params, others
        self.errors: dict[str, str] = {}

    def read(self) -> dict[str, Any]:
        """Return the fields of an ``AssetQuery``; raise ``ValidationError``."""
        found: dict[str, Any] = {
            "bbox": self._bbox(),
            "near": self._near(),
            "within_m": self._within_m(),
            "category": self._choices("category", categories.SLUGS),
            "q": self._text("q"),
            "check_state": self._choices("check_state", CheckState.values),
            "wheelchair": self._choices("wheelchair", Wheelchair.values),
            "source": self._choices("source", AssetSource.values),
            "licence": self._text("licence"),
            "page": self._whole("page", 1, MOST_PAGES, default=1),
            "page_size": self._whole("page_size", 1, MOST_ON_A_PAGE, default=DEFAULT_PAGE_SIZE),
        }
        if self.others is not None:
            for name in sorted(set(self.params) - PARAMETERS - self.others):
                self.errors[name[:50]] = "There is no such parameter here."
        if self.errors:
            raise ValidationError(self.errors)
        return found

    def _one(self, name: str) -> str:
        """Return a parameter that may stand once; "" where it is left out or empty."""
        values = self.params.getlist(name)
        if len(values) > 1:
            self.errors[name] = "Give this once."
            return ""
        return str(values[0]).strip() if values else ""

    def _read(self, name: str, read: Callable[[str], T]) -> T | None:
        text = self._one(name)
        try:
            return read(text) if text else None
        except ParamError as error:
            self.errors[name] = str(error)
            return None

    def _bbox(self) -> BBox | None:
        given = [name for name in ("bbox", "in_bbox") if self._one(name)]
        if len(given) > 1:
            self.errors["bbox"] = "Give either bbox or in_bbox."
            return None
        return self._read(given[0], read_bbox) if given else None

    def _near(self) -> tuple[float, float] | None:
        point = self._read("near", read_near)
        return (point.x, point.y) if point is not None else None

    def _within_m(self) -> float | None:
        metres = self._read("within_m", read_metres)
        if metres is not None and not self._one("near"):
            self.errors["within_m"] = "Give near as well: within_m is measured from there."
        return metres

    def _choices(self, name: str, known: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        values = [value for value in self.params.getlist(name) if value]
        if any(value not in known for value in values):
            self.errors[name] = f"Put one of: {', '.join(known)}."
            return ()
        return tuple(dict.fromkeys(values))

    def _text(self, name: str) -> str:
        text = self._one(name)
        if len(text) > LONGEST_QUESTION:
            self.errors[name] = f"Use at most {LONGEST_QUESTION} characters."
        elif "\x00" in text:
            self.errors[name] = "Use letters, digits and spaces."
        else:
            return text
        return ""

    def _whole(self, name: str, least: int, most: int, *, default: int) -> int:
        text = self._one(name)
        if not text:
            return default
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        if not least <= number <= most:
            self.errors[name] = f"Put a whole number from {least} to {most:,}."
            return default
        return number
