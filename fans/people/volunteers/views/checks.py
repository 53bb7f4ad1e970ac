"""Which check a role needs, and what was decided: with a helper that never decides."""

from typing import Any, Final, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fans.people.audit import reads
from fans.people.errors import PeopleError
from fans.people.models import Person
from fans.people.volunteers.forms.lead import AskForm, DecideForm, FactsForm
from fans.people.volunteers.models import Vetting, Volunteer
from fans.people.volunteers.roles import role_of
from fans.people.volunteers.services import vetting as checks
from fans.people.volunteers.services.pathway import ACTION
from fans.people.volunteers.suggesting import (
    NATIONS,
    REVIEWED_ON,
    is_out_of_date,
    suggest,
)
from fans.people.volunteers.views.lead import of_mine, show
from fans.people.volunteers.views.steps import done

DEFAULT_AUTHORITY: Final = Vetting.Authority.DBS.value


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the four questions, suggest a level, and take down which check is asked for."""
    row = of_mine(request, pk)
    asked = request.GET if "where" in request.GET else None
    facts = FactsForm(asked, initial=_as_role(row))
    suggestion = None
    authority = DEFAULT_AUTHORITY
    if facts.is_bound and facts.is_valid():
        authority = facts.cleaned_data["authority"]
        suggestion = suggest(facts.facts(), authority)
    first = _first_words(suggestion, authority)
    form = AskForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        response = _ask(request, row, form)
        if response is not None:
            return response
    context = {
        "volunteer": row,
        "role": role_of(row.role_slug),
        "facts": facts,
        "suggestion": suggestion,
        "nation": NATIONS[authority],
        "nations": NATIONS.values(),
        "form": form,
        "reviewed_on": REVIEWED_ON,
        "out_of_date": is_out_of_date(timezone.localdate()),
        "is_self": row.person_id == cast(Person, request.user).pk,
    }
    reads.note(request, [row], action=ACTION)
    status = 400 if form.errors or facts.errors else 200
    return render(request, "volunteers/lead/check.html", context, status=status)


@require_POST
def decide(request: HttpRequest, pk: int, vetting: int) -> HttpResponse:
    """Decide about a check that waits, or take it back."""
    row, by = of_mine(request, pk), cast(Person, request.user)
    waiting = get_object_or_404(Vetting, pk=min(vetting, 2**63 - 1), volunteer=row)
    if request.POST.get("act") == "take_back":
        return done(
            request,
            row,
            lambda: checks.take_back(vetting=waiting, by=by),
            "Taken back: no check waits.",
        )
    form = DecideForm(request.POST)
    if not form.is_valid():
        return show(request, row, 400, decide_form=form)
    said = form.cleaned_data
    return done(
        request,
        row,
        lambda: checks.decide(vetting=waiting, by=by, **said),
        "Decided, and kept.",
    )


def _as_role(row: Volunteer) -> dict[str, Any]:
    role = role_of(row.role_slug)
    return {**(role.answers if role else {}), "authority": DEFAULT_AUTHORITY}


def _first_words(suggestion: Any, authority: str) -> dict[str, Any]:
    if suggestion is None or suggestion.level is None:
        return {"authority": authority}
    return {"authority": authority, "level": suggestion.level, "reason": suggestion.why}


def _ask(request: HttpRequest, row: Volunteer, form: AskForm) -> HttpResponse | None:
    by, said = cast(Person, request.user), form.cleaned_data
    try:
        made = checks.ask(volunteer=row, by=by, **said)
    except PeopleError as error:
        form.add_error(None, str(error))
        return None
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return None
    if made.outcome == Vetting.Outcome.NOT_NEEDED:
        words = "Decided: no check is needed for this role."
    else:
        words = "Noted. Decide here once the answer is there."
    return done(request, row, lambda: None, words)
