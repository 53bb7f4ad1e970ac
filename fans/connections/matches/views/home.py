"""A home's page of volunteers: who comes, who is asked, who would fit."""

from functools import partial
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fans.connections.matches import services
from fans.connections.matches.models import Match, MatchStatus, Side
from fans.connections.matches.services.sides import ANSWER_HOME, PROPOSE
from fans.connections.matches.shown import Row, rows_of, told, with_story
from fans.connections.matches.suggesting import note_shown, volunteers_for
from fans.connections.matches.views.doing import done, number_in, unknown
from fans.connections.views.access import home_for, person_of
from fans.people.audit import reads
from fans.people.volunteers.models import Volunteer

VIEW: Final = "matches.view"
OVER_SHOWN: Final = 10


@require_safe
def home(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show who comes to a home, who is asked, and who would fit, each with the reasons."""
    found, person = home_for(request, home_id, VIEW), person_of(request)
    today = timezone.localdate()
    matches = list(told(Match.objects.filter(home=found).open(), today))
    over = list(told(Match.objects.filter(home=found).over(), today)[:OVER_SHOWN])
    fitting = volunteers_for(found, person)
    reads.note(request, [*matches, *over], action=VIEW)
    note_shown(request, fitting)
    context = {
        "home": found,
        **_by_status(rows_of(matches, person, today)),
        "over": rows_of(over, person, today),
        "fitting": fitting,
        "may_answer": request.user.has_perm(ANSWER_HOME, found),
        "may_propose": request.user.has_perm(PROPOSE, found),
    }
    return render(request, "matches/home.html", context)


@require_POST
def ask(request: HttpRequest, home_id: int) -> HttpResponse:
    """Say for the home that one of the volunteers would be welcome."""
    found, person = home_for(request, home_id, ANSWER_HOME), person_of(request)
    to = reverse("matches:home", args=[found.pk])
    volunteer = _volunteer(request)
    if volunteer is None:
        return unknown(request, to)
    act = partial(services.ask, home=found, volunteer=volunteer, side=Side.HOME, by=person)
    words = "Asked. They see it on their own page, and say yes or no."
    return done(request, act, words, to, person)


@require_POST
def propose(request: HttpRequest, home_id: int) -> HttpResponse:
    """Bring one of the volunteers and a home together."""
    found, person = home_for(request, home_id, PROPOSE), person_of(request)
    to = reverse("matches:home", args=[found.pk])
    volunteer = _volunteer(request)
    if volunteer is None:
        return unknown(request, to)
    act = partial(services.propose, home=found, volunteer=volunteer, by=person)
    return done(request, act, "Both sides are asked.", to, person)


def _by_status(rows: list[Row]) -> dict[str, Any]:
    def those(*statuses: str) -> list[Row]:
        return [row for row in rows if row.match.status in statuses]

    asked = those(MatchStatus.SUGGESTED, MatchStatus.ASKED)
    return {
        "live": those(MatchStatus.LIVE, MatchStatus.RESTING),
        "agreed": those(MatchStatus.AGREED),
        "to_answer": [row for row in asked if row.match.home_yes_at is None],
        "waiting": [row for row in asked if row.match.home_yes_at is not None],
    }


def _volunteer(request: HttpRequest) -> Volunteer | None:
    pk = number_in(request, "volunteer")
    return get_object_or_404(Volunteer, pk=pk) if pk is not None else None


def match_for(request: HttpRequest, pk: int, action: str) -> Match:
    """Return a match of a home that the roles held reach.

    Raises:
        Http404: there is none, or they do not.
    """
    rows = told(Match.objects.filter(pk=min(pk, 2**63 - 1)), timezone.localdate())
    found = with_story(rows).first()
    if found is None or not request.user.has_perm(action, found):
        raise Http404("Your roles do not reach this match.")
    return found
