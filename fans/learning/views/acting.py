"""What is done about it, and looking back at it."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fans.connections.views.access import UNPROCESSABLE, person_of
from fans.learning import services
from fans.learning.errors import (
    ChangedMeanwhileError,
    LearningError,
    NotOpenError,
    PlanIsOverError,
)
from fans.learning.forms import ActionForm, ReviewForm, refuse
from fans.learning.models import Action
from fans.learning.reports import links_shown
from fans.learning.services import Move
from fans.learning.views.access import (
    CONFLICT,
    READ,
    action_for,
    plan_for,
    refused,
    review_for,
    with_version,
)

SAID: Final[dict[Move, tuple[str, Move | None]]] = {
    Move.STEP_DONE: ("The first step is taken.", Move.STEP_OPEN),
    Move.STEP_OPEN: ("The first step waits again.", None),
    Move.START: ("Begun.", None),
    Move.DONE: ("Done.", Move.REOPEN),
    Move.LET_GO: ("Let go.", Move.REOPEN),
    Move.REOPEN: ("It is open again.", None),
}
"""What is said after a move, and what takes it back."""


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what to do and its first step; keep it."""
    found = plan_for(request, pk, services.KEEP)
    form = ActionForm(request.POST if request.method == "POST" else None, plan=found)
    if form.is_valid():
        try:
            made = services.plan_action(
                plan=found,
                by=person_of(request),
                links=form.links,
                client_uuid=form.cleaned_data["client_uuid"],
                **form.said_values(),
            )
        except PlanIsOverError as refusal:
            return refused(request, found, str(refusal))
        except (LearningError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            due = timezone.localtime(made.first_due_at)
            words = f"Planned. The first step is due by {due:%A} {due.day} {due:%B, %H:%M}."
            undo_url = reverse("learning:remove_action", args=[made.pk])
            messages.success(request, words, extra_tags=f"undo:{undo_url}")
            return redirect("learning:plan", pk=pk)
    context = {"home": found.home, "plan": found, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "learning/act.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an action and what can be done with it; put it in other words."""
    may_write = request.method == "POST"
    found = action_for(request, pk, services.KEEP if may_write else READ)
    form = ActionForm(request.POST if may_write else None, plan=found.plan, action=found)
    theirs = None
    if form.is_valid():
        try:
            services.change_action(
                action=found,
                by=person_of(request),
                version=form.cleaned_data["version"] or 0,
                links=form.links,
                **form.said_values(),
            )
        except ChangedMeanwhileError as newer:
            theirs = _theirs(newer.row)
            sent = with_version(request, newer.row.version)
            form = ActionForm(sent, plan=found.plan, action=newer.row)
        except PlanIsOverError as refusal:
            return refused(request, found.plan, str(refusal))
        except (LearningError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Changed.")
            return redirect("learning:action", pk=pk)
    return _action_page(request, found, form, theirs)


def _theirs(row: Action) -> list[tuple[str, str]]:
    return [
        ("What", row.what),
        ("First step", row.first_step),
        ("Who", row.owner_words),
        ("How you will know", row.how_known),
        ("How far", row.get_state_display()),
    ]


def _action_page(
    request: HttpRequest, action: Action, form: ActionForm, theirs: Any
) -> HttpResponse:
    now = timezone.now()
    own_team = request.user.has_perm(services.KEEP, action)
    links = action.links.select_related("wish", "tie__partner__asset")
    context = {
        "home": action.plan.home,
        "plan": action.plan,
        "action": action,
        "links": links_shown(links, own_team=own_team),
        "reviews": action.reviews.select_related("held_by"),
        "is_late": action.is_late(now),
        "today": timezone.localdate(now),
        "form": form,
        "theirs": theirs,
        "may_keep": own_team and not action.plan.is_over,
    }
    status = CONFLICT if theirs else UNPROCESSABLE if form.errors else 200
    return render(request, "learning/action.html", context, status=status)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an action on, or back: ``to`` says which way."""
    found = action_for(request, pk, services.KEEP)
    asked = request.POST.get("to", "")
    if asked not in list(Move):
        return HttpResponseBadRequest("Choose what has become of it.")
    words, back = SAID[Move(asked)]
    try:
        services.move(action=found, by=person_of(request), to=Move(asked))
    except (NotOpenError, PlanIsOverError) as refusal:
        return refused(request, found.plan, str(refusal))
    undo = reverse("learning:take_back", args=[pk, back]) if back else ""
    messages.success(request, words, extra_tags=f"undo:{undo}" if undo else "")
    return redirect("learning:action", pk=pk)


@require_POST
def take_back(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Take back what was said of an action."""
    found = action_for(request, pk, services.KEEP)
    if to not in (Move.STEP_OPEN, Move.REOPEN):
        return HttpResponseBadRequest("This cannot be taken back so.")
    try:
        services.move(action=found, by=person_of(request), to=Move(to))
    except PlanIsOverError as refusal:
        return refused(request, found.plan, str(refusal))
    messages.success(request, SAID[Move(to)][0])
    return redirect("learning:action", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what has changed since; keep it."""
    found = review_for(request, pk, services.KEEP)
    plan = found.action.plan
    form = ReviewForm(request.POST if request.method == "POST" else None, review=found)
    theirs = None
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("version", "changed", "verdict")}
        try:
            services.hold_review(review=found, by=person_of(request), **said)
        except ChangedMeanwhileError as newer:
            row = newer.row
            theirs = [("What has changed", row.changed), ("And now", row.get_verdict_display())]
            form = ReviewForm(with_version(request, row.version), review=row)
        except PlanIsOverError as refusal:
            return refused(request, plan, str(refusal))
        except (LearningError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            undo_url = reverse("learning:review_back", args=[pk])
            messages.success(request, "Kept.", extra_tags=f"undo:{undo_url}")
            return redirect("learning:action", pk=found.action_id)
    context = {"home": plan.home, "plan": plan, "review": found, "form": form, "theirs": theirs}
    status = CONFLICT if theirs else UNPROCESSABLE if form.errors else 200
    return render(request, "learning/review.html", context, status=status)


@require_POST
def review_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a look back wait again."""
    found = review_for(request, pk, services.KEEP)
    services.take_review_back(review=found, by=person_of(request))
    messages.success(request, "The look back waits again.")
    return redirect("learning:action", pk=found.action_id)
