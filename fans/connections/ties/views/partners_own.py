"""The homes that a place's own people are tied to, or asked by; they answer signed in."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fans.connections.errors import ConnectionsError
from fans.connections.ties import own
from fans.connections.ties.forms import WordForm
from fans.connections.ties.services import partners_word
from fans.connections.ties.views.asking import refuse
from fans.connections.views.access import UNPROCESSABLE, person_of

SAID: Final = "Thank you. The home sees your answer."


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the homes that one's own places are tied to, or asked by."""
    return render(request, "ties/mine.html", {"rows": own.seen_by(person_of(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a home that asks."""
    person = person_of(request)
    tie = get_object_or_404(own.ties_of_places(person), pk=pk)
    asked = own.asked_last(tie)
    if asked is None or tie.is_over:
        raise Http404("Nobody asks here.")
    form = WordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            partners_word.answer_signed_in(partnership=tie, by=person, word=form.word())
            messages.success(request, SAID)
            return redirect("ties:mine")
        except PermissionDenied as refusal:
            raise Http404(str(refusal)) from refusal
        except ConnectionsError as refusal:
            refuse(form, refusal)
    context = {
        "home": tie.home,
        "partner": tie.partner,
        "purpose": tie.purpose,
        "words": asked.words,
        "asked_on": asked.asked_on,
        "form": form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "ties/own_answer.html", context, status=status)
