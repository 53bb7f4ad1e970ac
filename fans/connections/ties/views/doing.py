"""Changes to a tie: each one is a step of its story, and can be taken back."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from fans.connections.errors import ConnectionsError
from fans.connections.models import Partnership
from fans.connections.services import Side, confirm
from fans.connections.ties import services
from fans.connections.ties.forms import AboutForm, OverForm
from fans.connections.ties.models import TieEvent
from fans.connections.ties.views.access import EDIT, tie_for
from fans.connections.ties.views.asking import refuse
from fans.connections.views.access import UNPROCESSABLE, person_of
from fans.people.models import Person

BAD: Final = 400
CONFLICT: Final = 409


@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a tie is for, how deep it is, and who arranges it."""
    tie = tie_for(request, pk, EDIT)
    columns = ("purpose", "depth", "arranged_by", "generations")
    initial = {name: getattr(tie, name) for name in columns}
    form = AboutForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            _keep_about(tie, person_of(request), form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("ties:tie", tie.pk)
        except (ConnectionsError, ValidationError) as refusal:
            refuse(form, refusal)
    context = {"home": tie.home, "tie": tie, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "ties/about.html", context, status=status)


def _keep_about(tie: Partnership, by: Person, said: dict[str, Any]) -> None:
    depth = int(said["depth"]) if said["depth"] else None
    services.set_purpose(partnership=tie, by=by, purpose=said["purpose"])
    services.set_depth(partnership=tie, by=by, depth=depth)
    services.set_generations(partnership=tie, by=by, generations=said["generations"])
    services.hand_over(partnership=tie, by=by, to=said["arranged_by"])


@require_http_methods(["GET", "HEAD", "POST"])
def over(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a tie has ended, or did not come about, and why."""
    tie = tie_for(request, pk, EDIT)
    initial = {"how": "ended" if tie.home_confirmed_at else ""}
    form = OverForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            _keep_over(tie, person_of(request), form.cleaned_data)
            messages.success(request, "Noted. You can take it back in the story below.")
            return redirect("ties:tie", tie.pk)
        except PermissionDenied as refusal:
            form.add_error("side", str(refusal))
        except (ConnectionsError, ValidationError) as refusal:
            refuse(form, refusal)
    context = {"home": tie.home, "tie": tie, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "ties/over.html", context, status=status)


def _keep_over(tie: Partnership, by: Person, said: dict[str, Any]) -> None:
    if said["how"] == "ended":
        side = Side(said["side"] or Side.HOME)
        services.end(partnership=tie, by=by, words=said["words"], side=side)
        return
    side = Side(said["side"] or Side.PARTNER)
    reason, words = said["reason"], said["words"]
    services.decline(partnership=tie, by=by, reason=reason, words=words, side=side)


Do = Callable[[Partnership, Person], object]


def _named(side: Side, *, ok: bool) -> Do:
    return lambda tie, by: services.set_named(partnership=tie, side=side, by=by, ok=ok)


def _yes(side: Side) -> Do:
    return lambda tie, by: confirm(partnership=tie, side=side, by=by)


def _hand_to(to: str) -> Do:
    return lambda tie, by: services.hand_over(partnership=tie, by=by, to=to)


DOES: Final[dict[str, tuple[Do, str]]] = {
    "yes-home": (_yes(Side.HOME), "You said yes for the home."),
    "yes-partner": (_yes(Side.PARTNER), "Noted that they say yes."),
    "named-home": (_named(Side.HOME, ok=True), "The home may be named with this tie."),
    "unnamed-home": (_named(Side.HOME, ok=False), "The home is not named with it."),
    "named-partner": (_named(Side.PARTNER, ok=True), "They may be named with this home."),
    "unnamed-partner": (_named(Side.PARTNER, ok=False), "They are not named with this home."),
    "to-home": (_hand_to("home"), "From now on the home arranges it."),
    "to-partner": (_hand_to("partner"), "From now on they arrange it."),
    "reopen": (
        lambda tie, by: services.reopen(partnership=tie, by=by),
        "Taken up again, as an idea. Both sides say yes anew.",
    ),
}
"""What the buttons of a tie's page do, and what is said then."""


@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what one button of the page stands for."""
    tie = tie_for(request, pk, EDIT)
    act = DOES.get(request.POST.get("do", ""))
    if act is None:
        context = {"home": tie.home, "tie": tie, "words": "That button does not exist."}
        return render(request, "ties/refused.html", context, status=BAD)
    return _done(request, tie, lambda: act[0](tie, person_of(request)), act[1])


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step back; it stays in the story, marked."""
    event = get_object_or_404(TieEvent, pk=pk)
    tie = tie_for(request, event.partnership_id, EDIT)
    return _done(
        request,
        tie,
        lambda: services.undo(event=event, by=person_of(request)),
        "Taken back. The tie stands as before.",
    )


def _done(
    request: HttpRequest, tie: Partnership, act: Callable[[], object], words: str
) -> HttpResponse:
    try:
        act()
    except PermissionDenied as refusal:
        raise Http404(str(refusal)) from refusal
    except ConnectionsError as refusal:
        context = {"home": tie.home, "tie": tie, "words": str(refusal)}
        return render(request, "ties/refused.html", context, status=CONFLICT)
    messages.success(request, words)
    return redirect("ties:tie", tie.pk)
