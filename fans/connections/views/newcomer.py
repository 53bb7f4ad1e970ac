"""Somebody new: a group, a neighbour, a relative or a professional off the map."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assets.models import Asset
from fans.connections.errors import ConnectionsError, TieInUseError
from fans.connections.models import Partnership
from fans.connections.newcomer_form import NewcomerForm
from fans.connections.services import (
    find_or_start_partnership,
    partner_for_asset,
    start_tie_with_new,
    take_back_tie,
)
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from homes.models import Home


@require_http_methods(["GET", "HEAD", "POST"])
def newcomer(request: HttpRequest, home_id: int) -> HttpResponse:
    """Ask who somebody new is, whether they are known, and make the tie.

    It leads on to the log form, with them chosen.
    """
    home = home_for(request, home_id, "connections.log")
    person = person_of(request)
    if request.method == "POST":
        form = NewcomerForm(request.POST, home=home, person=person)
        if form.is_valid() and (tie := tie_of_form(request, home, form)) is not None:
            say_met(request, tie)
            log_url = reverse("connections:log", args=[home.pk])
            return redirect(f"{log_url}?tie={tie.pk}")
    else:
        form = NewcomerForm(home=home, person=person)
    context = {"home": home, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "connections/newcomer.html", context, status=status)


def tie_of_form(request: HttpRequest, home: Home, form: NewcomerForm) -> Partnership | None:
    """Return the tie that a valid form means, made on first use; None where it must ask."""
    person = person_of(request)
    chosen = form.chosen
    try:
        if isinstance(chosen, Partnership):
            return chosen
        if isinstance(chosen, Asset):
            partner = partner_for_asset(chosen)
            return find_or_start_partnership(home=home, partner=partner, by=person)
        return start_tie_with_new(by=person, home=home, **form.someone())
    except (ConnectionsError, ValidationError) as refusal:
        form.refuse(refusal)
        return None


def say_met(request: HttpRequest, tie: Partnership) -> None:
    """Say that somebody is among the home's ties, with the way to take that back."""
    undo_url = reverse("connections:take_back", args=[tie.pk])
    words = f"{tie.partner} is among those you know."
    messages.success(request, words, extra_tags=f"undo:{undo_url}")


@require_POST
def take_back(request: HttpRequest, partnership_id: int) -> HttpResponse:
    """Take back a tie that is an idea and nothing more."""
    tie = get_object_or_404(Partnership.objects.select_related("home"), pk=partnership_id)
    if not request.user.has_perm("connections.log", tie.home):
        raise Http404("Your roles do not reach this home.")
    try:
        take_back_tie(partnership=tie, by=person_of(request))
    except TieInUseError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken back.")
    return redirect("connections:log", home_id=tie.home_id)
