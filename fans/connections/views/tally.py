"""A month's three numbers, counted by the home without names."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fans.connections.errors import ConnectionsError
from fans.connections.fields import MonthField
from fans.connections.forms import TallyForm
from fans.connections.models import Tally
from fans.connections.services import enter_tally
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from homes.models import Home

MONTHS_SHOWN = 6
NUMBERS = ("occupied_beds", "residents_out", "residents_reached")


@dataclass(frozen=True)
class Month:
    """A month one can go to, and whether it has been counted."""

    first: dt.date
    counted: bool
    shown: bool


@require_http_methods(["GET", "HEAD", "POST"])
def tally(request: HttpRequest, home_id: int) -> HttpResponse:
    """Ask for the numbers of a month (``?month=2026-10``), this month's unless told."""
    home = home_for(request, home_id, "connections.tally")
    today = timezone.localdate()
    month, status = today.replace(day=1), 200
    if request.method == "POST":
        form = TallyForm(request.POST)
        kept = _keep(request, home, form)
        if kept is not None:
            messages.success(request, f"{kept.month:%B %Y} is saved.")
            return redirect(
                f"{reverse('connections:tally', args=[home.pk])}?month={kept.month:%Y-%m}"
            )
        month, status = form.cleaned_data.get("month") or month, UNPROCESSABLE
    else:
        month, status = _asked_month(request, month)
        form = TallyForm(initial=_as_counted(home, month))
    context = {"home": home, "form": form, "month": month, "months": _months(home, month)}
    return render(request, "connections/tally.html", context, status=status)


def _asked_month(request: HttpRequest, this_month: dt.date) -> tuple[dt.date, int]:
    """Read ``?month=``; one that is still to come, or is none, is answered with 400."""
    try:
        asked = MonthField(required=False).clean(request.GET.get("month"))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return this_month, 400
    if asked is not None and asked > this_month:
        messages.error(request, f"{asked:%B %Y} is still to come.")
        return this_month, 400
    return asked or this_month, 200


def _as_counted(home: Home, month: dt.date) -> dict[str, object]:
    counted = home.tallies.filter(month=month).values(*NUMBERS).first() or {}
    return {"month": month, **counted}


def _keep(request: HttpRequest, home: Home, form: TallyForm) -> Tally | None:
    if not form.is_valid():
        return None
    try:
        return enter_tally(by=person_of(request), home=home, **form.cleaned_data)
    except ConnectionsError as refusal:
        form.add_error(refusal.field if refusal.field in NUMBERS else None, str(refusal))
    except ValidationError as refusal:
        for field, words in refusal.message_dict.items():
            form.add_error(field if field in NUMBERS else None, words)
    return None


def _months(home: Home, shown: dt.date) -> list[Month]:
    """Return the last months, the latest first, and the one shown if it is older."""
    firsts = [timezone.localdate().replace(day=1)]
    while len(firsts) < MONTHS_SHOWN:
        firsts.append((firsts[-1] - dt.timedelta(days=1)).replace(day=1))
    if shown not in firsts:
        firsts.append(shown)
    counted = set(home.tallies.filter(month__in=firsts).values_list("month", flat=True))
    return [Month(first, first in counted, first == shown) for first in firsts]
