"""What I agreed to; and what somebody else agreed to, recorded for them."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fans.people.consent import services
from fans.people.consent.errors import ConsentError
from fans.people.consent.forms import RecordForm
from fans.people.consent.models import Consent, How
from fans.people.consent.reports import entries
from fans.people.consent.subjects import RECORD, may_record_for
from fans.people.consent.wordings import Purpose, purposes
from fans.people.models import Person
from fans.people.signals import people_shown


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show each purpose with its words, when and how one agreed, and what was before."""
    person = cast(Person, request.user)
    return render(request, "consent/mine.html", {"entries": entries(person)})


@require_POST
def agree(request: HttpRequest, purpose: str) -> HttpResponse:
    """Say yes to the wording that was shown."""
    asked, person = _purpose(purpose), cast(Person, request.user)
    version = request.POST.get("version", "")
    shown = int(version) if version.isdecimal() and len(version) < 5 else 0

    def say_yes() -> str:
        services.agree(person=person, purpose=asked.slug, how=How.WEB, version=shown)
        return f"You agreed: {asked.title.lower()}."

    return _do(request, say_yes)


@require_POST
def take_back(request: HttpRequest, purpose: str) -> HttpResponse:
    """Take a yes back, in one click; can be undone for ten minutes."""
    asked, person = _purpose(purpose), cast(Person, request.user)
    undo: list[str] = []

    def take() -> str:
        row = services.withdraw(person=person, purpose=asked.slug, by=person)
        undo.append(reverse("consent:restore", args=[row.pk]))
        return f"Taken back: {asked.title.lower()}."

    return _do(request, take, undo=undo)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a taking back of the last ten minutes."""
    person = cast(Person, request.user)
    row = get_object_or_404(Consent, pk=pk, person=person) if pk < 2**63 else None
    if row is None:
        raise Http404("There is no such entry.")

    def put_back() -> str:
        services.restore(consent=row, by=person)
        return "You agree as before."

    return _do(request, put_back)


@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a person agreed to, and record what they said away from this site."""
    by = cast(Person, request.user)
    person = Person.objects.filter(pk=pk).first() if pk < 2**63 else None
    if person is None or not may_record_for(by, person):
        raise Http404("There is no such person here.")
    form = RecordForm(request.POST if _records(request) else None, person=person)
    if request.method == "POST" and _change(request, form, person, by):
        return redirect("consent:of_person", pk=pk)
    people_shown.send(of_person, request=request, rows=[person], action=RECORD)
    context = {
        "person": person,
        "form": form,
        "entries": entries(person, every=True),
        "hows": [how for how in How if how != How.WEB],
    }
    return render(request, "consent/of_person.html", context)


def _records(request: HttpRequest) -> bool:
    return request.method == "POST" and "take_back" not in request.POST


def _change(request: HttpRequest, form: RecordForm, person: Person, by: Person) -> bool:
    """Record what was sent; say whether it worked."""
    if "take_back" in request.POST:
        return _take_back_for(request, person, by)
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        services.agree(
            person=person,
            purpose=given["purpose"],
            how=given["how"],
            scope=given["scope"],
            given_at=form.given_at(),
            by=by,
        )
    except ConsentError as error:
        form.add_error(None, str(error))
        return False
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    messages.success(request, f"Recorded for {person}.")
    return True


def _take_back_for(request: HttpRequest, person: Person, by: Person) -> bool:
    asked = _purpose(request.POST["take_back"])
    how = request.POST.get("how", How.IN_PERSON)
    try:
        services.withdraw(
            person=person,
            purpose=asked.slug,
            by=by,
            how=how if how in How.values else How.IN_PERSON,
        )
    except ConsentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Taken back for {person}: {asked.title.lower()}.")
    return True


def _purpose(slug: str) -> Purpose:
    found = purposes().get(slug)
    if found is None:
        raise Http404("Nobody is asked for this.")
    return found


def _do(request: HttpRequest, act: Callable[[], str], *, undo: Any = ()) -> HttpResponse:
    try:
        said = act()
    except ConsentError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said, extra_tags=f"undo:{undo[0]}" if undo else "")
    return redirect("consent:mine")
