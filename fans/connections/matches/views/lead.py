"""The matches of a lead's volunteers: what is blocked, what is due, all of them."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.connections.matches.models import Match, MatchQuerySet, MatchStatus
from fans.connections.matches.services.sides import ACCOMPANY
from fans.connections.matches.shown import rows_of, told
from fans.connections.views.access import person_of
from fans.people.audit import reads
from fans.people.volunteers.accompanied import accompanied_by

PAGE_LENGTH: Final = 50
SHOWS: Final = {
    "open": "All that go on",
    "live": "Coming",
    "agreed": "Both said yes",
    "asked": "Waiting for a yes",
    "blocked": "Blocked: not cleared",
    "due": "Check due",
    "over": "Over",
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """List the matches of one's volunteers; those that wait for the lead are counted."""
    today, person = timezone.localdate(), person_of(request)
    reach = request.scopes(ACCOMPANY)  # type: ignore[attr-defined]
    mine = Match.objects.of_volunteers(accompanied_by(reach).values("pk"))
    asked = request.GET.get("show", "open")
    shown = asked if asked in SHOWS else "open"
    rows = told(_narrowed(mine, shown, today), today).order_by("-changed_at", "-pk")
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    reads.note(request, page.object_list, action=ACCOMPANY)
    chips = [
        (slug, label, _narrowed(mine, slug, today).count()) for slug, label in SHOWS.items()
    ]
    context: dict[str, Any] = {
        "page": page,
        "rows": rows_of(page.object_list, person, today),
        "shown": shown,
        "label": SHOWS[shown],
        "chips": chips,
    }
    return render(request, "matches/list.html", context)


def _narrowed(mine: MatchQuerySet, show: str, today: Any) -> MatchQuerySet:
    if show == "live":
        return mine.filter(status__in=[MatchStatus.LIVE, MatchStatus.RESTING])
    if show == "agreed":
        return mine.filter(status=MatchStatus.AGREED)
    if show == "asked":
        return mine.filter(status__in=[MatchStatus.SUGGESTED, MatchStatus.ASKED])
    if show == "blocked":
        return mine.blocked(today)
    if show == "due":
        return mine.expiring(today)
    return mine.over() if show == "over" else mine.open()
