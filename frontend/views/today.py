"""The page of the day: what waits for the person who is signed in."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.people.models import Person
from frontend.today import desk_of

MIDDAY, EVENING = 12, 18


@login_required
@require_safe
def today_page(request: HttpRequest) -> HttpResponse:
    """Greet somebody and show what each of their roles has to do."""
    person = cast(Person, request.user)
    now = timezone.localtime()
    context = {
        "desk": desk_of(person, today=now.date()),
        "now": now,
        "greeting": _greeting(now.hour),
        "first_name": str(person).split()[0],
    }
    return render(request, "frontend/today/page.html", context)


def _greeting(hour: int) -> str:
    if hour < MIDDAY:
        return "Good morning"
    return "Good afternoon" if hour < EVENING else "Good evening"
