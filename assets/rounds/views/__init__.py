"""The list of rounds: one's own, and those that wait for somebody."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.rounds.finding import Reach
from assets.rounds.models import Round, RoundQuerySet

MOST_ENDED: Final = 5
MOST_SHOWN: Final = 50


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """Show the rounds that somebody has, those that nobody has, and those of others."""
    mine = Round.objects.open().filter(assigned_to=request.user.pk)
    ended = Round.objects.ended().filter(assigned_to=request.user.pk)
    others = _reached(request, Round.objects.open().exclude(assigned_to=request.user.pk))
    context = {
        "mine": _shown(mine),
        "free": _shown(others.filter(assigned_to__isnull=True)),
        "others": _shown(others.filter(assigned_to__isnull=False)),
        "ended": _shown(ended.order_by("-ended_at"))[:MOST_ENDED],
    }
    return render(request, "rounds/list.html", context)


def reach_of(request: HttpRequest, action: str = "rounds.walk") -> Reach:
    """Return where the visitor may do something."""
    held = request.scopes(action)  # type: ignore[attr-defined]
    return Reach(held.everywhere, frozenset(held.area_ids))


def _reached(request: HttpRequest, rounds: RoundQuerySet) -> RoundQuerySet:
    reach = reach_of(request)
    return rounds.within_reach(everywhere=reach.everywhere, area_ids=reach.area_ids)


def _shown(rounds: RoundQuerySet) -> list[Any]:
    rows = rounds.with_progress().select_related("assigned_to")
    return list(rows.prefetch_related("stops__asset")[:MOST_SHOWN])
