"""The one question behind list, counts and API: which homes?"""

from dataclasses import dataclass
from typing import Final, Self

from django.contrib.gis.geos import Point
from django.http import QueryDict

from geo.params import BBox, QueryReader, read_bbox, read_metres, read_near
from homes.models import HomeAssetKind, HomeKind
from homes.offers_shown import dormant_ones, offering, with_offers
from homes.shown import (
    Shown,
    nearest_shown,
    shown_homes,
    shown_in,
    shown_matching,
    shown_within,
)

DEFAULT_PAGE_SIZE: Final = 50
MOST_ON_A_PAGE: Final = 500
MOST_PAGES: Final = 100_000

PARAMETERS: Final = (
    "in_bbox",
    "near",
    "within_m",
    "kind",
    "home_asset",
    "dormant",
    "q",
    "page",
    "page_size",
)
DORMANT: Final = ("yes", "no")


@dataclass(frozen=True)
class HomeQuery:
    """Which homes are asked for, and which page of them; nothing set asks for all.

    Asked and answered from what the public is shown, never from what stays inside.
    """

    bbox: BBox | None = None
    near: Point | None = None
    within_m: float | None = None
    kind: tuple[str, ...] = ()
    home_asset: tuple[str, ...] = ()
    dormant: tuple[str, ...] = ()
    q: str = ""
    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE

    @classmethod
    def parse(cls, params: QueryDict, *, others: tuple[str, ...] = ()) -> Self:
        """Read a query string strictly; ``others`` may stand there too.

        Raises:
            ValidationError: names every parameter that is wrong.
        """
        reader = QueryReader(params)
        found = cls(
            bbox=reader.one("in_bbox", read_bbox),
            near=reader.one("near", read_near),
            within_m=reader.one("within_m", read_metres),
            kind=reader.choices("kind", HomeKind.values),
            home_asset=reader.choices("home_asset", HomeAssetKind.values),
            dormant=reader.choices("dormant", DORMANT),
            q=reader.words("q"),
            page=reader.whole("page", most=MOST_PAGES, default=1),
            page_size=reader.whole("page_size", most=MOST_ON_A_PAGE, default=DEFAULT_PAGE_SIZE),
        )
        if found.within_m is not None and not params.get("near"):
            reader.errors["within_m"] = "Give near as well: within_m is measured from there."
        reader.refuse_others({*PARAMETERS, *others})
        reader.finish()
        return found

    def rows(self) -> Shown:
        """Return the homes asked for, all pages: nearest first from a point, else by name."""
        homes = shown_homes()
        if self.bbox is not None:
            homes = shown_in(homes, self.bbox)
        if self.kind:
            homes = homes.filter(kind__in=self.kind)
        if self.home_asset:
            homes = offering(homes, self.home_asset)
        if len(self.dormant) == 1:
            homes = dormant_ones(homes, yes="yes" in self.dormant)
        if self.q:
            homes = shown_matching(homes, self.q)
        if self.near is None:
            return homes.order_by("shown_name", "pk")
        if self.within_m is not None:
            homes = shown_within(homes, self.within_m, of=self.near)
        return nearest_shown(homes, to=self.near)

    def page_of(self, rows: Shown) -> Shown:
        """Return the page asked for."""
        start = (self.page - 1) * self.page_size
        return with_offers(rows[start : start + self.page_size])
