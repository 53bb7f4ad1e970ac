"""A home's months as a timeline, with what went on besides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.connections.views.access import UNPROCESSABLE, home_for
from fans.openness.models import Wave
from fans.openness.waves.forms import EventForm
from fans.openness.waves.missing import missing_of
from fans.openness.waves.reports import timeline
from fans.openness.waves.views.access import is_inside
from homes.models import Home


@require_safe
def home_waves(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show the months of a home's programmes, past, open and planned."""
    return page(request, home_for(request, home_id, "waves.view"))


def page(
    request: HttpRequest, home: Home, *, event_form: EventForm | None = None
) -> HttpResponse:
    """Show the timeline, with the form that notes what went on."""
    rows = Wave.objects.filter(enrolment__home=home).select_related("enrolment__cohort")
    waves = [wave for wave in rows if request.user.has_perm("waves.view", wave)]
    missing = missing_of(waves, inside=is_inside(request, home))
    counts = {wave: len(pieces) for wave, pieces in missing.items()}
    may_note = request.user.has_perm("waves.note", home)
    initial = {"from_on": timezone.localdate()}
    context = {
        "home": home,
        "lines": timeline(home, waves, counts, home.context_events.all()),
        "has_waves": bool(waves),
        "may_note": may_note,
        "form": (event_form or EventForm(initial=initial)) if may_note else None,
    }
    status = UNPROCESSABLE if event_form is not None else 200
    return render(request, "waves/home.html", context, status=status)
