"""What whoever scans a sheet sees: a form for what happened, and nothing else of the home."""

import uuid
from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fans.connections.errors import ConnectionsError
from fans.connections.quick import limits
from fans.connections.quick.errors import CodeIsOverError, TooLateToTakeBackError
from fans.connections.quick.forms import NoteForm
from fans.connections.quick.models import QuickCode
from fans.connections.quick.services.noting import find_code, note_entry
from fans.connections.quick.services.noting import take_back as take_out
from fans.connections.views.access import UNPROCESSABLE
from fans.people.kept_token import forget, keep, kept, private

COOKIE: Final = "quick-code"
GONE: Final = 410
NOTED: Final = "Noted, thank you. The home’s team looks at it before it counts."


@require_safe
def open_code(request: HttpRequest, token: str) -> HttpResponse:
    """Put the token out of the address; whatever follows the link changes nothing."""
    return keep(COOKIE, token, page=reverse("quick:note"))


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Ask what happened, for a sheet that works; keep it until the home's team has looked."""
    token = kept(request, COOKIE)
    code = find_code(token)
    if code is None:
        return private(_over(request))
    if request.method != "POST":
        return private(_form_page(request, code, NoteForm(home=code.home)))
    if request.POST.get(limits.TRAP):  # a machine: it is told what everybody is told
        messages.success(request, NOTED)
        return private(redirect("quick:note"))
    if not (limits.network_may(request) and limits.code_may(request, code.pk)):
        return private(render(request, "429.html", status=429))
    form = NoteForm(request.POST, home=code.home)
    try:
        if form.is_valid():
            return private(_noted(request, token, form))
    except CodeIsOverError:  # it was ended while the form was open
        return private(_over(request))
    except (ConnectionsError, ValidationError) as refusal:
        form.refuse(refusal)
    return private(_form_page(request, code, form))


def _noted(request: HttpRequest, token: str, form: NoteForm) -> HttpResponse:
    entry = note_entry(
        token=token, client_uuid=form.cleaned_data["client_uuid"], **form.noted()
    )
    undo_url = reverse("quick:take_back", args=[entry.client_uuid])
    messages.success(request, NOTED, extra_tags=f"undo:{undo_url}")
    return redirect("quick:note")


@require_POST
def take_back(request: HttpRequest, client_uuid: uuid.UUID) -> HttpResponse:
    """Take out what was noted a moment ago from the same sheet."""
    try:
        was_there = take_out(token=kept(request, COOKIE), client_uuid=client_uuid)
    except CodeIsOverError:
        return private(_over(request))
    except TooLateToTakeBackError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken back." if was_there else "That is not here any more.")
    return private(redirect("quick:note"))


def _form_page(request: HttpRequest, code: QuickCode, form: NoteForm) -> HttpResponse:
    context = {"home_name": code.home.name, "form": form, "trap": limits.TRAP}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quick/note.html", context, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    """Say that a sheet opens nothing, and what to do instead; never whose it was."""
    return forget(render(request, "quick/over.html", status=GONE), COOKIE)
