"""What was a slip is taken out, and brought back."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from fans.connections.views.access import person_of
from fans.learning import services
from fans.learning.models import Action, Plan, Talk

KINDS: Final[dict[str, tuple[Any, str]]] = {
    "plan": (Plan, "The plan is taken out."),
    "talk": (Talk, "What was said is taken out."),
    "action": (Action, "The action is taken out."),
}


def _row(request: HttpRequest, kind: str, pk: int) -> Any:
    model = KINDS[kind][0]
    related = "home" if kind == "plan" else "plan__home"
    row = get_object_or_404(model.objects.select_related(related), pk=pk)
    if not request.user.has_perm(services.KEEP, row):
        raise Http404("Your roles do not reach this home.")
    return row


@require_POST
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take out a plan, a talk or an action."""
    row = _row(request, kind, pk)
    services.remove(row=row, by=person_of(request))
    undo_url = reverse(f"learning:bring_back_{kind}", args=[pk])
    messages.success(request, KINDS[kind][1], extra_tags=f"undo:{undo_url}")
    if kind == "plan":
        return redirect("learning:plans", home_id=row.home_id)
    return redirect("learning:plan", pk=row.plan_id)


@require_POST
def bring_back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Bring back what was taken out."""
    row = _row(request, kind, pk)
    services.bring_back(row=row, by=person_of(request))
    messages.success(request, "It is back.")
    return redirect("learning:plan", pk=row.pk if kind == "plan" else row.plan_id)
