"""What a group said, and groups side by side."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fans.connections.views.access import UNPROCESSABLE, person_of
from fans.learning import services
from fans.learning.differences import differences_of
from fans.learning.errors import ChangedMeanwhileError, LearningError, PlanIsOverError
from fans.learning.forms import CompareForm, TalkForm, refuse
from fans.learning.groups import GROUPS, IN_OFFICE
from fans.learning.models import Comparison, Plan, Talk
from fans.learning.reports import last_times, plan_shown
from fans.learning.views.access import (
    CONFLICT,
    READ,
    plan_for,
    refused,
    talk_for,
    with_version,
)


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """Ask what a group said; keep it."""
    found = plan_for(request, pk, services.KEEP)
    if group not in GROUPS:
        raise Http404("There is no such group.")
    form = TalkForm(request.POST if request.method == "POST" else None, group=group)
    if form.is_valid():
        try:
            made = services.keep_talk(
                plan=found,
                by=person_of(request),
                group=group,
                client_uuid=form.cleaned_data["client_uuid"],
                **form.said_values(),
            )
        except PlanIsOverError as refusal:
            return refused(request, found, str(refusal))
        except (LearningError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            undo_url = reverse("learning:remove_talk", args=[made.pk])
            messages.success(request, "Kept.", extra_tags=f"undo:{undo_url}")
            return redirect("learning:plan", pk=pk)
    return _talk_page(request, found, group, form)


def _talk_page(
    request: HttpRequest,
    plan: Plan,
    group: str,
    form: TalkForm,
    *,
    talk: Talk | None = None,
    theirs: Any = None,
) -> HttpResponse:
    context = {
        "home": plan.home,
        "plan": plan,
        "group": group,
        "group_name": GROUPS[group],
        "is_in_office": group in IN_OFFICE,
        "questions": plan.about.questions_for(group),
        "earlier": last_times(plan, group),
        "form": form,
        "talk": talk,
        "theirs": theirs,
    }
    status = CONFLICT if theirs else UNPROCESSABLE if form.errors else 200
    return render(request, "learning/talk.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what a group said."""
    found = talk_for(request, pk, services.KEEP)
    plan, group = found.plan, found.group
    form = TalkForm(request.POST if request.method == "POST" else None, group=group, talk=found)
    theirs = None
    if form.is_valid():
        try:
            services.change_talk(
                talk=found,
                by=person_of(request),
                version=form.cleaned_data["version"] or 0,
                **form.said_values(),
            )
        except ChangedMeanwhileError as newer:
            theirs = [("What was said", newer.row.said), ("What matters", newer.row.matters)]
            sent = with_version(request, newer.row.version)
            form = TalkForm(sent, group=group, talk=newer.row)
        except PlanIsOverError as refusal:
            return refused(request, plan, str(refusal))
        except (LearningError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Changed.")
            return redirect("learning:plan", pk=plan.pk)
    return _talk_page(request, plan, group, form, talk=found, theirs=theirs)


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the groups side by side; keep what they see alike, and what differs."""
    found = plan_for(request, pk, READ)
    may_keep = request.user.has_perm(services.KEEP, found)
    if request.method == "POST" and not may_keep:
        raise Http404("Your roles do not let you change this home’s plans.")
    stands = Comparison.objects.filter(plan=found).first()
    sent = request.POST if request.method == "POST" else None
    form = CompareForm(sent, comparison=stands)
    theirs = None
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.compare(plan=found, by=person_of(request), **_words(said))
        except ChangedMeanwhileError as newer:
            theirs = [("Alike", newer.row.alike), ("Differently", newer.row.differs)]
            sent = with_version(request, newer.row.version)
            form = CompareForm(sent, comparison=newer.row)
        except PlanIsOverError as refusal:
            return refused(request, found, str(refusal))
        except (LearningError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Kept.")
            return redirect("learning:plan", pk=pk)
    return _compare_page(request, found, form, may_keep=may_keep, theirs=theirs)


def _words(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("version", "alike", "differs")}


def _compare_page(
    request: HttpRequest, plan: Plan, form: CompareForm, *, may_keep: bool, theirs: Any
) -> HttpResponse:
    shown = plan_shown(plan, own_team=may_keep)
    signs = {sign for sign, _ in shown.links.signs}
    context = {
        "home": plan.home,
        "plan": plan,
        "shown": shown,
        "differences": differences_of(plan.home, signs, person=person_of(request)),
        "form": form,
        "may_keep": may_keep and not plan.is_over,
        "theirs": theirs,
    }
    status = CONFLICT if theirs else UNPROCESSABLE if form.errors else 200
    return render(request, "learning/compare.html", context, status=status)
