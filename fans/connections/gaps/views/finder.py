"""Where a tie is missing: what is suggested to one home, with every reason."""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.connections.gaps.forms import OnlyForm
from fans.connections.gaps.models import Dismissal
from fans.connections.gaps.suggesting import FILTERS, suggestions_for
from fans.connections.matches.suggesting import note_shown, volunteers_for
from fans.connections.views.access import home_for, person_of
from fans.people.models import Role
from fans.people.permissions import homes_in_reach, reach_of, roles_for
from homes.models import Home

SEE: Final = "gaps.see"
HOMES_OFFERED: Final = 200
VOLUNTEERS_SHOWN: Final = 3
PAGE_SIZE: Final = 10
HOME_TEAM: Final = frozenset({Role.MANAGER, Role.COORDINATOR})
SYMBOLS: Final = {"wish": "wish", "walk": "walk", "new": "plus"}


@dataclass(frozen=True)
class Chip:
    """One filter: what it would leave, and the address that switches it."""

    label: str
    symbol: str
    count: int
    on: bool
    query: str


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Lead to the home chosen by ``?home=``; else ask for which home."""
    asked = request.GET.get("home", "")
    if asked:
        if not re.fullmatch(r"[0-9]{1,18}", asked):
            raise Http404("There is no such home.")
        return redirect("gaps:home", home_for(request, int(asked), SEE).pk)
    homes = _homes(request)
    if len(homes) == 1:
        return redirect("gaps:home", homes[0].pk)
    may_areas = request.user.has_perm("gaps.areas")
    return render(request, "gaps/choose.html", {"homes": homes, "may_areas": may_areas})


@require_safe
def home(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show the fifty places that fit a home best; ``?only=`` filters."""
    found = home_for(request, home_id, SEE)
    form, today = OnlyForm(request.GET), timezone.localdate()
    only = form.chosen
    suggestions = suggestions_for(found, today=today, only=only)
    context: dict[str, Any] = {
        "home": found,
        "homes": _homes(request),
        "suggestions": suggestions,
        "page": Paginator(suggestions.shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "chips": [_chip(name, suggestions.counts[name], only) for name in FILTERS],
        "filtered": bool(only),
        "error": " ".join(str(words) for words in form.errors.get("only", [])),
        "noes": Dismissal.objects.of_home(found).count(),
        "volunteers": _volunteers(request, found),
        "may_answer": request.user.has_perm("gaps.answer", found),
        "is_ours": bool(HOME_TEAM & roles_for(request.user, found)),
        "may_peg": request.user.has_perm("wishes.peg", found),
    }
    return render(request, "gaps/home.html", context, status=400 if form.errors else 200)


def _homes(request: HttpRequest) -> list[Home]:
    """Return the homes that this person may look for, by name."""
    homes = homes_in_reach(reach_of(request.user, SEE))
    return list(homes.registered().order_by("name", "pk")[:HOMES_OFFERED])


def _chip(name: str, count: int, only: list[str]) -> Chip:
    others = [one for one in FILTERS if (one in only) != (one == name)]
    query = urlencode([("only", one) for one in others])
    return Chip(FILTERS[name], SYMBOLS[name], count, name in only, f"?{query}")


def _volunteers(request: HttpRequest, found: Home) -> list[Any]:
    fitting = volunteers_for(found, person_of(request), most=VOLUNTEERS_SHOWN)
    if fitting:
        note_shown(request, fitting)
    return fitting
