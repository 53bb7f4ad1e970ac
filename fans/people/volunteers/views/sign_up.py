"""Signing up: four short steps for anybody, and the link that makes it stand."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fans.people.kept_token import forget, keep, kept, private
from fans.people.models import Person
from fans.people.volunteers import limits
from fans.people.volunteers.answers import Answers
from fans.people.volunteers.errors import AlreadyVolunteersError, LinkIsOverError
from fans.people.volunteers.forms.steps import FIRST, LAST, TRAP, Steps
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.reports import homes_near
from fans.people.volunteers.services import signing_up

UNPROCESSABLE: Final = 422
LINK: Final = "volunteer-link"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask step by step; nothing is kept until the last, and then until a mail is answered."""
    person = _person(request)
    if request.method != "POST":
        return _page(request, Steps(request.GET, person=person), FIRST)
    steps = Steps(request.POST, person=person)
    if request.POST.get("go") == "back":
        return _page(request, steps, max(FIRST, steps.sent - 1))
    if not steps.filled(steps.sent).is_valid():
        return _page(request, steps, steps.sent, checked=True)
    if steps.sent < LAST:
        return _page(request, steps, steps.sent + 1)
    if wrong := steps.first_wrong():
        return _page(request, steps, wrong, checked=True)
    return _take(request, steps, person)


def _person(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def _page(
    request: HttpRequest, steps: Steps, step: int, *, checked: bool = False
) -> HttpResponse:
    person = _person(request)
    form = steps.filled(step) if checked else steps.shown(step)
    present = Volunteer.objects.present()
    context = {
        "form": form,
        "step": step,
        "numbers": range(FIRST, LAST + 1),
        "carried": steps.carried(step),
        "age_band": steps.age_band,
        "said": _said(steps) if step == LAST else None,
        "is_volunteer": person is not None and present.filter(person=person).exists(),
        "trap": TRAP,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/sign_up.html", context, status=status)


def _said(steps: Steps) -> Answers | None:
    """Return what was said so far, to read it once more; None where a step is missing."""
    yes = dict.fromkeys(steps.filled(LAST).fields, "on")
    data = steps.data.copy()
    data.update(yes)
    whole = Steps(data, person=None)
    whole.own_email = steps.own_email
    return whole.answers() if whole.first_wrong() is None else None


def _take(request: HttpRequest, steps: Steps, person: Person | None) -> HttpResponse:
    answers = steps.answers()
    if person is not None and not answers.is_child:
        return _take_from_account(request, person, answers)
    if request.POST.get(TRAP):  # a machine: it is told what everybody is told
        return redirect("volunteers:sent")
    if not limits.network_may(request):
        return render(request, "429.html", status=429)
    with limits.at_one_pace():
        if limits.address_may(request, steps.email()):
            signing_up.offer(email=steps.email(), answers=answers)
    return redirect("volunteers:sent")


def _take_from_account(request: HttpRequest, person: Person, answers: Answers) -> HttpResponse:
    try:
        signing_up.offer_from_account(person=person, answers=answers)
    except AlreadyVolunteersError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Thank you! You are signed up as a volunteer.")
    return redirect("volunteers:me")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say to look for the mail: the same to everybody, whatever became of the offer."""
    return render(request, "volunteers/sent.html")


@require_safe
def open_offer(request: HttpRequest, token: str) -> HttpResponse:
    """Put the token out of the address; mail scanners that come by change nothing."""
    return keep(LINK, token, page="volunteers:confirm")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Show the offer once more and take the press that makes it stand; then say welcome."""
    token = kept(request, LINK)
    if request.method == "POST":
        return private(_confirmed(request, token))
    if found := signing_up.find(token=token):
        context = {"answers": Answers.from_json(found.answers), "email": found.email}
        return private(render(request, "volunteers/confirm.html", context))
    if new := signing_up.just_confirmed(token=token):
        return private(render(request, "volunteers/welcome.html", _welcome(new)))
    return private(_over(request))


def _confirmed(request: HttpRequest, token: str) -> HttpResponse:
    try:
        signing_up.confirm(token=token)
    except (LinkIsOverError, AlreadyVolunteersError):
        return _over(request)
    return redirect("volunteers:confirm")


def _over(request: HttpRequest) -> HttpResponse:
    return forget(render(request, "volunteers/link_over.html", status=410), LINK)


def _welcome(volunteer: Volunteer) -> dict[str, Any]:
    return {
        "volunteer": volunteer,
        "guardian": getattr(volunteer, "guardian", None),
        "near": homes_near(volunteer.location, volunteer.travel_m),
    }
