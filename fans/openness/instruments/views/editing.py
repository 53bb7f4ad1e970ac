"""Change a draft: the whole, one sign, a new one, or leave one out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fans.openness.errors import OpennessError, RefusedError
from fans.openness.instruments import services
from fans.openness.instruments.canonical import instrument_as_json
from fans.openness.instruments.editing import (
    Body,
    DraftForm,
    SignForm,
    WholeForm,
    new_sign,
    without_sign,
)
from fans.openness.instruments.reports import Version
from fans.openness.instruments.views.access import CONFLICT, UNPROCESSABLE, draft_for


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, version: str) -> HttpResponse:
    """Change what holds for all signs of a draft; its signs are a page each."""
    found = draft_for(request, version)
    body = instrument_as_json(found.instrument)
    form = WholeForm(sent(request), body=body, initial={"seen": found.fingerprint})
    status = _save(request, version, form)
    if status is None:
        return redirect("instruments:edit", version)
    context = {"form": form, "version": found, "instrument": found.instrument}
    return render(request, "instruments/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_sign(request: HttpRequest, version: str, code: str) -> HttpResponse:
    """Change one sign of a draft."""
    found = draft_for(request, version)
    body = instrument_as_json(found.instrument)
    sign = next((each for each in body["indicators"] if each["id"] == code), None)
    if sign is None:
        raise Http404("There is no such sign in this draft.")
    return _sign_page(request, found, body, sign, is_new=False)


@require_http_methods(["GET", "HEAD", "POST"])
def add_sign(request: HttpRequest, version: str, side: str) -> HttpResponse:
    """Add a question to one side of a draft."""
    found = draft_for(request, version)
    if side not in [each.id for each in found.instrument.dimensions]:
        raise Http404("There is no such side in this draft.")
    body = instrument_as_json(found.instrument)
    return _sign_page(request, found, body, new_sign(body, side), is_new=True)


@require_POST
def leave_out(request: HttpRequest, version: str, code: str) -> HttpResponse:
    """Leave one sign out of a draft; adding it again, or the former version, has its words."""
    found = draft_for(request, version)
    body = instrument_as_json(found.instrument)
    if code not in [each.id for each in found.instrument.indicators]:
        raise Http404("There is no such sign in this draft.")
    try:
        services.change_draft(
            version=version, body=without_sign(body, code), seen=request.POST.get("seen", "")
        )
    except OpennessError as error:
        messages.error(request, f"{code} stays: {error}")
    else:
        _say(request, version, f"{code} is left out of {version}.")
    return redirect("instruments:edit", version)


@require_POST
def undo(request: HttpRequest, version: str) -> HttpResponse:
    """Put back what the draft said before its last change."""
    draft_for(request, version)
    services.undo_change(version=version)
    messages.success(request, f"{version} says again what it said before.")
    return redirect("instruments:edit", version)


def sent(request: HttpRequest) -> object:
    """Return what was sent, or None where a page is only asked for."""
    return request.POST if request.method == "POST" else None


def _sign_page(
    request: HttpRequest, found: Version, body: Body, sign: Body, *, is_new: bool
) -> HttpResponse:
    form = SignForm(sent(request), body=body, sign=sign, initial={"seen": found.fingerprint})
    status = _save(request, found.name, form)
    if status is None:
        return redirect("instruments:edit", found.name)
    context = {"form": form, "version": found, "sign": sign, "is_new": is_new}
    return render(request, "instruments/edit_sign.html", context, status=status)


def _save(request: HttpRequest, version: str, form: DraftForm) -> int | None:
    """Change the draft as the form says; return None where that is done, else the status."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        services.change_draft(
            version=version, body=form.applied(), seen=form.cleaned_data["seen"]
        )
    except RefusedError as error:
        form.add_error(None, str(error))
        return UNPROCESSABLE
    except OpennessError as error:
        form.add_error(None, str(error))
        return CONFLICT
    _say(request, version, "Changed.")
    return None


def _say(request: HttpRequest, version: str, words: str) -> None:
    """Say what was done, with a way back."""
    back = reverse("instruments:undo", args=[version])
    messages.success(request, words, extra_tags=f"undo:{back}")
