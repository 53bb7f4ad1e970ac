"""What a lead clicks on the page of a volunteer: a step, a role, a reference, a tick."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from fans.people.errors import PeopleError
from fans.people.models import Person
from fans.people.volunteers.models import Reference, Stage, Volunteer
from fans.people.volunteers.services import accompanying, pathway, vetting
from fans.people.volunteers.views.lead import of_mine


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring somebody to another stage; a page that shows an old one moves nobody."""
    row, by = of_mine(request, pk), cast(Person, request.user)
    to, seen = request.POST.get("to", ""), request.POST.get("seen", "")
    return done(
        request,
        row,
        lambda: pathway.move(volunteer=row, to=to, by=by, seen=seen),
        _said(row, to),
    )


@require_POST
def heard(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody heard from them today."""
    row, by = of_mine(request, pk), cast(Person, request.user)
    return done(
        request,
        row,
        lambda: accompanying.note_heard(volunteer=row, by=by),
        f"Noted: heard from {row.person} today.",
    )


@require_POST
def choose_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what they do."""
    row, by = of_mine(request, pk), cast(Person, request.user)
    slug, seen = request.POST.get("role", ""), request.POST.get("seen", "")
    return done(
        request,
        row,
        lambda: accompanying.choose_role(volunteer=row, role_slug=slug, by=by, seen=seen),
        "The role is chosen.",
    )


@require_POST
def ask_reference(request: HttpRequest, pk: int) -> HttpResponse:
    """Note whom somebody asked about them."""
    row, by = of_mine(request, pk), cast(Person, request.user)
    referee = request.POST.get("referee", "")
    return done(
        request,
        row,
        lambda: accompanying.ask_reference(volunteer=row, referee=referee, by=by),
        "Noted. The name goes once they have answered.",
    )


@require_POST
def take_reference(request: HttpRequest, pk: int, reference: int) -> HttpResponse:
    """Note what came back, or that nobody is asked after all."""
    row, by = of_mine(request, pk), cast(Person, request.user)
    asked = get_object_or_404(Reference, pk=min(reference, 2**63 - 1), volunteer=row)
    answer = request.POST.get("answer", "")
    if answer == "drop":
        return done(
            request,
            row,
            lambda: accompanying.drop_reference(reference=asked, by=by),
            "Taken off the list.",
        )
    return done(
        request,
        row,
        lambda: accompanying.take_reference(reference=asked, answer=answer, by=by),
        "Noted, and the name is gone.",
    )


@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Set what of the role's list is done."""
    row, by = of_mine(request, pk), cast(Person, request.user)
    ticked, shown = set(request.POST.getlist("done")), set(request.POST.getlist("shown"))
    return done(
        request,
        row,
        lambda: accompanying.tick(volunteer=row, done=ticked, shown=shown, by=by),
        "The list is saved.",
    )


@require_POST
def alone(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether they may be alone with people who live there."""
    row, by = of_mine(request, pk), cast(Person, request.user)
    may = request.POST.get("may") == "yes"
    return done(
        request,
        row,
        lambda: vetting.let_alone(volunteer=row, may=may, by=by),
        f"{row.person} {'may' if may else 'may not'} be alone with people who live there.",
    )


def done(
    request: HttpRequest, row: Volunteer, act: Callable[[], Any], said: str
) -> HttpResponse:
    """Do something, say so or why not, and show the volunteer as they stand now."""
    try:
        act()
    except PeopleError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("volunteers:volunteer", row.pk)


def _said(row: Volunteer, to: str) -> str:
    if to == Stage.LEFT:
        return f"{row.person} has left."
    if to == Stage.RESTING:
        return f"{row.person} rests from now on. Nothing about why is kept."
    label = str(Stage(to).label).lower() if to in Stage.values else to
    return f"{row.person}: {label}."
