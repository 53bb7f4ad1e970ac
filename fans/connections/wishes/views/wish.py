"""One wish: it comes true, is let go, and waits again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fans.connections.errors import ConnectionsError
from fans.connections.views.access import UNPROCESSABLE, person_of
from fans.connections.wishes import services
from fans.connections.wishes.errors import NotOpenError, WordsGoneError
from fans.connections.wishes.forms import GrantForm, LetGoForm, refuse
from fans.connections.wishes.models import Wish
from fans.connections.wishes.views.access import refused, wish_for


@require_safe
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a wish, and what can be done with it."""
    return _page(request, wish_for(request, pk, "wishes.view"))


def _page(
    request: HttpRequest,
    wish: Wish,
    *,
    grant_form: GrantForm | None = None,
    let_go_form: LetGoForm | None = None,
) -> HttpResponse:
    forms: dict[str, Any] = {}
    may_keep = request.user.has_perm("wishes.keep", wish)
    if wish.is_open and may_keep:
        forms["grant_form"] = grant_form or GrantForm(wish=wish, auto_id="grant_%s")
        forms["let_go_form"] = let_go_form or LetGoForm(auto_id="let_go_%s")
    context = {
        "home": wish.home,
        "wish": wish,
        "thanks": wish.thanks.select_related("partnership__partner__asset"),
        "days": wish.days_waited(timezone.localdate()),
        "can_take_back": may_keep and wish.can_be_taken_back(timezone.now()),
        "may_keep": may_keep,
        "may_log": request.user.has_perm("connections.log", wish.home),
        **forms,
    }
    wrong = any(form.errors for form in (grant_form, let_go_form) if form)
    return render(request, "wishes/wish.html", context, status=UNPROCESSABLE if wrong else 200)


@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what granted a wish, or on which day it came true."""
    found = wish_for(request, pk, "wishes.keep")
    form = GrantForm(request.POST, wish=found, auto_id="grant_%s")
    if form.is_valid():
        try:
            services.grant(wish=found, by=person_of(request), **form.said())
        except NotOpenError as refusal:
            return refused(request, found, str(refusal))
        except (ConnectionsError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            return _done(request, found, "A wish has come true.")
    return _page(request, found, grant_form=form)


@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wish off the line that will not come true."""
    found = wish_for(request, pk, "wishes.keep")
    form = LetGoForm(request.POST, auto_id="let_go_%s")
    if form.is_valid():
        try:
            services.let_go(wish=found, by=person_of(request), why=form.cleaned_data["why"])
        except NotOpenError as refusal:
            return refused(request, found, str(refusal))
        return _done(request, found, "Let go.")
    return _page(request, found, let_go_form=form)


def _done(request: HttpRequest, wish: Wish, words: str) -> HttpResponse:
    undo_url = reverse("wishes:reopen", args=[wish.pk])
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return redirect("wishes:wish", pk=wish.pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Hang a wish up again."""
    found = wish_for(request, pk, "wishes.keep")
    try:
        services.reopen(wish=found, by=person_of(request))
    except WordsGoneError as refusal:
        return refused(request, found, str(refusal))
    messages.success(request, "It hangs on the line again.")
    return redirect("wishes:wish", pk=pk)
