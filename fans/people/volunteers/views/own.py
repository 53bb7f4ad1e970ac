"""A volunteer's own pages: the way, what they like, resting, coming back, leaving."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fans.people.models import Person
from fans.people.volunteers import limits
from fans.people.volunteers.errors import VolunteersError
from fans.people.volunteers.forms.adult import AskAdultForm
from fans.people.volunteers.forms.own import ChangeForm
from fans.people.volunteers.models import Guardian, Stage, Volunteer
from fans.people.volunteers.own_way import way_of
from fans.people.volunteers.reports import homes_near, hours_by_month, leads_of
from fans.people.volunteers.services import adults, own

UNPROCESSABLE: Final = 422


def volunteer_of(request: HttpRequest) -> Volunteer | None:
    """Return the volunteer that somebody signed in is; None where they are none."""
    rows = Volunteer.objects.select_related("person", "guardian")
    return rows.filter(person=cast(Person, request.user)).first()


def for_volunteers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the volunteer that somebody is; others are invited to become one."""

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        volunteer = volunteer_of(request)
        if volunteer is None or volunteer.stage == Stage.LEFT:
            return redirect("volunteers:me")
        return view(request, volunteer, *args, **kwargs)

    return ask


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show the way, what happens next and whom to ask; or invite to sign up."""
    volunteer = volunteer_of(request)
    if volunteer is None or volunteer.stage == Stage.LEFT:
        context: dict[str, Any] = {"volunteer": volunteer, "my_data_url": _my_data()}
        return render(request, "volunteers/not_yet.html", context)
    months = hours_by_month(volunteer)
    context = {
        "volunteer": volunteer,
        "guardian": getattr(volunteer, "guardian", None),
        "needs_adult": volunteer.is_young and volunteer.adult_confirmed_at is None,
        "way": way_of(volunteer),
        "leads": leads_of(volunteer),
        "near": homes_near(volunteer.location, volunteer.travel_m),
        "total": sum(month.minutes for month in months),
        "this_year": months[:3],
    }
    return render(request, "volunteers/me.html", context)


def _my_data() -> str:
    try:
        return reverse("privacy:my_data")
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@for_volunteers
def change(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Change what somebody likes, when they can and how far they go."""
    form = ChangeForm(request.POST or None, volunteer=volunteer)
    if request.method == "POST" and form.is_valid():
        try:
            own.change(volunteer=volunteer, **form.changes())
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, "Saved.")
            return redirect("volunteers:me")
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "volunteer": volunteer}
    return render(request, "volunteers/change.html", context, status=status)


def _do(request: HttpRequest, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except VolunteersError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("volunteers:me")


@require_POST
@for_volunteers
def rest(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Rest with one press: nobody asks why."""
    words = "You are resting. Come back whenever you like."
    return _do(request, lambda: own.rest(volunteer=volunteer, by=volunteer.person), words)


@require_POST
@for_volunteers
def come_back(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """End a rest with one press."""
    words = "Welcome back!"
    return _do(request, lambda: own.come_back(volunteer=volunteer, by=volunteer.person), words)


@require_POST
@for_volunteers
def still_here(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Say with one press that one has not gone."""
    return _do(request, lambda: own.still_here(volunteer=volunteer), "Good to hear from you.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_volunteers
def leave(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Say what leaving means, and take the press that does it."""
    if request.method == "POST":
        own.leave(volunteer=volunteer, by=volunteer.person)
        messages.success(request, "You have left. Thank you for everything.")
        return redirect("volunteers:me")
    context = {"volunteer": volunteer, "my_data_url": _my_data()}
    return render(request, "volunteers/leave.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_volunteers
def ask_adult(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Ask an adult for a yes, once more or another one."""
    if not volunteer.is_young or volunteer.adult_confirmed_at is not None:
        return redirect("volunteers:me")
    guardian = Guardian.objects.filter(volunteer=volunteer).first()
    initial = (
        {"name": guardian.name, "relation": guardian.relation, "email": guardian.email}
        if guardian
        else {}
    )
    own_email = volunteer.person.email or ""
    form = AskAdultForm(request.POST or None, initial=initial, own_email=own_email)
    if request.method == "POST" and form.is_valid():
        return _asked(request, volunteer, form)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/ask_adult.html", {"form": form}, status=status)


def _asked(request: HttpRequest, volunteer: Volunteer, form: AskAdultForm) -> HttpResponse:
    adult = form.adult()
    if not limits.address_may(request, f"asked by {volunteer.pk}"):
        messages.error(request, "You asked three times within the hour. Please wait a little.")
        return redirect("volunteers:me")
    try:
        adults.ask_adult(volunteer=volunteer, adult=adult)
    except VolunteersError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"We have written to {adult.name}.")
    return redirect("volunteers:me")
