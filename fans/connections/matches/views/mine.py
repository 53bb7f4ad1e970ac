"""A volunteer's own page of homes: who asks, where they go, which homes are near."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fans.connections.matches import services
from fans.connections.matches.forms import NoForm
from fans.connections.matches.models import Match, MatchStatus, Side
from fans.connections.matches.ready import lists_of
from fans.connections.matches.services.answering import NOT_STARTED
from fans.connections.matches.services.undoing import can_undo
from fans.connections.matches.shown import lines_of, rows_of, told, with_story
from fans.connections.matches.suggesting import homes_that_fit
from fans.connections.matches.views.doing import WORDS, done, number_in, simple, unknown
from fans.connections.matches.views.match import said_no
from fans.connections.views.access import UNPROCESSABLE, person_of
from fans.connections.wishes.reports import boards_for
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.views.own import for_volunteers
from homes.models import Home

DOES = ("yes", "rest", "resume", "tick")


@require_safe
@for_volunteers
def mine(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Show who asks, where somebody goes, and which homes would fit."""
    return _page(request, volunteer)


@require_POST
@for_volunteers
def ask(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Say yes to a home that was suggested; the home is asked."""
    home, to = _home(request), reverse("matches:mine")
    if home is None:
        return unknown(request, to)
    by = volunteer.person
    act = partial(services.ask, home=home, volunteer=volunteer, side=Side.VOLUNTEER, by=by)
    words = f"{home.name} is asked. You see here what they say."
    return done(request, act, words, to, by)


@require_POST
@for_volunteers
def do(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Say yes or no to a home, rest, go on, or tick what one knows."""
    to, wanted, by = reverse("matches:mine"), request.POST.get("do", ""), volunteer.person
    found = _match(request, volunteer)
    if found is None or wanted not in (*DOES, "no"):
        return unknown(request, to)
    if wanted != "no":
        act = simple(wanted, found, side=Side.VOLUNTEER, by=by, data=request.POST)
        return done(request, act, WORDS[wanted], to, by) if act else unknown(request, to)
    form = NoForm(request.POST, side=Side.VOLUNTEER, auto_id=f"no_{found.pk}_%s")
    if form.is_valid() and said_no(request, found, Side.VOLUNTEER, form):
        return redirect(to)
    return _page(request, volunteer, refused={found.pk: form})


def _page(
    request: HttpRequest, volunteer: Volunteer, refused: dict[int, NoForm] | None = None
) -> HttpResponse:
    today = timezone.localdate()
    rows = rows_of(told(_own(volunteer), today), person_of(request), today)
    cards = [_card(row, (refused or {}).get(row.match.pk)) for row in rows]
    context = {
        "volunteer": volunteer,
        "to_answer": [each for each in cards if each["asks"]],
        "going": [each for each in cards if not each["asks"]],
        "fitting": homes_that_fit(volunteer),
        "themes": _themes(volunteer),
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "matches/mine.html", context, status=status)


def _card(row: Any, form: NoForm | None) -> dict[str, Any]:
    match = row.match
    lines = lines_of(match, label="You", viewer=Side.VOLUNTEER)
    latest = lines[0].step if lines else None
    waits = match.status in (MatchStatus.SUGGESTED, MatchStatus.ASKED)
    side = Side.VOLUNTEER
    return {
        "row": row,
        "match": match,
        "asks": waits and match.volunteer_yes_at is None,
        "is_before": match.status in NOT_STARTED,
        "is_live": match.status == MatchStatus.LIVE,
        "may_resume": match.status == MatchStatus.RESTING and match.rested_side == side,
        "lines": lines,
        "undo_step": latest if latest and can_undo(latest, match.volunteer.person) else None,
        "ready": lists_of(match)[side],
        "no_form": form or NoForm(side=side, auto_id=f"no_{match.pk}_%s"),
    }


def _themes(volunteer: Volunteer) -> list[str]:
    """Return themes wished for around that somebody enjoys; never of one home alone."""
    enjoys = set(volunteer.interests)
    return [
        theme.tag.label
        for board in boards_for(volunteer.person)
        for theme in board.themes or ()
        if enjoys & set(theme.tag.interests)
    ]


def _own(volunteer: Volunteer) -> Any:
    return with_story(Match.objects.filter(volunteer=volunteer).open())


def _match(request: HttpRequest, volunteer: Volunteer) -> Match | None:
    pk = number_in(request, "match")
    rows = told(Match.objects.filter(volunteer=volunteer), timezone.localdate())
    return get_object_or_404(rows, pk=pk) if pk is not None else None


def _home(request: HttpRequest) -> Home | None:
    pk = number_in(request, "home")
    return get_object_or_404(Home, pk=pk) if pk is not None else None
