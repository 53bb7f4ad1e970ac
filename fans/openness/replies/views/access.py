"""Which wave is asked for, and what happens when something cannot be done."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from fans.openness.models import Indicator, Wave
from fans.people.models import Person

CONFLICT: Final = 409
"""What was asked came too late, or somebody else was first."""

UNPROCESSABLE: Final = 422


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in; the permission table lets nobody else this far."""
    if not isinstance(request.user, Person):
        raise Http404("This is for the home’s own team.")
    return request.user


def wave_for(request: HttpRequest, pk: int, action: str) -> Wave:
    """Return a wave that has begun, with its home, if the person may do ``action`` there.

    Raises:
        Http404: there is none of this number, it lies ahead, or it is another home's.
    """
    rows = Wave.objects.select_related("enrolment__home", "enrolment__cohort", "instrument")
    found = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(action, found.enrolment.home):
        raise Http404("Your roles do not reach this home.")
    if found.state_on(timezone.localdate()) == "planned":
        raise Http404("This month has not begun: there is no picture of it yet.")
    return found


def sign_asked(request: HttpRequest, wave: Wave) -> Indicator | None:
    """Return the sign of ``?sign=``; None for the whole picture.

    Raises:
        Http404: the wave's instrument has no such sign.
    """
    code = request.GET.get("sign", "")
    if not code:
        return None
    return get_object_or_404(Indicator, instrument=wave.instrument_id, code=code[:4])


def refused(request: HttpRequest, wave: Wave, words: str) -> HttpResponse:
    """Say why nothing was changed."""
    context = {"wave": wave, "home": wave.enrolment.home, "words": words}
    return render(request, "replies/refused.html", context, status=CONFLICT)
