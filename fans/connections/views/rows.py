"""The log of a home: the rows behind its numbers."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.connections.forms import RowsForm
from fans.connections.gifts import gift_words
from fans.connections.models import Connection, ConnectionQuerySet, StaffRole
from fans.connections.views.access import home_for
from homes.models import Home

PAGE_SIZE = 25


@dataclass(frozen=True)
class Row:
    """A row of the log with its lists in words."""

    connection: Connection
    home_gave: list[str]
    partner_gave: list[str]
    staff: list[str]
    can_undo: bool


@require_safe
def rows(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show the log, newest first, filtered by ``?month=`` and ``?partner=``."""
    home = home_for(request, home_id, "connections.view")
    standing = home.connections.standing()
    form = RowsForm(request.GET, home=home, months=_months(standing))
    found = _filtered(standing, form) if form.is_valid() else standing.none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    may_log = request.user.has_perm("connections.log", home)
    context = {
        "home": home,
        "form": form,
        "page": page,
        "rows": _in_words(home, list(page), may_log=may_log),
        "times": found.aggregate(times=Sum("occurrences"))["times"] or 0,
        "filtered": any(form.cleaned_data.values()),
        "may_log": may_log,
        # What is written in sentences is for the home's team and its champion, as in the API.
        "may_read_words": request.user.has_perm("connections.edit_tie", home),
        "may_add_photos": request.user.has_perm("pictures.keep", home),
        "may_tally": request.user.has_perm("connections.tally", home),
    }
    status = 400 if form.errors else 200
    return render(request, "connections/rows.html", context, status=status)


def _months(rows: ConnectionQuerySet) -> list[dt.date]:
    """Return the months with rows in them, the latest first."""
    months = rows.with_day().annotate(month=TruncMonth("counted_on"))
    return list(months.order_by("-month").values_list("month", flat=True).distinct())


def _filtered(rows: ConnectionQuerySet, form: RowsForm) -> ConnectionQuerySet:
    if month := form.cleaned_data["month"]:
        rows = rows.in_month(month)
    if tie := form.cleaned_data["partner"]:
        rows = rows.filter(partnership=tie)
    return rows.select_related("partnership__partner__asset")


def _in_words(home: Home, connections: list[Connection], *, may_log: bool) -> list[Row]:
    now = timezone.now()
    gifts = gift_words(home)
    roles = dict(StaffRole.choices)
    return [
        Row(
            connection=row,
            home_gave=[gifts.get(gift, gift) for gift in row.home_gives],
            partner_gave=[gifts.get(gift, gift) for gift in row.partner_gives],
            staff=[str(roles.get(role, role)) for role in row.staff_roles],
            can_undo=may_log and row.can_be_undone(now),
        )
        for row in connections
    ]
