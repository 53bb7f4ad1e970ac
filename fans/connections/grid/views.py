"""A month on one sheet: typed in, saved as a whole, and taken back."""

import datetime as dt
import re
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fans.connections.candidates import candidate_of, who_choices
from fans.connections.fields import MonthField
from fans.connections.grid.cells import WAYS, LineKey
from fans.connections.grid.errors import NotSavedError, TooLateToUndoSaveError
from fans.connections.grid.models import GridSave
from fans.connections.grid.page import SheetView, sheet_as_typed, sheet_of
from fans.connections.grid.services import Saved, save_month, undo_save
from fans.connections.grid.typed import MOST_LINES, TypedSheet, read_sheet
from fans.connections.models import Partnership, Rating
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from homes.models import Home

MONTHS_SHOWN: Final = 6
TYPED_IN_UNTIL: Final = 10
"""Up to this day of a month, the sheet of the month before is likely to be in hand."""

CONFLICT: Final = 409


@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show a month (``?month=2026-10``, ``?page=2``) as a sheet, and save what was typed."""
    home = home_for(request, home_id, "connections.log")
    first, status = asked_month(request)
    if request.method != "POST" or status != 200:
        return _page(request, sheet_of(home, first, page=_asked_page(request)), status=status)
    sheet = read_sheet(request.POST, request.POST.getlist("line"), first)
    if not request.user.has_perm("connections.tally", home):
        sheet.numbers, sheet.unreadable = {}, {}
    if "add" in request.POST:
        words = _add_line(request, home, sheet, first)
        view = sheet_as_typed(person_of(request), home, first, sheet)
        return _page(request, view, added=words, status=UNPROCESSABLE if words else 200)
    return _save(request, home, first, sheet)


def _save(request: HttpRequest, home: Home, first: dt.date, sheet: TypedSheet) -> HttpResponse:
    person = person_of(request)
    meant = request.POST.get("others_meant") == "yes"
    try:
        saved = save_month(by=person, home=home, month=first, sheet=sheet, others_meant=meant)
    except NotSavedError as refused:
        view = sheet_as_typed(person, home, first, sheet, refused)
        status = UNPROCESSABLE if refused.problems else CONFLICT
        return _page(request, view, refused=refused, status=status)
    _say_saved(request, first, saved)
    return redirect(_address(home, first, _asked_page(request)))


def _say_saved(request: HttpRequest, first: dt.date, saved: Saved) -> None:
    if saved.save is None:
        messages.info(request, "Nothing on the sheet was new.")
    else:
        undo = reverse("grid:undo", args=[saved.save.pk])
        words = f"{first:%B %Y} is saved. {_times(saved.save)}"
        messages.success(request, words, extra_tags=f"undo:{undo}")
    if saved.kept:
        shown = "; ".join(problem.where for problem in saved.kept[:3])
        more = f", and {len(saved.kept) - 3} more" if len(saved.kept) > 3 else ""
        words = "The log holds more than you put, and keeps it: "
        messages.info(request, f"{words}{shown}{more}.")


def _times(save: GridSave) -> str:
    times = save.times
    if times == 0:
        return "As often as before."
    count = f"{abs(times)} time{'' if abs(times) == 1 else 's'}"
    return f"{count} {'more' if times > 0 else 'fewer'} than before."


def _address(home: Home, first: dt.date, page: int) -> str:
    more = f"&page={page}" if page > 1 else ""
    return f"{reverse('grid:month', args=[home.pk])}?month={first:%Y-%m}{more}"


def _add_line(request: HttpRequest, home: Home, sheet: TypedSheet, first: dt.date) -> str:
    """Put another line under those typed; return why not, or nothing."""
    who = candidate_of(request.POST.get("add_who", ""), home=home, person=person_of(request))
    way = request.POST.get("add_way", "")
    if who is None:
        return "Choose who it was with."
    if way not in WAYS:
        return "Choose which way it went."
    key = LineKey("tie" if isinstance(who, Partnership) else "place", who.pk, way)
    if key in {line.key for line in sheet.lines}:
        return "That line is on the sheet already."
    if len(sheet.lines) >= MOST_LINES:
        return "This sheet is full. Save it, then add the next one."
    shown = sheet_as_typed(person_of(request), home, first, read_sheet({}, [str(key)], first))
    was = {f"{row.key}-was": row.was for row in shown.rows}
    sheet.lines += read_sheet(was, [str(key)], first).lines
    return ""


def _page(request: HttpRequest, view: SheetView, *, status: int, **said: Any) -> HttpResponse:
    home, first = view.home, view.month
    now = timezone.now()
    mine = GridSave.objects.filter(home=home, month=first, saved_by=person_of(request)).first()
    context = {
        "home": home,
        "month": first,
        "sheet": view,
        "first_wrong": view.first_wrong,
        "months": _months(first),
        "ratings": Rating.choices,
        "ways": WAYS.items(),
        "who": who_choices(home),
        "may_tally": request.user.has_perm("connections.tally", home),
        "last_save": mine.pk if mine else 0,
        "saves": GridSave.objects.filter(home=home, month=first).undoable(now)[:5],
        **said,
    }
    return render(request, "grid/month.html", context, status=status)


def _months(shown: dt.date) -> list[dt.date]:
    """Return the last months, the latest first, and the one shown if it is older."""
    firsts = [timezone.localdate().replace(day=1)]
    while len(firsts) < MONTHS_SHOWN:
        firsts.append((firsts[-1] - dt.timedelta(days=1)).replace(day=1))
    return firsts if shown in firsts else [*firsts, shown]


def asked_month(request: HttpRequest, *, ahead: bool = False) -> tuple[dt.date, int]:
    """Read ``?month=``, with the status of the answer: 400 for what is none.

    Without one it is this month, or early in a month the one before. Only ``ahead`` may
    it be still to come: a sheet of paper is printed before its month begins.
    """
    today = timezone.localdate()
    usual = today.replace(day=1)
    if today.day <= TYPED_IN_UNTIL and not ahead:
        usual = (usual - dt.timedelta(days=1)).replace(day=1)
    try:
        asked = MonthField(required=False).clean(request.GET.get("month"))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return usual, 400
    if asked is not None and asked > today and not ahead:
        messages.error(request, f"{asked:%B %Y} is still to come.")
        return usual, 400
    return asked or usual, 200


def _asked_page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if re.fullmatch(r"[0-9]{1,4}", asked) else 1


@require_POST
def undo(request: HttpRequest, save_id: int) -> HttpResponse:
    """Take a whole save of the last day back; doing so can be taken back as well."""
    save = get_object_or_404(GridSave.objects.select_related("home"), pk=save_id)
    if not request.user.has_perm("connections.log", save.home):
        raise Http404("Your roles do not reach this home.")
    try:
        back, left = undo_save(save=save, by=person_of(request))
    except TooLateToUndoSaveError as refusal:
        context = {"home": save.home, "month": save.month, "words": str(refusal)}
        return render(request, "grid/too_late.html", context, status=CONFLICT)
    except PermissionDenied as refusal:
        raise Http404("Your roles do not reach this tally.") from refusal
    words = f"Taken back. {_times(back)}"
    if left:
        cells = f"{left} cell{'' if left == 1 else 's'}"
        words += f" {cells} that changed again since stay as they are."
    url = reverse("grid:undo", args=[back.pk])
    messages.success(request, words, extra_tags=f"undo:{url}")
    return redirect(_address(save.home, save.month, 1))
