"""The three steps of a home at a glance, and what comes next."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fans.connections.steps.models import Step
from fans.connections.steps.progress import progress_of
from fans.connections.steps.services import say_done, say_not_done
from fans.connections.views.access import home_for, person_of

LOG = "connections.log"


@require_safe
def start(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show the three steps, how far each is, and which comes next."""
    home = home_for(request, home_id, LOG)
    context = {"home": home, "progress": progress_of(home)}
    return render(request, "steps/start.html", context)


@require_POST
def done(request: HttpRequest, home_id: int, step: str) -> HttpResponse:
    """Say that a step is done for now, and lead to the next."""
    home = home_for(request, home_id, LOG)
    say_done(by=person_of(request), home=home, step=_step(step))
    undo_url = reverse("steps:not_done", args=[home.pk, step])
    words = f"Step {list(Step).index(Step(step)) + 1} is done for now."
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    coming = progress_of(home).next
    return redirect(f"steps:{coming.step}" if coming else "steps:start", home_id=home.pk)


@require_POST
def not_done(request: HttpRequest, home_id: int, step: str) -> HttpResponse:
    """Take back that a step is done."""
    home = home_for(request, home_id, LOG)
    say_not_done(by=person_of(request), home=home, step=_step(step))
    messages.success(request, "Open again.")
    return redirect(f"steps:{step}", home_id=home.pk)


def _step(asked: str) -> str:
    if asked not in Step.values:
        raise Http404("There is no such step.")
    return asked
