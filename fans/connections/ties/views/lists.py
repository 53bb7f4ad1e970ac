"""A home's ties, and the page of one."""

from collections.abc import Iterable
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.connections.models import Partnership
from fans.connections.rhythm import USUAL_GAP_DAYS
from fans.connections.services.partners import CONFIRMS
from fans.connections.ties.models import Answer
from fans.connections.ties.reports import (
    Life,
    hand_over_of,
    life_of,
    lives_of,
    ready_to_hand_over,
)
from fans.connections.ties.timeline import timeline
from fans.connections.ties.views.access import EDIT, tie_for
from fans.connections.views.access import home_for, person_of

ENTRIES: Final = 30


@require_safe
def of_home(request: HttpRequest, home_id: int) -> HttpResponse:
    """List a home's ties: those going quiet first, with the call to make."""
    home = home_for(request, home_id, "connections.view")
    lives = lives_of(home)
    alive = [life for life in lives if life.is_alive]
    context = {
        "home": home,
        "alive": alive,
        "quiet": [life for life in alive if life.tie.going_quiet and life.tie.counts],
        "beginnings": _beginnings(lives),
        "over": [life for life in lives if life.partnership.is_over],
        "both_give": sum(life.tie.both_give for life in alive),
        "ready": ready_to_hand_over(home),
        "may_edit": request.user.has_perm(EDIT, home),
        "may_log": request.user.has_perm("connections.log", home),
        "may_call": request.user.has_perm("assets.view_contact"),
    }
    return render(request, "ties/list.html", context)


def _beginnings(lives: Iterable[Life]) -> list[Life]:
    return [life for life in lives if not life.is_alive and not life.partnership.is_over]


@require_safe
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a tie stands, what to do next, and its whole story."""
    row = tie_for(request, pk, "connections.view")
    person = person_of(request)
    story = timeline(row, person=person)
    context = {
        "home": row.home,
        "life": life_of(row),
        "story": Paginator(story, ENTRIES).get_page(request.GET.get("page")),
        "approaches": row.approaches.standing().select_related("asked_by"),
        "hand_over": hand_over_of(row),
        "usual_gap": USUAL_GAP_DAYS,
        **_may(request, row),
    }
    return render(request, "ties/tie.html", context)


def _may(request: HttpRequest, row: Partnership) -> dict[str, Any]:
    may = {side.value: request.user.has_perm(CONFIRMS[side], row) for side in CONFIRMS}
    return {
        "may": may,
        "may_edit": request.user.has_perm(EDIT, row.home),
        "may_thank": request.user.has_perm("prints.make", row.home),
        "may_log": request.user.has_perm("connections.log", row.home),
        "may_call": request.user.has_perm("assets.view_contact"),
        "waiting": Answer.WAITING,
    }
