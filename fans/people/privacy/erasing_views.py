"""Pages that erase somebody: themselves, or by an administrator on request."""

from typing import Any, cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fans.people.errors import PeopleError
from fans.people.models import Person
from fans.people.privacy.erasure import Wish, erase, plan
from fans.people.privacy.errors import AlreadyErasedError
from fans.people.privacy.forms import EraseForm, EraseOnRequestForm, LookForm
from fans.people.privacy.proof import bounded, proved
from fans.people.privacy.registry import Fate
from fans.people.privacy.views import links, person_asked_about


@require_http_methods(["GET", "HEAD", "POST"])
@bounded
@proved
def erase_me(request: HttpRequest) -> HttpResponse:
    """Show what erasing oneself would do; do it once the word is typed."""
    me, wish = cast(Person, request.user), Wish()
    form = EraseForm(request.POST or None)
    if not form.is_valid():
        return _dry_run(request, me, wish, form)
    try:
        erase(person_id=me.pk, wish=wish)
    except AlreadyErasedError:
        pass  # by another window of theirs
    except PeopleError as error:
        return _dry_run(request, me, wish, form, refused=str(error))
    return _signed_out(request)


@require_http_methods(["GET", "HEAD", "POST"])
@bounded
@proved
def erase_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what erasing somebody would do; do it once the word is typed."""
    person = person_asked_about(request, pk)
    administrator = cast(Person, request.user)
    looked = LookForm(request.POST or None)
    wish = Wish(by=administrator)
    if looked.is_valid():
        wish = Wish(by=administrator, **looked.cleaned_data)
    if request.method != "POST" or "look" in request.POST:
        held = {"words": "\n".join(sorted(wish.words)), "places": wish.places}
        again = looked if looked.errors else EraseOnRequestForm(initial=held)
        return _dry_run(request, person, wish, again)
    form = EraseOnRequestForm(request.POST)
    if not form.is_valid():
        return _dry_run(request, person, wish, form)
    try:
        done = erase(person_id=pk, wish=wish)
    except AlreadyErasedError:
        return redirect("privacy:find")
    except PeopleError as error:
        return _dry_run(request, person, wish, form, refused=str(error))
    if administrator.pk == pk:
        return _signed_out(request)
    return render(request, "privacy/erased_person.html", {"done": done})


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done, to whoever is nobody here any more."""
    return render(request, "privacy/erased.html")


def _dry_run(
    request: HttpRequest, person: Person, wish: Wish, form: Any, *, refused: str = ""
) -> HttpResponse:
    found = plan(person=person, wish=wish)
    context = {
        "found": found,
        "fates": [
            {"fate": fate, "groups": [g for g in found.groups if g.fate is fate]}
            for fate in Fate
        ],
        "form": form,
        "refused": refused or found.refused,
        "wish": wish,
        "links": links(person.pk if wish.by else None),
    }
    status = 400 if form.is_bound and form.errors else 409 if refused else 200
    return render(request, "privacy/erase.html", context, status=status)


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("privacy:erased")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
