"""One care home: what it is, what it offers, whom it is tied to; more for its own people."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assets.models import Asset
from fans.connections.pictures.models import Picture
from fans.connections.reports import ties_and_recent, ties_named_in_public
from fans.openness.reports import overview_of
from fans.people.consent.reports import named_at
from frontend.home_ways import ways_of
from homes.models import Home, HomeAsset
from homes.shown import is_small, shown_homes

NEARBY: Final = 5
NEARBY_LOOKED_AT: Final = 25
PICTURES: Final = 6
TIES_SHOWN: Final = 8


@require_safe
def home_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a home: the register's facts to anybody, its log to its own people."""
    home = get_object_or_404(shown_homes().select_related("welcome_card"), pk=pk)
    may_see_log = request.user.has_perm("connections.view", home)
    small = is_small(home)
    context: dict[str, Any] = {
        "home": home,
        "small": small and not may_see_log,
        "registrations": home.registrations.filter(until__isnull=True),
        "offers": _offers(home, everything=may_see_log),
        "nearby": _nearby(home),
        "named": named_at(home),
        "may_see_log": may_see_log,
        "may_edit": request.user.has_perm("homes.edit", home),
        "may_log": request.user.has_perm("connections.log", home),
    }
    if request.user.has_perm("openness.view_score", home):
        context["overview"] = overview_of(home, person=request.user)
    context |= _for_the_team(request, home) if may_see_log else _for_visitors(request, home)
    return render(request, "frontend/home.html", context)


def _for_the_team(request: HttpRequest, home: Home) -> dict[str, Any]:
    """Gather the home's ties and log, and what its team can do. Two queries."""
    ties, recent = ties_and_recent(home)
    return {
        "ties": ties[:TIES_SHOWN],
        "ties_count": len(ties),
        "recent": recent,
        "ways": ways_of(request.user, home),
    }


def _for_visitors(request: HttpRequest, home: Home) -> dict[str, Any]:
    """Gather what others may know: named ties, photos and the card that the home shows."""
    small = is_small(home)
    public = Picture.objects.public().of_homes([home.pk])
    return {
        "has_card": _has_public_card(home) and not small,
        "may_peg": request.user.has_perm("wishes.peg", home),
        "named_ties": ties_named_in_public(home=home),
        "pictures": [] if small else public[:PICTURES],
    }


def _has_public_card(home: Home) -> bool:
    """Say whether a home, read together with its card, shows one to everybody."""
    card = getattr(home, "welcome_card", None)
    return card is not None and card.is_public


def _offers(home: Home, *, everything: bool) -> list[HomeAsset]:
    offers = home.home_assets.filter(withdrawn_on__isnull=True)
    return list(offers if everything else offers.filter(is_public=True))


def _nearby(home: Home) -> list[Asset]:
    """Return the public places nearest to where the home is shown.

    The index gives those of one spot (a hall and all that meets in it) in any order.
    """
    at = home.shown_at
    if at is None:
        return []
    public = Asset.objects.published().filter(location__isnull=False)
    near = public.with_distance(from_=at).nearest_first(to=at)[:NEARBY_LOOKED_AT]
    found = [(place.distance, place.pk, place) for place in near]  # type: ignore[attr-defined]
    return [place for *_, place in sorted(found)[:NEARBY]]
