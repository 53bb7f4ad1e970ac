"""One page: whom to call. Nothing can be reported on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.people.safeguarding.forms import FindForm
from fans.people.safeguarding.models import Contact
from fans.people.safeguarding.national import (
    BY_SLUG,
    EVERYWHERE,
    INSPECTORS,
    REVIEWED_ON,
)
from fans.people.safeguarding.whom import contacts_called


@require_safe
def worried(request: HttpRequest) -> HttpResponse:
    """Show the council's numbers that ``?q=`` asks for, and those of the whole country."""
    form = FindForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = contacts_called(words)
    context: dict[str, Any] = {
        "form": form,
        "words": words,
        "found": found,
        "councils": Contact.objects.all(),
        "emergency": BY_SLUG["emergency"],
        "everywhere": EVERYWHERE,
        "inspectors": INSPECTORS,
        "reviewed_on": REVIEWED_ON,
        "worried_contact": found[0] if len(found) == 1 else None,
    }
    return render(request, "safeguarding/worried.html", context)
