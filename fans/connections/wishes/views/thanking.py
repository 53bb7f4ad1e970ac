"""A few words of thanks to a partner, for a card."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fans.connections.errors import ConnectionsError
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from fans.connections.wishes import services
from fans.connections.wishes.errors import TooLateError
from fans.connections.wishes.forms import ThanksForm, refuse
from fans.connections.wishes.models import Thanks, Wish
from fans.connections.wishes.views.access import CONFLICT
from homes.models import Home


@require_http_methods(["GET", "HEAD", "POST"])
def thank(request: HttpRequest, home_id: int) -> HttpResponse:
    """Ask for a few words, for ``?wish=`` where one came true; keep them for a card."""
    home = home_for(request, home_id, "wishes.keep")
    wish = _wish(request, home)
    form = ThanksForm(request.POST if request.method == "POST" else None, home=home, wish=wish)
    if form.is_valid():
        try:
            made = services.thank(by=person_of(request), wish=wish, **form.cleaned_data)
        except (ConnectionsError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            undo_url = reverse("wishes:tear_up", args=[made.pk])
            words = "Kept for a card. Nobody outside sees it before you hand it over."
            messages.success(request, words, extra_tags=f"undo:{undo_url}")
            return redirect("wishes:board", home_id=home.pk)
    context = {"home": home, "wish": wish, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "wishes/thank.html", context, status=status)


def _wish(request: HttpRequest, home: Home) -> Wish | None:
    asked = request.GET.get("wish", "")
    if not asked:
        return None
    if not re.fullmatch(r"[0-9]{1,18}", asked):
        raise Http404("There is no wish of that number.")
    rows = Wish.objects.of_home(home).granted().select_related("connection")
    return get_object_or_404(rows, pk=int(asked))


@require_POST
def given(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the card was handed over."""
    row = _thanks_for(request, pk)
    services.give(thanks=row, by=person_of(request))
    undo_url = reverse("wishes:not_given", args=[pk])
    messages.success(request, "Handed over.", extra_tags=f"undo:{undo_url}")
    return redirect("wishes:board", home_id=row.home_id)


@require_POST
def not_given(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the card was not handed over after all."""
    row = _thanks_for(request, pk)
    services.not_given(thanks=row, by=person_of(request))
    messages.success(request, "The card waits again.")
    return redirect("wishes:board", home_id=row.home_id)


@require_POST
def tear_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a thank-you away that nobody was given."""
    row = _thanks_for(request, pk)
    try:
        services.tear_up(thanks=row, by=person_of(request))
    except TooLateError as refusal:
        context = {"home": row.home, "words": str(refusal)}
        return render(request, "wishes/refused.html", context, status=CONFLICT)
    messages.success(request, "Torn up.")
    return redirect("wishes:board", home_id=row.home_id)


def _thanks_for(request: HttpRequest, pk: int) -> Thanks:
    rows = Thanks.objects.select_related("home", "partnership__partner__asset")
    row = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("wishes.keep", row):
        raise Http404("Your roles do not reach this home.")
    return row
