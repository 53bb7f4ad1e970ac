"""The map page and the list beside it: one selection, one order, the same counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assets import categories
from assets.models import Asset, FactCheck
from assets.provenance import map_credit
from assets.telling import now_of
from frontend.categories import FAMILY_NAMES, FAMILY_SIGNS
from frontend.context import map_at
from frontend.counts import MOST_COUNTED, STEP_FREE, PlaceCounts
from frontend.selection import BadSelectionError, Selection, read_selection

PAGE_LENGTH: Final = 20
HOMES_BESIDE_PLACES: Final = 3
MANY: Final = 5_000
"""From so many on, reading along the order of names is quicker than sorting."""


@dataclass(frozen=True)
class Chip:
    """One filter that is on or off, with the number of places it would show."""

    label: str
    symbol: str
    count: int
    is_on: bool
    query: str


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Show the map and, for everybody and without scripts, the list."""
    try:
        selection = read_selection(request)
    except BadSelectionError as error:
        return render(request, "400.html", {"reason": str(error)}, status=400)
    counts = PlaceCounts(selection)
    context = {
        **_list_context(request, selection, counts),
        "at": _starting_view(selection),
        "fit": _fitting_box(selection),
        "chips": _chips(selection, counts),
        "kinds": _kinds(selection, counts),
        "shows": _show_links(selection),
        "other_way": _query(selection.filters, map="" if selection.is_list_only else "off"),
        "places_credit": map_credit(),
        "families": [(key, FAMILY_NAMES[key], FAMILY_SIGNS[key]) for key in FAMILY_NAMES],
    }
    return render(request, "frontend/map/page.html", context)


@require_safe
def map_list(request: HttpRequest) -> HttpResponse:
    """Answer the list alone, for the script that keeps it in step with the map."""
    try:
        selection = read_selection(request)
    except BadSelectionError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    return render(
        request,
        "frontend/map/list.html",
        _list_context(request, selection, PlaceCounts(selection)),
    )


def _list_context(
    request: HttpRequest, selection: Selection, counts: PlaceCounts
) -> dict[str, Any]:
    found = selection.assets_in_view(are_many=counts.total > MANY)
    places = _Counted(found, PAGE_LENGTH, count=counts.in_view)
    homes = Paginator(selection.homes_in_view(), PAGE_LENGTH)
    number = selection.asked.page
    place_page = places.get_page(number)
    _add_days(place_page)
    beside = selection.shows_places
    home_page = homes.get_page(1 if beside else number)
    few = home_page.object_list[:HOMES_BESIDE_PLACES] if number == 1 else []
    return {
        "places": place_page,
        "homes": home_page,
        "shown_homes": few if beside else home_page,
        "count_words": _count_words(selection, counts, homes.count),
        "places_words": _number(counts),
        "more_query": _more_query(selection, place_page if beside else home_page),
        "homes_query": _query(selection.filters, show="homes"),
        "in_view": selection.bbox is not None,
        "is_elsewhere": lambda: _is_elsewhere(selection, counts),
        "may_add": request.user.has_perm("assets.add"),
        "selection": selection,
    }


def _is_elsewhere(selection: Selection, counts: PlaceCounts) -> bool:
    """Whether another view would show something of what was asked for."""
    if selection.bbox is None:
        return False
    places = selection.shows_places and counts.total > 0
    return places or (selection.shows_homes and selection.homes().exists())


def _add_days(page: Page[Asset]) -> None:
    """Give each place the day of its last check of anything, and whether it is open."""
    places = list(page.object_list)
    page.object_list = places
    checked = FactCheck.objects.filter(asset__in=[place.pk for place in places])
    days = dict(checked.values_list("asset").annotate(Max("checked_on")).order_by())
    now = timezone.now()
    for place in places:
        place.last_checked_on = days.get(place.pk)  # type: ignore[attr-defined]
        place.now = now_of(place, now)  # type: ignore[attr-defined]


class _Counted(Paginator):  # type: ignore[type-arg]
    """Pages of rows whose number is known from elsewhere: counting them again is dear."""

    def __init__(self, rows: Any, length: int, *, count: int) -> None:
        super().__init__(rows, length)
        self.known = count

    @property
    def count(self) -> int:
        return self.known


def _number(counts: PlaceCounts) -> str:
    return f"more than {MOST_COUNTED:,}" if counts.is_cut else f"{counts.in_view:,}"


def _count_words(selection: Selection, counts: PlaceCounts, homes: int) -> str:
    """Say how many of how many: "186 of 642 places, 12 of 31 homes"."""
    parts = []
    if selection.shows_places:
        parts.append(f"{_number(counts)} of {counts.total:,} places")
    if selection.shows_homes:
        all_homes = homes if selection.bbox is None else selection.homes().count()
        parts.append(f"{homes:,} of {all_homes:,} homes")
    return ", ".join(parts)


def _more_query(selection: Selection, page: Page[Any]) -> str:
    if not page.has_next():
        return ""
    query = selection.filters
    if selection.bbox:
        query["bbox"] = ",".join(f"{edge:.6f}" for edge in selection.bbox)
    query["page"] = str(page.next_page_number())
    return query.urlencode()


def _starting_view(selection: Selection) -> str:
    """Return "lat,lon,zoom" of the spot searched for, else of the operator's choice."""
    if selection.spot is None:
        return map_at()
    point = selection.spot.point
    return f"{point.y:.5f},{point.x:.5f},{selection.spot.zoom}"


def _fitting_box(selection: Selection) -> str:
    """Return the box around what a search by name found, so that the map shows it."""
    if not selection.words:
        return ""
    found = [
        *selection.assets().values_list("location", flat=True)[:500],
        *selection.homes().values_list("shown_at", flat=True)[:500],
    ]
    points = [point for point in found if point]
    if not points:
        return ""
    lons, lats = [p.x for p in points], [p.y for p in points]
    return f"{min(lons):.5f},{min(lats):.5f},{max(lons):.5f},{max(lats):.5f}"


def _chips(selection: Selection, counts: PlaceCounts) -> list[Chip]:
    """Return the filters that are one tap away; each counts what it would show."""
    if not selection.shows_places:
        return []
    step_free, offering = counts.step_free(), counts.offering()
    return [
        _chip(selection, "Checked", "check", counts.fresh(), "check_state", ["fresh"]),
        _chip(selection, "Wheelchair", "wheelchair", step_free, "wheelchair", [*STEP_FREE]),
        _chip(selection, "Has an offer", "give", offering, "offers", ["on"]),
    ]


def _chip(
    selection: Selection, label: str, symbol: str, count: int, name: str, values: list[str]
) -> Chip:
    query = selection.filters
    is_on = set(values) <= set(query.getlist(name))
    query.setlist(name, [] if is_on else values)
    return Chip(label, symbol, count, is_on, query.urlencode())


def _kinds(
    selection: Selection, counts: PlaceCounts
) -> list[tuple[categories.Category, int, bool]]:
    """Return each kind of place, how many there are, and whether it is ticked."""
    by_kind = counts.kinds()
    ticked = selection.asked.category
    return [(kind, by_kind[kind.slug], kind.slug in ticked) for kind in categories.CATEGORIES]


def _show_links(selection: Selection) -> Iterable[tuple[str, str, bool]]:
    now = selection.show
    return [
        (label, _query(selection.filters, show=value), now == value)
        for label, value in (("All", ""), ("Places", "places"), ("Homes", "homes"))
    ]


def _query(query: QueryDict, **changes: str) -> str:
    """Return a query string with some parts set, or dropped where empty."""
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return query.urlencode()
