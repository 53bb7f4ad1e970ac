"""The work list: what waits at one's homes, and how their ties stand."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.connections.nudges.forms import ASIDE, DUE, OPEN, AsideForm, WorkForm
from fans.connections.nudges.homes_table import rows_of
from fans.connections.nudges.rules import RULES, Kind
from fans.connections.nudges.waiting import Nudge, Reached, nudges_for
from fans.connections.ties.models import Approach
from fans.connections.views.access import person_of
from homes.models import Home

PAGE_SIZE: Final = 25
MOST_IN_A_CARD: Final = 8
_SEES: Final = "connections.view"


@dataclass(frozen=True)
class Chip:
    """A filter, and how much it shows."""

    value: str
    label: str
    count: int


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Show what waits, filtered by ``?home=`` and ``?kind=``, and one's homes."""
    reached, today = Reached(person_of(request)), timezone.localdate()
    homes = reached.homes(_SEES)
    form = WorkForm(request.GET, homes=homes)
    home_id, kind = _chosen(form)
    all_shown, all_hidden = nudges_for(person_of(request), today, reached=reached)
    shown, hidden = _of_home(all_shown, home_id), _of_home(all_hidden, home_id)
    chosen = [home for pk, home in homes.items() if home_id in (None, pk)]
    invitations = _invitations(chosen)
    context = {
        "form": form,
        "kind": kind,
        "home_id": home_id,
        "homes_count": len(homes),
        "chips": _chips(shown, hidden, invitations.count()),
        "asides": AsideForm.base_fields["word"].choices,  # type: ignore[attr-defined]
    }
    if kind:
        context |= _one_kind(request, kind, shown, hidden, invitations)
    else:
        context |= _overview(request, chosen, shown, hidden, invitations, today, reached)
    status = 400 if form.errors else 200
    return render(request, "nudges/work.html", context, status=status)


def _chosen(form: WorkForm) -> tuple[int | None, str]:
    """Return the home and the kind asked for; what makes no sense shows everything."""
    if not form.is_valid():
        return None, ""
    return form.cleaned_data["home"] or None, form.cleaned_data["kind"]


def _of_home(nudges: Sequence[Nudge], home_id: int | None) -> list[Nudge]:
    return [one for one in nudges if home_id in (None, one.home.pk)]


def _invitations(homes: Sequence[Home]) -> QuerySet[Approach]:
    waiting = Approach.objects.open().of_homes(
        Home.objects.filter(pk__in=[one.pk for one in homes])
    )
    whole = waiting.select_related("partnership__home", "partnership__partner__asset")
    return whole.order_by("asked_on", "pk")


def _chips(shown: list[Nudge], hidden: list[Nudge], open_count: int) -> list[Chip]:
    counts = Counter(one.standing.kind for one in shown)
    kinds = [Chip(kind.value, RULES[kind].label, counts[kind]) for kind in RULES]
    return [
        Chip("", "Everything", len(shown)),
        *[chip for chip in kinds if chip.count],
        Chip(OPEN, "Invitations open", open_count),
        *([Chip(ASIDE, "Put off or closed", len(hidden))] if hidden else []),
    ]


def _one_kind(
    request: HttpRequest,
    kind: str,
    shown: list[Nudge],
    hidden: list[Nudge],
    invitations: QuerySet[Approach],
) -> dict[str, Any]:
    rows: Any = [one for one in shown if one.standing.kind == kind]
    if kind == DUE:
        rows = [one for one in shown if one.standing.kind != Kind.QUIET]
    elif kind == ASIDE:
        rows = hidden
    elif kind == OPEN:
        rows = invitations
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"page": page, "heading": dict(WorkForm(homes={}).fields["kind"].choices)[kind]}  # type: ignore[attr-defined]


def _overview(
    request: HttpRequest,
    homes: list[Home],
    shown: list[Nudge],
    hidden: list[Nudge],
    invitations: QuerySet[Approach],
    today: dt.date,
    reached: Reached,
) -> dict[str, Any]:
    due = [one for one in shown if one.standing.kind != Kind.QUIET]
    quiet = [one for one in shown if one.standing.kind == Kind.QUIET]
    page = Paginator(homes, PAGE_SIZE).get_page(request.GET.get("page"))
    standing = [one.standing for one in (*shown, *hidden)]
    may_see = bool(reached.homes(RULES[Kind.WISH].action))
    return {
        "due": due[:MOST_IN_A_CARD],
        "due_count": len(due),
        "quiet": quiet[:MOST_IN_A_CARD],
        "quiet_count": len(quiet),
        "invitations": invitations[:MOST_IN_A_CARD],
        "page": page,
        "rows": rows_of(list(page), standing, today, with_wishes=may_see),
    }
