"""The smallest useful beginning: five small things, each taken up again where it was left."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.connections.views.access import home_for
from fans.openness.models import Wave
from fans.openness.waves.missing import LOG, pieces_of
from fans.openness.waves.views.access import is_inside, todos
from fans.openness.waves.words import state_words

WITHIN = 30
"""Minutes. What is asked at the start never takes longer; a test adds them up."""


@require_safe
def baseline(request: HttpRequest, home_id: int) -> HttpResponse:
    """Lead a home through its month 0, one thing after another."""
    home = home_for(request, home_id, "waves.view")
    waves = Wave.objects.filter(enrolment__home=home, month=0)
    wave = waves.select_related("enrolment").order_by("-opens_on").first()
    context: dict[str, Any] = {"home": home, "wave": wave, "within": WITHIN}
    if wave is not None and request.user.has_perm("waves.view", wave):
        found = pieces_of([wave], inside=is_inside(request, wave))[wave.pk]
        # The log begins with the first visit: it is nothing to do at the start.
        pieces = [piece for piece in found if piece.kind != LOG]
        steps = todos(request, pieces, wave)
        left = [step for step in steps if not step.piece.is_done]
        context |= {
            "steps": steps,
            "next": next((step for step in left if step.may_do), None),
            "done_count": len(steps) - len(left),
            "minutes": sum(step.piece.minutes for step in left),
            "is_open": wave.is_open_on(timezone.localdate()),
            "state_words": state_words(wave, timezone.localdate()),
        }
    return render(request, "waves/baseline.html", context)
