"""One match: what each side said, what happened, what is ready, and what can be done."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fans.connections.matches import services
from fans.connections.matches.errors import MatchesError
from fans.connections.matches.forms import NoForm
from fans.connections.matches.models import OVER, Match, MatchStatus, MatchStep, Side
from fans.connections.matches.ready import lists_of
from fans.connections.matches.services.answering import NOT_STARTED
from fans.connections.matches.services.sides import ACCOMPANY, ANSWER_HOME, speaks_for
from fans.connections.matches.services.undoing import can_undo
from fans.connections.matches.shown import lines_of, rows_of, told, with_story
from fans.connections.matches.views.doing import WORDS, done, simple, succeeded, unknown
from fans.connections.matches.views.home import VIEW, match_for
from fans.connections.views.access import UNPROCESSABLE, person_of
from fans.people.audit import reads
from fans.people.permissions import reach_of
from fans.people.volunteers.accompanied import accompanied_by

HOME_DOES: Final = ("yes", "tick")
BOTH_DO: Final = ("start", "rest", "resume")
LEAD_DOES: Final = ("yes", "start", "rest", "resume", "alone", "accompanied", "release", "tick")


@require_safe
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a match to the home's people and its champion."""
    found = match_for(request, pk, VIEW)
    return show(request, found, _sides_of_home(request, found))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the home's yes or no, or what it has made ready."""
    found = match_for(request, pk, ANSWER_HOME)
    return act_on(request, found, Side.HOME, may=(*HOME_DOES, "no"), to="matches:match")


@require_POST
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the visits begin, rest, go on or end."""
    found = match_for(request, pk, VIEW)
    side = _sides_of_home(request, found)
    return act_on(request, found, side, may=(*BOTH_DO, "no"), to="matches:match")


@require_safe
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a match to the volunteer's lead."""
    return show(request, _led(request, pk), Side.BROKER, is_lead=True)


@require_POST
def lead_do(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the volunteer's lead may: how they come, and for a child its adult's answer."""
    found = _led(request, pk)
    child = speaks_for(
        Side.VOLUNTEER, home=found.home, volunteer=found.volunteer, by=person_of(request)
    )
    answers = request.POST.get("do") in ("yes", "tick") or request.POST.get("as") == "adult"
    side = Side.VOLUNTEER if child and answers else Side.BROKER
    return act_on(request, found, side, may=(*LEAD_DOES, "no"), to="matches:lead", is_lead=True)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the last step, by whoever took it, and go back to where they see it."""
    person = person_of(request)
    steps = MatchStep.objects.filter(pk=min(pk, 2**63 - 1), by=person)
    step = steps.select_related("match__volunteer", "match__home").first()
    if step is None:
        messages.error(request, "There is nothing of yours to take back.")
        return redirect("frontend:today")
    try:
        services.undo(step=step, by=person)
    except (MatchesError, ValidationError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    else:
        messages.success(request, "Taken back.")
    return redirect(_page_of(request, step.match))


def show(
    request: HttpRequest,
    found: Match,
    side: str,
    *,
    is_lead: bool = False,
    form: NoForm | None = None,
) -> HttpResponse:
    """Render the page of a match, with a form that was refused where there is one."""
    person = person_of(request)
    action = ACCOMPANY if is_lead else VIEW
    reads.note(request, [found], action=action)
    (row,) = rows_of([found], person, timezone.localdate())
    lines = lines_of(found, label=row.label if row.is_named else "The volunteer", viewer=side)
    for_child = speaks_for(
        Side.VOLUNTEER, home=found.home, volunteer=found.volunteer, by=person
    )
    context: dict[str, Any] = {
        "match": found,
        "home": found.home,
        "row": row,
        "lines": lines,
        "undo_step": next(
            (line.step for line in lines[:1] if can_undo(line.step, person)), None
        ),
        "ready": lists_of(found),
        "side": side,
        "is_lead": is_lead,
        "for_child": is_lead and for_child,
        "may_tick_home": side == Side.HOME,
        "may_see_words": bool(found.words) and (is_lead or side == Side.BROKER or _own(lines)),
        "no_form": form or NoForm(side=side, auto_id="no_%s"),
        "is_over": found.status in OVER,
        "is_before": found.status in NOT_STARTED,
        "is_live": found.status == MatchStatus.LIVE,
        "do_url": reverse("matches:lead_do" if is_lead else "matches:go", args=[found.pk]),
    }
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "matches/match.html", context, status=status)


def act_on(
    request: HttpRequest,
    found: Match,
    side: str,
    *,
    may: tuple[str, ...],
    to: str,
    is_lead: bool = False,
) -> HttpResponse:
    """Do what a button says, if it is one of ``may``; a no is asked for its reason."""
    person, do = person_of(request), request.POST.get("do", "")
    back = reverse(to, args=[found.pk])
    if do not in may:
        return unknown(request, back)
    if do != "no":
        act = simple(do, found, side=side, by=person, data=request.POST)
        return done(request, act, WORDS[do], back, person) if act else unknown(request, back)
    form = NoForm(request.POST, side=side, auto_id="no_%s")
    if not form.is_valid() or not said_no(request, found, side, form):
        return show(request, found, side, is_lead=is_lead, form=form)
    return redirect(back)


def said_no(request: HttpRequest, found: Match, side: str, form: NoForm) -> bool:
    """Decline or end a match as a valid form says; False where that was refused."""
    person, said = person_of(request), form.cleaned_data
    try:
        if found.status in NOT_STARTED:
            row = services.decline(match=found, side=side, by=person, **said)
        else:
            row = services.end(match=found, by=person, **said)
    except MatchesError as error:
        form.add_error(None, str(error))
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        succeeded(request, row, "Noted. Thank you for saying so.", person)
        return True
    return False


def _own(lines: list[Any]) -> bool:
    """Say whether it was the home that gave the reason."""
    said = [line.step.side for line in lines if line.step.what in ("declined", "ended")]
    return said[:1] == [Side.HOME]


def _sides_of_home(request: HttpRequest, found: Match) -> str:
    mine = request.user.has_perm(ANSWER_HOME, found)
    return Side.HOME if mine else Side.BROKER


def _led(request: HttpRequest, pk: int) -> Match:
    mine = accompanied_by(reach_of(person_of(request), ACCOMPANY))
    rows = Match.objects.of_volunteers(mine.values("pk")).filter(pk=min(pk, 2**63 - 1))
    found = with_story(told(rows, timezone.localdate())).first()
    if found is None:
        raise Http404("This is not a match of a volunteer of yours.")
    return found


def _page_of(request: HttpRequest, found: Match) -> str:
    person = person_of(request)
    if found.volunteer.person_id == person.pk:
        return reverse("matches:mine")
    if person.has_perm(VIEW, found):
        return reverse("matches:match", args=[found.pk])
    return reverse("matches:lead", args=[found.pk])
