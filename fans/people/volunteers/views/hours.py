"""Hours given: log them, look at them, take them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fans.people.services import UNDO_FOR
from fans.people.volunteers.errors import VolunteersError
from fans.people.volunteers.forms.own import HoursForm
from fans.people.volunteers.models import HoursEntry, Volunteer
from fans.people.volunteers.reports import hours_by_month, hours_of
from fans.people.volunteers.services.hours import log_hours, undo_hours
from fans.people.volunteers.templatetags.volunteer_tags import hours as in_words
from fans.people.volunteers.views.own import UNPROCESSABLE, for_volunteers

MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@for_volunteers
def hours(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Ask for hours, keep them, and list those of before with a sum for each month."""
    form = HoursForm(request.POST or None, volunteer=volunteer)
    if request.method == "POST" and form.is_valid():
        entry = _keep(volunteer, form)
        if entry is not None:
            return _saved(request, entry)
    months = hours_by_month(volunteer)
    context = {
        "form": form,
        "volunteer": volunteer,
        "entries": hours_of(volunteer)[:MOST_SHOWN],
        "undo_since": timezone.now() - UNDO_FOR,
        "months": months,
        "total": sum(month.minutes for month in months),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/hours.html", context, status=status)


def _keep(volunteer: Volunteer, form: HoursForm) -> HoursEntry | None:
    try:
        return log_hours(volunteer=volunteer, **form.cleaned_data)
    except VolunteersError as error:
        form.add_error(None, str(error))
        return None


def _saved(request: HttpRequest, entry: HoursEntry) -> HttpResponse:
    undo_url = reverse("volunteers:undo_hours", args=[entry.pk])
    words = f"Saved: {in_words(entry.minutes)}. Thank you."
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return redirect("volunteers:hours")


@require_POST
@for_volunteers
def undo(request: HttpRequest, volunteer: Volunteer, pk: int) -> HttpResponse:
    """Take back what was logged in the last ten minutes."""
    mine = HoursEntry.objects.filter(volunteer=volunteer)
    entry = get_object_or_404(mine, pk=min(pk, 2**63 - 1))
    try:
        undo_hours(entry=entry)
    except VolunteersError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Taken back.")
    return redirect("volunteers:hours")
