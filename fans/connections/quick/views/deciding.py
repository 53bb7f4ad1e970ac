"""What was noted from sheets waits here for the home's team."""

import re
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fans.connections.candidates import value_of
from fans.connections.errors import ConnectionsError
from fans.connections.forms import LogForm
from fans.connections.forms.log import SOMEONE_NEW
from fans.connections.models import Connection
from fans.connections.quick.errors import DecidedMeanwhileError
from fans.connections.quick.models import QuickEntry
from fans.connections.quick.reports import waiting_for
from fans.connections.quick.services import deciding
from fans.connections.quick.services.deciding import CONFIRM, Outcome
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from homes.models import Home

CONFLICT: Final = 409
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_ALIKE: Final = ("direction", "residents_count", "community_count", "rating", "note")


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest, home_id: int) -> HttpResponse:
    """List what waits; put one or several into the log, or leave them out of it."""
    home = home_for(request, home_id, CONFIRM)
    if request.method == "POST":
        return _decide(request, home)
    return _list(request, home)


def _list(request: HttpRequest, home: Home, status: int = 200) -> HttpResponse:
    context = {"home": home, "waiting": waiting_for(home)}
    return render(request, "quick/waiting.html", context, status=status)


def _decide(request: HttpRequest, home: Home) -> HttpResponse:
    """Do what one button says: of its own row, or of all that are ticked."""
    says_yes = "confirm" in request.POST
    pressed = request.POST.get("confirm" if says_yes else "refuse", "")
    asked = request.POST.getlist("entry") if pressed == "ticked" else [pressed]
    ids = [int(value) for value in asked if _NUMBER.fullmatch(value)]
    if not ids:
        messages.error(request, "Tick what you mean first.")
        return _list(request, home, UNPROCESSABLE)
    act = deciding.confirm_several if says_yes else deciding.refuse_several
    outcome = act(home=home, ids=ids, by=person_of(request))
    if not (outcome.done or outcome.left):
        messages.error(request, "Somebody was quicker: none of these waits any more.")
        return _list(request, home, CONFLICT)
    _tell(request, outcome, says_yes=says_yes)
    return redirect("quick:waiting", home_id=home.pk)


def _tell(request: HttpRequest, outcome: Outcome, *, says_yes: bool) -> None:
    for entry, why in outcome.left:
        messages.error(request, f"{entry.called} waits on. {why}")
    if outcome.done:
        undo_url = reverse("quick:undo", args=[outcome.done[0].pk])
        what = "in the log" if says_yes else "left out of the log"
        words = f"{len(outcome.done)} {what}."
        messages.success(request, words, extra_tags=f"undo:{undo_url}")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill the log's form in with what was noted; change it, and save it in the log."""
    entry = _entry_for(request, pk)
    home, person = entry.code.home, person_of(request)
    if request.method == "POST":
        form = LogForm(request.POST, home=home, person=person)
        if _keep(request, entry, form) is not None:
            return redirect("quick:waiting", home_id=home.pk)
    else:
        initial = _as_noted(entry, chooses="choose" in request.GET)
        form = LogForm(initial=initial, home=home, person=person)
    if entry.state != "waiting":
        messages.error(request, "This does not wait any more. Nothing was changed by you.")
        return redirect("quick:waiting", home_id=home.pk)
    context = {
        "home": home,
        "entry": entry,
        "form": form,
        "more_is_open": form.is_bound or bool(entry.note),
        "save_words": "Save it in the log",
        "choose_url": f"{reverse('quick:change', args=[entry.pk])}?choose=1",
    }
    status = UNPROCESSABLE if form.needs_a_look else 200
    return render(request, "quick/change.html", context, status=status)


def _as_noted(entry: QuickEntry, *, chooses: bool) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(entry, name) for name in _ALIKE}
    said |= {"when": "other", "happened_on": entry.happened_on}
    if entry.partnership is None:
        return said | {"who": SOMEONE_NEW, "name": entry.who}
    return said if chooses else said | {"who": value_of(entry.partnership)}


def _keep(request: HttpRequest, entry: QuickEntry, form: LogForm) -> Connection | None:
    if not form.is_valid():
        return None
    try:
        row = deciding.confirm(entry=entry, by=person_of(request), **form.told())
    except DecidedMeanwhileError:
        entry.refresh_from_db()
        return None
    except (ConnectionsError, ValidationError) as refusal:
        form.refuse(refusal)
        return None
    undo_url = reverse("quick:undo", args=[entry.pk])
    messages.success(request, "1 in the log.", extra_tags=f"undo:{undo_url}")
    return row


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the decision that an entry was part of, within ten minutes."""
    entry = _entry_for(request, pk)
    try:
        back = deciding.undo(entry=entry, by=person_of(request))
    except ConnectionsError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"Taken back: {len(back)} wait{'s' * (len(back) == 1)} again."
        )
    return redirect("quick:waiting", home_id=entry.code.home_id)


def _entry_for(request: HttpRequest, pk: int) -> QuickEntry:
    entries = QuickEntry.objects.select_related("code__home", "partnership__partner__asset")
    entry = get_object_or_404(entries, pk=pk)
    if not request.user.has_perm(CONFIRM, entry.code.home):
        raise Http404("Your roles do not reach this home.")
    return entry
