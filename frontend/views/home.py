"""One care home: what it is, what it offers, whom it is tied to; more for its own people."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assets.models import Asset
from fans.connections.models import Connection, PartnerKind, Partnership
from frontend.shown_homes import is_small, shown_homes
from frontend.views.asset import STANDING
from homes.models import Home, HomeAsset

NEARBY: Final = 5
RECENT: Final = 8


@dataclass(frozen=True)
class Tie:
    """A tie as a page shows it: with whom, how alive, when last."""

    partnership: Partnership
    last_on: date | None
    times: int


@require_safe
def home_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a home: the register's facts to anybody, its log to its own people."""
    home = get_object_or_404(shown_homes(), pk=pk)
    may_see_log = request.user.has_perm("connections.view", home)
    small = is_small(home)
    context: dict[str, Any] = {
        "home": home,
        "small": small and not may_see_log,
        "registrations": home.registrations.filter(until__isnull=True),
        "offers": _offers(home, everything=may_see_log),
        "nearby": _nearby(home),
        "may_see_log": may_see_log,
        "may_log": request.user.has_perm("connections.log", home),
        "may_see_score": request.user.has_perm("openness.view_score", home),
    }
    if may_see_log:
        context |= {"ties": all_ties(home), "recent": recent_connections(home)}
    else:
        context["ties"] = [] if small else named_ties(home)
    return render(request, "frontend/home.html", context)


def _offers(home: Home, *, everything: bool) -> list[HomeAsset]:
    offers = home.home_assets.filter(withdrawn_on__isnull=True)
    return list(offers if everything else offers.filter(is_public=True))


def _nearby(home: Home) -> list[Asset]:
    """Return the public places nearest to where the home is shown."""
    at = home.shown_at  # type: ignore[attr-defined]
    if at is None:
        return []
    public = Asset.objects.published().filter(location__isnull=False)
    return list(public.with_distance(from_=at).nearest_first(to=at)[:NEARBY])


def named_ties(home: Home) -> list[Tie]:
    """Return standing ties that both sides agreed to name; never a private person's."""
    ties = _with_contacts(home).filter(
        status__in=STANDING,
        home_named_ok=True,
        partner_named_ok=True,
        partner__kind__in=(PartnerKind.ASSET, PartnerKind.GROUP),
    )
    return [Tie(tie, None, 0) for tie in ties]


def all_ties(home: Home) -> list[Tie]:
    """Return every tie of a home, the one met last first."""
    ties = [Tie(tie, tie.last_on, tie.times) for tie in _with_contacts(home)]
    return sorted(ties, key=lambda tie: tie.last_on or date.min, reverse=True)


def _with_contacts(home: Home) -> Any:
    standing = Q(connections__undone_at__isnull=True)
    return home.partnerships.select_related("partner__asset").annotate(
        last_on=Max("connections__happened_on", filter=standing),
        times=Count("connections", filter=standing),
    )


def recent_connections(home: Home) -> list[Connection]:
    """Return what happened last, newest first."""
    rows = home.connections.standing()
    return list(rows.select_related("partnership__partner__asset")[:RECENT])
