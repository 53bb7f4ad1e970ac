"""Step 1: who do we already know? Many rows, one after another, each kept at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fans.connections.errors import ConnectionsError
from fans.connections.steps.forms import DetailsForm, KnownForm, NamesForm
from fans.connections.steps.look_back import look_back_of
from fans.connections.steps.models import Acquaintance
from fans.connections.steps.progress import progress_of
from fans.connections.steps.services import (
    put_down,
    put_down_many,
    restore_known,
    sort_known,
    take_out,
)
from fans.connections.steps.views.start import LOG
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from homes.models import Home


@require_http_methods(["GET", "HEAD", "POST"])
def know(request: HttpRequest, home_id: int) -> HttpResponse:
    """Ask for one after another of those whom the home knows; show those put down."""
    home = home_for(request, home_id, LOG)
    form = _known_form(request, home)
    looked = request.method == "POST" and "look" in request.POST
    if looked:
        form.look()
    elif request.method == "POST" and form.is_valid():
        row = _put_down(request, home, form)
        if row is not None:
            _say_kept(request, row)
            return redirect("steps:know", home_id=home.pk)
    errors = not looked and form.is_bound and bool(form.errors)
    return _page(request, home, form=form, looked=looked, status=422 if errors else 200)


def _asked(request: HttpRequest, home: Home) -> dict[str, Any]:
    return {"home": home, "person": person_of(request), "look_back": look_back_of(home)}


def _known_form(request: HttpRequest, home: Home) -> KnownForm:
    asked = _asked(request, home)
    if request.method != "POST":
        return KnownForm(**asked)
    if "look" in request.POST:  # nothing is sent yet: what was typed stays, without errors
        form = KnownForm(initial=_typed(request), **asked)
        form.data = request.POST
        return form
    return KnownForm(request.POST, **asked)


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {**request.POST.dict(), "known_by": request.POST.getlist("known_by")}


def _put_down(request: HttpRequest, home: Home, form: KnownForm) -> Acquaintance | None:
    said = form.cleaned_data
    kind = "" if form.chosen else said["kind"]
    try:
        return put_down(
            by=person_of(request),
            home=home,
            who=form.chosen,
            **{**form.someone(), "kind": kind},
            **form.remembered(),
        )
    except (ConnectionsError, ValidationError) as refusal:
        form.refuse(refusal)
        return None


def _say_kept(request: HttpRequest, row: Acquaintance) -> None:
    undo_url = reverse("steps:out", args=[row.home_id, row.pk])
    words = f"{row} is put down." if row.partnership else f"{row} is put down, to be sorted."
    messages.success(request, words, extra_tags=f"undo:{undo_url}")


def _page(
    request: HttpRequest,
    home: Home,
    *,
    form: KnownForm | None = None,
    names_form: NamesForm | None = None,
    looked: bool = False,
    status: int = 200,
) -> HttpResponse:
    asked = _asked(request, home)
    rows = Acquaintance.objects.filter(home=home).select_related("partnership__partner__asset")
    context = {
        "home": home,
        "form": form or KnownForm(**asked),
        "names_form": names_form or NamesForm(),
        "looked": looked,
        "progress": progress_of(home),
        "step": "know",
        "to_sort": rows.to_sort(),
        "known": rows.sorted().order_by("-pk"),
    }
    return render(request, "steps/know.html", context, status=status)


@require_POST
def names(request: HttpRequest, home_id: int) -> HttpResponse:
    """Put down many names at once."""
    home = home_for(request, home_id, LOG)
    form = NamesForm(request.POST)
    if form.is_valid():
        try:
            rows = put_down_many(by=person_of(request), home=home, names=form.lines())
        except (ConnectionsError, ValidationError) as refusal:
            form.add_error("names", _words_of(refusal))
        else:
            count = len(rows)
            words = f"{count} name{'' if count == 1 else 's'} put down. Now sort them."
            messages.success(request, words if rows else "They stand here already.")
            return redirect("steps:know", home_id=home.pk)
    return _page(request, home, names_form=form, status=UNPROCESSABLE)


def _words_of(refusal: ConnectionsError | ValidationError) -> str:
    if isinstance(refusal, ConnectionsError):
        return str(refusal)
    return " ".join(refusal.messages)


@require_http_methods(["GET", "HEAD", "POST"])
def known(request: HttpRequest, home_id: int, pk: int) -> HttpResponse:
    """Sort a name, or put right what is remembered of somebody."""
    home = home_for(request, home_id, LOG)
    row = get_object_or_404(Acquaintance.objects.standing(), pk=pk, home=home)
    form = _form_for(request, row)
    looked = request.method == "POST" and "look" in request.POST and isinstance(form, KnownForm)
    if looked and isinstance(form, KnownForm):
        form.look()
    elif request.method == "POST" and form.is_valid() and _changed(request, row, form):
        messages.success(request, f"{row} is put right.")
        return redirect("steps:know", home_id=home.pk)
    errors = not looked and form.is_bound and bool(form.errors)
    context = {"home": home, "row": row, "form": form, "looked": looked, "step": "know"}
    status = UNPROCESSABLE if errors else 200
    return render(request, "steps/known.html", context, status=status)


def _form_for(request: HttpRequest, row: Acquaintance) -> KnownForm | DetailsForm:
    asked = look_back_of(row.home)
    initial = DetailsForm.said_of(row)
    sent = request.POST if request.method == "POST" else None
    if row.partnership is not None:
        return DetailsForm(sent, initial=initial, look_back=asked)
    if sent is not None and "look" in sent:
        sent = None
        initial = _typed(request)
    form = KnownForm(
        sent,
        initial={"name": row.name, **initial},
        home=row.home,
        person=person_of(request),
        look_back=asked,
    )
    if sent is None and request.method == "POST":
        form.data = request.POST
    return form


def _changed(
    request: HttpRequest, row: Acquaintance, form: KnownForm | DetailsForm
) -> Acquaintance | None:
    who = {}
    if isinstance(form, KnownForm):
        kind = "" if form.chosen else form.cleaned_data["kind"]
        who = {**form.someone(), "kind": kind, "who": form.chosen}
    try:
        return sort_known(acquaintance=row, by=person_of(request), **who, **form.remembered())
    except (ConnectionsError, ValidationError) as refusal:
        form.refuse(refusal)
        return None


@require_POST
def out(request: HttpRequest, home_id: int, pk: int) -> HttpResponse:
    """Take somebody out of those whom the home knows."""
    home = home_for(request, home_id, LOG)
    row = get_object_or_404(Acquaintance, pk=pk, home=home)
    try:
        row = take_out(acquaintance=row, by=person_of(request))
    except ConnectionsError as refusal:
        messages.error(request, str(refusal))
    else:
        undo_url = reverse("steps:bring_back", args=[home.pk, row.pk])
        messages.success(request, f"{row} is taken out.", extra_tags=f"undo:{undo_url}")
    return redirect("steps:know", home_id=home.pk)


@require_POST
def bring_back(request: HttpRequest, home_id: int, pk: int) -> HttpResponse:
    """Bring somebody back who was taken out."""
    home = home_for(request, home_id, LOG)
    row = get_object_or_404(Acquaintance, pk=pk, home=home)
    try:
        row = restore_known(acquaintance=row, by=person_of(request))
    except (ConnectionsError, ValidationError) as refusal:
        messages.error(request, _words_of(refusal))
    else:
        messages.success(request, f"{row} is back.")
    return redirect("steps:know", home_id=home.pk)
