"""The page of an adult who answers for somebody under 18: reached by a mailed link alone."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fans.people.kept_token import forget, keep, kept, private
from fans.people.volunteers import limits
from fans.people.volunteers.errors import LinkIsOverError, VolunteersError
from fans.people.volunteers.forms.adult import AddressForm
from fans.people.volunteers.models import AgeBand, Guardian
from fans.people.volunteers.services import adults, own

LINK: Final = "volunteer-adult"
UNPROCESSABLE: Final = 422


@require_safe
def open_adult(request: HttpRequest, token: str) -> HttpResponse:
    """Put the token out of the address; mail scanners that come by change nothing."""
    return keep(LINK, token, page="volunteers:adult")


@require_http_methods(["GET", "HEAD", "POST"])
def adult(request: HttpRequest) -> HttpResponse:
    """Show whom an adult answers for and what is kept; ``do`` says what they decided."""
    token = kept(request, LINK)
    if request.method == "POST":
        return private(_done(request, token))
    found = adults.find(token=token)
    return private(_page(request, found) if found else _over(request))


def _page(request: HttpRequest, guardian: Guardian) -> HttpResponse:
    volunteer = guardian.volunteer
    context = {
        "guardian": guardian,
        "volunteer": volunteer,
        "is_child": volunteer.age_band == AgeBand.CHILD,
        "events": volunteer.events.all(),
    }
    return render(request, "volunteers/adult.html", context)


def _over(request: HttpRequest) -> HttpResponse:
    context = {"form": AddressForm()}
    return forget(render(request, "volunteers/adult_over.html", context, status=410), LINK)


def _done(request: HttpRequest, token: str) -> HttpResponse:
    act = _ACTS.get(request.POST.get("do", ""))
    if act is None:
        messages.error(request, "We could not tell what to do. Please try again.")
        return redirect("volunteers:adult")
    try:
        words = act(token)
    except LinkIsOverError:
        return _over(request)
    except VolunteersError as error:
        messages.error(request, str(error))
        return redirect("volunteers:adult")
    if act is _no:
        return forget(render(request, "volunteers/adult_no.html", {"name": words}), LINK)
    messages.success(request, words)
    return redirect("volunteers:adult")


def _yes(token: str) -> str:
    guardian = adults.say_yes(token=token)
    return f"Thank you. {guardian.volunteer.person.name} may volunteer."


def _no(token: str) -> str:
    return adults.say_no(token=token)


def _take_back(token: str) -> str:
    guardian = adults.take_back(token=token)
    return f"Taken back. {guardian.volunteer.person.name} rests from now on."


def _rest(token: str) -> str:
    child = adults.child_of(token=token)
    own.rest(volunteer=child, by=None)
    return f"{child.person.name} rests. Nobody asks why."


def _back(token: str) -> str:
    child = adults.child_of(token=token)
    own.come_back(volunteer=child, by=None)
    return f"{child.person.name} is back."


_ACTS: Final[dict[str, Callable[[str], str]]] = {
    "yes": _yes,
    "no": _no,
    "take_back": _take_back,
    "rest": _rest,
    "come_back": _back,
}


@require_http_methods(["GET", "HEAD", "POST"])
def adult_link(request: HttpRequest) -> HttpResponse:
    """Mail an adult a new link; the same answer whether they answer for anybody or not."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.network_may(request):
            return render(request, "429.html", status=429)
        address = form.cleaned_data["email"]
        with limits.at_one_pace():
            if limits.address_may(request, f"adult {address}"):
                adults.mail_links(email=address)
        return redirect("volunteers:sent")
    context: dict[str, Any] = {"form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/adult_link.html", context, status=status)
