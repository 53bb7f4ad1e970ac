"""What a visitor has asked to see: the one selection behind map, list, counts and tiles.

Places are asked for as everywhere (``assets.filters``); beside that stand what only the
map knows: which of places and homes, and that search words may name a town.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from assets.filters import AssetQuery, BBox
from assets.models import Asset, AssetQuerySet
from assets.ordering import NearestFirst
from frontend.searching.meaning import Meaning, understand
from frontend.spots import Spot, find_address
from geo.srid import WGS84
from homes.shown import Shown, nearest_shown, shown_homes, shown_in, shown_matching

NARROWING: Final = ("q", "show", "category", "check_state", "wheelchair", "offers")
"""What narrows the selection and goes along to lists and tiles; a view does not."""

SHOW: Final = ("", "places", "homes")


class BadSelectionError(ValueError):
    """The address asks for something that cannot be read; says which part."""


@dataclass
class Selection:
    """One visitor's choice, and the rows that answer it."""

    allowed: AssetQuerySet
    params: QueryDict
    asked: AssetQuery
    show: str = ""
    offers: bool = False
    sees_more: bool = False  # than the public: somebody signed in, to whom drafts may be shown

    @cached_property
    def meaning(self) -> Meaning:
        """What the search words mean: something, somewhere, or something near somewhere."""
        words = self.asked.q
        meant = understand(words)
        if not words or meant.spot is not None:
            return meant
        # With a box the map is asking while it moves; else somebody has sent a form off.
        spot = find_address(words, only_kept=self.bbox is not None)
        return Meaning("", spot) if spot else meant

    @property
    def spot(self) -> Spot | None:
        """Where the search words are, if they name a postcode or a town."""
        return self.meaning.spot

    @property
    def words(self) -> str:
        """Search words that name no spot: looked for in what is known of a place."""
        return self.meaning.words

    @property
    def bbox(self) -> BBox | None:
        """The box in view, if one was given."""
        return self.asked.bbox

    @property
    def middle(self) -> Point | None:
        """What "nearest first" is nearest to: the spot searched for, else the view."""
        if self.spot and (self.bbox is None or _holds(self.bbox, self.spot.point)):
            return self.spot.point
        if self.bbox is None:
            return None
        west, south, east, north = self.bbox
        return Point((west + east) / 2, (south + north) / 2, srid=WGS84)

    @property
    def shows_places(self) -> bool:
        """Whether places and groups are asked for."""
        return self.show != "homes"

    @property
    def shows_homes(self) -> bool:
        """Whether care homes are asked for."""
        return self.show != "places"

    @property
    def filters(self) -> QueryDict:
        """What narrows the selection, and whether there is a map, as parts of an address."""
        kept = QueryDict(mutable=True)
        for name in NARROWING:
            if values := [value for value in self.params.getlist(name) if value]:
                kept.setlist(name, values)
        if self.is_list_only:
            kept["map"] = "off"
        return kept

    @property
    def is_list_only(self) -> bool:
        """Whether the visitor wants no map."""
        return self.params.get("map") == "off"

    @property
    def everywhere(self) -> AssetQuery:
        """The question about places, whatever is in view."""
        return replace(self.asked, q=self.words, bbox=None, near=None, within_m=None)

    def assets(self) -> AssetQuerySet:
        """Return the places of the selection, wherever they are."""
        return self.everywhere.filter(self.candidates())

    def candidates(self, *, offers: bool | None = None) -> AssetQuerySet:
        """Return what the question is put to: all that is allowed, or what has an offer."""
        rows = self.allowed if self.shows_places else self.allowed.none()
        wanted = self.offers if offers is None else offers
        return rows.exclude(could_give="") if wanted else rows

    def homes(self) -> Shown:
        """Return the homes of the selection, wherever, as the public sees them."""
        homes = shown_homes()
        if not self.shows_homes:
            return homes.none()
        return shown_matching(homes, self.words) if self.words else homes

    def assets_in_view(self, *, are_many: bool = False) -> AssetQuerySet | NearestFirst:
        """Return the places in the box, nearest first, what is stale after all others.

        ``are_many``: a good part of all there is; that decides how they are best read.
        """
        middle = self.middle
        near = (middle.x, middle.y) if middle else None
        asked = replace(self.everywhere, bbox=self.bbox, near=near)
        return asked.rows(self.candidates(), are_many=are_many)

    def homes_in_view(self) -> Shown:
        """Return the homes shown in the box, nearest first."""
        rows = shown_in(self.homes(), self.bbox) if self.bbox else self.homes()
        if self.middle is None:
            return rows.order_by("shown_name", "pk")
        return nearest_shown(rows, to=self.middle)


def _holds(bbox: BBox, point: Point) -> bool:
    west, south, east, north = bbox
    return west <= point.x <= east and south <= point.y <= north


def read_selection(request: HttpRequest) -> Selection:
    """Read what a request asks to see. Raises ``BadSelectionError`` naming the part."""
    selection = read_public_selection(request.GET)
    more = request.user.is_authenticated
    return replace(selection, allowed=allowed_assets(request), sees_more=more)


def read_public_selection(params: QueryDict) -> Selection:
    """Read what is asked for, of what everybody may see. Raises ``BadSelectionError``."""
    try:
        asked = AssetQuery.parse(params)
    except ValidationError as error:
        parts = (f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
        raise BadSelectionError(" ".join(parts)) from error
    show = params.get("show", "")
    if show not in SHOW:
        raise BadSelectionError("show: Put places or homes, or leave it out.")
    return Selection(Asset.objects.published(), params, asked, show, bool(params.get("offers")))


def allowed_assets(request: HttpRequest) -> AssetQuerySet:
    """Return the places this visitor may see: published, their areas' drafts, their own."""
    reach = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    return Asset.objects.visible_to(
        everywhere=reach.everywhere, area_ids=reach.area_ids, added_by=request.user.pk
    )
