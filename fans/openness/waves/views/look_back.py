"""The look-back of months 3 and 6: how often did we meet, from memory?"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fans.connections.candidates import ties_last_met_first
from fans.connections.errors import ConnectionsError
from fans.connections.models import OUTSIDE_COMMUNITY, Partnership
from fans.connections.views.access import UNPROCESSABLE, person_of
from fans.openness.errors import OpennessError
from fans.openness.look_back import days_of
from fans.openness.models import PROGRAMME_MONTHS
from fans.openness.waves.forms import LookBackForm
from fans.openness.waves.services import recalled_in, remember
from fans.openness.waves.views.access import refused, wave_for
from fans.openness.waves.words import state_words

MOST_TIES = 60


@require_http_methods(["GET", "HEAD", "POST"])
def look_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how often a home met each of its ties in these weeks, from memory."""
    wave = wave_for(request, pk, "connections.tally")
    home, today = wave.enrolment.home, timezone.localdate()
    if wave.month not in PROGRAMME_MONTHS[1:]:
        raise Http404("This month asks with the three steps of the start, or not at all.")
    if not wave.is_open_on(today):
        return refused(request, wave, state_words(wave, today))
    asked = days_of(wave, home)
    ties = [tie for tie in ties_last_met_first(home) if not _is_outside(tie)][:MOST_TIES]
    sent = request.POST if request.method == "POST" else None
    form = LookBackForm(sent, ties=ties, known=recalled_in(wave, asked))
    if form.is_valid():
        try:
            changed = remember(wave=wave, times=form.said(), by=person_of(request))
        except OpennessError as refusal:
            return refused(request, wave, str(refusal))
        except (ConnectionsError, ValidationError) as refusal:
            form.add_error(None, str(refusal))
        else:
            words = "Saved, from memory." if changed else "Nothing was changed."
            messages.success(request, words)
            return redirect("waves:wave", pk=pk)
    context = {"wave": wave, "home": home, "asked": asked, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "waves/look_back.html", context, status=status)


def _is_outside(tie: Partnership) -> bool:
    """Say whether a tie is with a home's own family, or a professional at work."""
    return tie.partner.kind in OUTSIDE_COMMUNITY
