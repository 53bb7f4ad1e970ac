"""Log what happened, the same again first, and take it back."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fans.connections.candidates import (
    candidate_of,
    places_called,
    repeatable,
    same_again,
    value_of,
)
from fans.connections.errors import ConnectionsError, TooLateToUndoError
from fans.connections.forms import LogForm, SearchForm
from fans.connections.forms.log import SOMEONE_NEW
from fans.connections.gifts import gift_words, offers
from fans.connections.models import Connection, Gift
from fans.connections.reports import month_counts
from fans.connections.services import undo_connection
from fans.connections.services.log import USUAL_TYPE
from fans.connections.services.telling import tell
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from fans.people.typed import asked_for, keep
from homes.models import Home


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, home_id: int) -> HttpResponse:
    """Ask what happened, and keep it.

    ``?again=``, ``?asset=``, ``?tie=`` and ``?wish=`` fill in a number; ``?who=new`` asks
    for somebody new, called as was looked for.
    """
    home = home_for(request, home_id, "connections.log")
    if "q" in request.POST:  # who comes may be a person, and nobody's name goes about
        return keep(request, "q")
    looked_for = asked_for(request, "q").get("q", "")
    again = _again(request, home)
    person = person_of(request)
    if request.method == "POST":
        form = LogForm(request.POST, home=home, person=person)
        row = _keep(request, home, form)
        if row is not None:
            return _saved(request, row)
    else:
        initial = _filled_in(request, home, again, looked_for)
        form = LogForm(initial=initial | _asked_wish(request), home=home, person=person)
    context = {
        "home": home,
        "form": form,
        "again": again,
        "gave": _gave(home, again),
        "same_again": same_again(home),
        "may_hang_sheets": request.user.has_perm("quick.manage", home),
        # Nothing that needs another look is folded away, and no wish that was asked for.
        "more_is_open": form.is_bound or "wish" in form.initial,
        **_search(request, home, looked_for),
    }
    status = UNPROCESSABLE if form.needs_a_look else 200
    return render(request, "connections/log.html", context, status=status)


def _again(request: HttpRequest, home: Home) -> Connection | None:
    """Return the row to repeat; what was typed is never lost because it has gone."""
    asked = request.GET.get("again", "")
    if not asked:
        return None
    number = re.fullmatch(r"[0-9]{1,18}", asked)
    row = repeatable(home).filter(pk=int(asked)).first() if number else None
    if row is None and request.method != "POST":
        raise Http404("There is no such entry to repeat.")
    return row


def _filled_in(
    request: HttpRequest, home: Home, again: Connection | None, looked_for: str
) -> dict[str, Any]:
    if again is not None:
        return _as_last_time(home, again)
    for name, kind in (("asset", "place"), ("tie", "tie")):
        if asked := request.GET.get(name, ""):
            value = f"{kind}:{asked}"
            found = candidate_of(value, home=home, person=person_of(request))
            if found is None:
                raise Http404("There is nobody of that number to log with.")
            return {"who": value_of(found)}
    if request.GET.get("who") == SOMEONE_NEW:
        return {"who": SOMEONE_NEW, "name": looked_for[:80]}
    return {}


def _asked_wish(request: HttpRequest) -> dict[str, int]:
    """Return the wish asked for; the form offers it only where it is one of the home's."""
    asked = re.fullmatch(r"[0-9]{1,18}", request.GET.get("wish", ""))
    return {"wish": int(asked[0])} if asked else {}


def _as_last_time(home: Home, row: Connection) -> dict[str, Any]:
    """Repeat what is likely to be the same: not the day, how it went, or the note."""
    can_give = {*Gift.values, *(value for value, _ in offers(home))}
    return {
        "who": value_of(row.partnership),
        "direction": row.direction,
        "type": "" if row.type == USUAL_TYPE[row.direction] else row.type,
        "origin": row.origin,
        "arranged_by": row.arranged_by,
        "residents_count": row.residents_count,
        "community_count": row.community_count,
        "children_count": row.children_count,
        "home_gives": [gift for gift in row.home_gives if gift in can_give],
        "partner_gives": row.partner_gives,
        "staff_roles": row.staff_roles,
        "paid": row.paid,
    }


def _gave(home: Home, again: Connection | None) -> dict[str, list[str]]:
    if again is None:
        return {}
    words = gift_words(home)
    sides = {"home": again.home_gives, "partner": again.partner_gives}
    return {side: [words.get(gift, gift) for gift in gifts] for side, gifts in sides.items()}


def _search(request: HttpRequest, home: Home, looked_for: str) -> dict[str, Any]:
    search = SearchForm({"q": looked_for} if looked_for else None)
    text = search.cleaned_data["q"] if search.is_valid() else ""
    found = places_called(text, home=home, person=person_of(request)) if text else []
    return {"search": search, "looked_for": text, "found": found}


def _keep(request: HttpRequest, home: Home, form: LogForm) -> Connection | None:
    if not form.is_valid():
        return None
    try:
        return tell(by=person_of(request), home=home, **form.told())
    except (ConnectionsError, ValidationError) as refusal:
        form.refuse(refusal)
        return None


def _saved(request: HttpRequest, row: Connection) -> HttpResponse:
    undo_url = reverse("connections:undo", args=[row.pk])
    words = f"Saved. {_so_far(row)}"
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return redirect("connections:log", home_id=row.home_id)


def _so_far(row: Connection) -> str:
    """Say how often it came to in the row's month: what counts as community."""
    day, today = row.counted_day, timezone.localdate()
    times = month_counts(row.home, day).times
    this_month = (day.year, day.month) == (today.year, today.month)
    return f"{times} this month." if this_month else f"{times} in {day:%B %Y}."


@require_POST
def undo(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Take back what was logged in the last ten minutes."""
    row = get_object_or_404(Connection.objects.select_related("home"), pk=connection_id)
    if not request.user.has_perm("connections.log", row.home):
        raise Http404("Your roles do not reach this home.")
    try:
        row = undo_connection(connection=row, by=person_of(request))
    except TooLateToUndoError as refusal:
        context = {"home": row.home, "words": str(refusal)}
        return render(request, "connections/too_late.html", context, status=409)
    messages.success(request, f"Taken back. {_so_far(row)}")
    return redirect("connections:log", home_id=row.home_id)
