"""Which plan is asked for, and what happens when it cannot be done."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from fans.learning.models import Action, Plan, Review, Talk

READ: Final = "plans.view"
CONFLICT: Final = 409
"""What was asked came too late, or somebody else was first."""


def plan_for(request: HttpRequest, pk: int, action: str) -> Plan:
    """Return the plan asked for, with its home.

    Raises:
        Http404: there is none that stands, or the roles held do not reach its home.
    """
    rows = Plan.objects.standing().select_related("home")
    found: Plan = _reached(request, rows, pk, action)
    return found


def talk_for(request: HttpRequest, pk: int, action: str) -> Talk:
    """Return the talk asked for; raises as ``plan_for`` does."""
    rows = Talk.objects.standing().filter(plan__removed_at__isnull=True)
    found: Talk = _reached(request, rows.select_related("plan__home"), pk, action)
    return found


def action_for(request: HttpRequest, pk: int, action: str) -> Action:
    """Return the action asked for; raises as ``plan_for`` does."""
    rows = Action.objects.standing().filter(plan__removed_at__isnull=True)
    found: Action = _reached(request, rows.select_related("plan__home", "owner"), pk, action)
    return found


def review_for(request: HttpRequest, pk: int, action: str) -> Review:
    """Return the look back asked for; raises as ``plan_for`` does."""
    rows = Review.objects.filter(
        action__removed_at__isnull=True, action__plan__removed_at__isnull=True
    )
    found: Review = _reached(request, rows.select_related("action__plan__home"), pk, action)
    return found


def _reached(request: HttpRequest, rows: Any, pk: int, action: str) -> Any:
    found = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(action, found):
        raise Http404("Your roles do not reach this home.")
    return found


def refused(request: HttpRequest, plan: Plan, words: str) -> HttpResponse:
    """Say why nothing was changed."""
    context = {"plan": plan, "home": plan.home, "words": words}
    return render(request, "learning/refused.html", context, status=CONFLICT)


def with_version(request: HttpRequest, version: int) -> Any:
    """Return what was sent, as if it had been written over what stands now."""
    sent = request.POST.copy()
    sent["version"] = str(version)
    return sent
