"""Having a home's team reminded of what an open wave lacks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from fans.openness.board.views.access import CONFLICT, person_of
from fans.openness.errors import OpennessError
from fans.openness.models import Wave
from fans.openness.waves.services import remind as remind_team


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the team; refused within five days of the last time."""
    waves = Wave.objects.select_related("enrolment__home", "enrolment__cohort")
    wave = get_object_or_404(waves, pk=pk)
    part = wave.enrolment
    if not request.user.has_perm("cohorts.view", part.cohort):
        raise Http404("Your roles do not reach this cohort.")
    try:
        count = remind_team(wave=wave, by=person_of(request))
    except OpennessError as refusal:
        context = {"cohort": part.cohort, "words": str(refusal)}
        return render(request, "board/not_reminded.html", context, status=CONFLICT)
    people = "one person" if count == 1 else f"{count} people"
    messages.success(request, f"A mail goes to {people} of {part.home}’s team.")
    return redirect("board:cohort", pk=part.cohort_id)
