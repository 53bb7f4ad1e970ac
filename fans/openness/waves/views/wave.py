"""One wave: where it is in its life, who answered, what is missing, what came late."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.openness.models import Wave, WaveState
from fans.openness.services import last_day_for_answers
from fans.openness.waves.beside import beside_of
from fans.openness.waves.missing import facts_of, pieces_from
from fans.openness.waves.reports import events_in, late_answers, respondents
from fans.openness.waves.views.access import is_inside, todos, wave_for
from fans.openness.waves.words import state_words


@require_safe
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a wave, and what can be done with it."""
    return render(request, "waves/wave.html", page_of(request, wave_for(request, pk)))


def page_of(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    """Return what the page of a wave shows."""
    today, inside = timezone.localdate(), is_inside(request, wave)
    state = wave.state_on(today)
    begun = state != WaveState.PLANNED
    facts = facts_of([wave] if begun else [])
    pieces = pieces_from([wave], facts, inside=inside)[wave.pk]
    last_day = last_day_for_answers(wave)
    return {
        "wave": wave,
        "home": wave.enrolment.home,
        "state": state,
        "state_words": state_words(wave, today),
        "inside": inside,
        "todos": todos(request, pieces, wave),
        "is_open": state == WaveState.OPEN,
        "beside": beside_of([wave])[wave.pk] if begun and not wave.is_staying_check else None,
        "left_count": sum(not piece.is_done for piece in pieces),
        "minutes": sum(piece.minutes for piece in pieces if not piece.is_done),
        "respondents": respondents(wave, facts, inside=inside, late=False) if begun else [],
        "late": respondents(wave, facts, inside=inside, late=True) if begun else [],
        # While more can come, each sheet could be told by a look before and after it.
        "late_answers": late_answers(wave) if begun and inside and today > last_day else [],
        "takes_late_until": last_day
        if state == WaveState.CLOSED and today <= last_day
        else None,
        "events": events_in(wave),
        "may_open": request.user.has_perm("waves.open", wave),
        "may_close": request.user.has_perm("waves.close", wave),
        "may_remind": request.user.has_perm("waves.remind", wave),
        "may_undo": wave.may_reopen(timezone.now())
        and request.user.has_perm("waves.close", wave),
        "may_answer": begun
        and today <= last_day
        and request.user.has_perm("openness.answer", wave),
        "may_see_score": begun and request.user.has_perm("openness.view_score", wave),
    }
