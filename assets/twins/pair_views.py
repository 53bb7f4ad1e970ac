"""Pages of pairs that look like one place: what champions decide on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assets.models import Asset
from assets.twins.errors import PairMovedOnError
from assets.twins.models import Pair, PairQuerySet, PairState
from assets.twins.records import facts_of_asset
from assets.twins.services import decide as decide_on
from assets.twins.signals import Reason, distance_m, from_json

PAGE_LENGTH: Final = 10
_SHOWN: Final = {"open": PairState.OPEN, "same": PairState.SAME, "distinct": PairState.DISTINCT}
_SAYS: Final = {
    "distinct": (PairState.DISTINCT, "Noted: {} and {} are two places. Nobody is asked again."),
    "same": (PairState.SAME, "Noted: {} and {} are one. They wait to be merged."),
    "open": (PairState.OPEN, "{} and {} are to be looked at again."),
}
_SAYS_HOW_FAR: Final = {"here", "near", "far"}
_REFUSED: Final = "decision: choose “Not the same”, “The same” or “Undo”."


@dataclass(frozen=True)
class Shown:
    """A pair with its reasons in words."""

    pair: Pair
    number: int
    speaks_for: Sequence[Reason]
    speaks_against: Sequence[Reason]
    metres: float | None
    may_merge: bool

    @property
    def sides(self) -> tuple[Asset, Asset]:
        """Return both records."""
        return self.pair.low, self.pair.high


@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """List pairs in the areas of whoever asks, the likest first."""
    state = request.GET.get("show", "open")
    if state not in _SHOWN:
        raise Http404("No such list of pairs.")
    page = _page(request, _SHOWN[state])
    shown = list(_shown(request, page))
    context = {
        "page": page,
        "shown": shown,
        "state": state,
        "chips": [
            ("open", "To look at"),
            ("same", "The same, not merged yet"),
            ("distinct", "Not the same"),
        ],
        "bbox": _bbox(shown),
    }
    return render(request, "twins/pairs.html", context)


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Give the places of the pairs on one page of the list, as GeoJSON."""
    state = request.GET.get("show", "open")
    if state not in _SHOWN:
        raise Http404("No such list of pairs.")
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": list(asset.location.coords)},
            "properties": {
                "number": each.number,
                "title": asset.name,
                "outcome": "unsure",
                "what": asset.get_category_display(),
            },
        }
        for each in _shown(request, _page(request, _SHOWN[state]))
        for asset in each.sides
        if asset.location
    ]
    found = {"type": "FeatureCollection", "features": features, "left_off": 0}
    return JsonResponse(found, content_type="application/geo+json")


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what somebody says of a pair."""
    pair = get_object_or_404(_mine(request), pk=pk)
    said = request.POST.get("decision", "")
    if said not in _SAYS:
        return render(request, "400.html", {"reason": _REFUSED}, status=400)
    state, words = _SAYS[said]
    try:
        pair = decide_on(by=request.user, pair=pair, state=state)
    except PairMovedOnError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, words.format(pair.low, pair.high))
    show = request.POST.get("show", "")
    query = f"?show={show}" if show in _SHOWN and show != "open" else ""
    return redirect(f"{reverse('twins:pairs')}{query}")


def _mine(request: HttpRequest) -> PairQuerySet:
    """Return the pairs in reach of which both records may be seen."""
    reach = request.scopes("assets.publish")  # type: ignore[attr-defined]
    seen = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    if not reach:
        raise PermissionDenied("Your roles do not allow this: tell places apart.")
    visible = Asset.objects.visible_to(
        everywhere=seen.everywhere, area_ids=seen.area_ids, added_by=request.user.pk
    ).values("pk")
    rows = Pair.objects.inside(everywhere=reach.everywhere, area_ids=reach.area_ids)
    return rows.filter(low__in=visible, high__in=visible)


def _page(request: HttpRequest, state: PairState) -> Page[Pair]:
    rows = _mine(request).filter(state=state).select_related("low", "high", "decided_by")
    return Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page", "1"))


def _shown(request: HttpRequest, page: Page[Pair]) -> Iterator[Shown]:
    user: Any = request.user
    for number, pair in enumerate(page.object_list, start=page.start_index()):
        found = from_json(pair.reasons)
        yield Shown(
            pair=pair,
            number=number,
            speaks_for=[reason for reason in found if reason.counts > 0],
            speaks_against=[reason for reason in found if reason.counts < 0],
            metres=None if _SAYS_HOW_FAR & {each.code for each in found} else _apart_m(pair),
            may_merge=all(
                user.has_perm("assets.publish", asset) for asset in (pair.low, pair.high)
            ),
        )


def _apart_m(pair: Pair) -> float | None:
    return distance_m(facts_of_asset(pair.low), facts_of_asset(pair.high))


def _bbox(shown: Sequence[Shown]) -> tuple[float, float, float, float] | None:
    """Return the box around all places: west, south, east, north."""
    at = [asset.location for each in shown for asset in each.sides if asset.location]
    if not at:
        return None
    lons, lats = [point.x for point in at], [point.y for point in at]
    return min(lons), min(lats), max(lons), max(lats)
