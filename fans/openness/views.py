"""Pages of this room: a home's openness, and the assessment form."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fans.openness.behind import TABLES, behind
from fans.openness.errors import WaveClosedError
from fans.openness.forms import AssessmentForm
from fans.openness.from_log import asked_of, instrument_of
from fans.openness.instrument import Group, Instrument
from fans.openness.models import WAVE_MONTHS, Wave
from fans.openness.reports import overview_of
from fans.openness.services import submit_assessment
from fans.people.models import Person
from fans.people.permissions import roles_for
from homes.models import Home


@require_safe
def home_openness(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a home how open it is: level, lived and felt, eight sides, each to be opened."""
    home = get_object_or_404(Home, pk=pk)
    if not request.user.has_perm("openness.view_score", home):
        raise Http404("Only the home’s own team and its facilitator see this.")
    overview = overview_of(home, month=_month(request))
    context = {
        "home": home,
        "overview": overview,
        "counted": TABLES,
        "opened": request.GET.get("side", ""),
        "may_answer": overview.open_wave
        and request.user.has_perm("openness.answer", overview.open_wave),
    }
    return render(request, "openness/home.html", context)


@require_safe
def rows_behind(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show the rows behind one counted sign of a wave, as the log stands now."""
    home = get_object_or_404(Home, pk=pk)
    for action in ("openness.view_score", "connections.view"):
        if not request.user.has_perm(action, home):
            raise Http404("Only the home’s own team and its facilitator see this.")
    overview = overview_of(home, month=_month(request))
    picture = overview.current
    if code not in TABLES:
        raise Http404("This sign is answered, not counted.")
    asked = asked_of(home, wave=overview.current_wave, as_of=picture.as_of)
    context = {
        "home": home,
        "overview": overview,
        "sign": next(s for side in picture.sides for s in side.signs if s.id == code),
        "behind": behind(code, asked, picture.instrument.window),
    }
    return render(request, "openness/behind.html", context)


def _month(request: HttpRequest) -> int | None:
    month = request.GET.get("wave", "")
    return int(month) if month in map(str, WAVE_MONTHS) else None


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one respondent's answers; which group they belong to is chosen first."""
    wave = get_object_or_404(
        Wave.objects.select_related("enrolment__home", "instrument"), pk=pk
    )
    if not request.user.has_perm("openness.answer", wave):
        raise Http404("Your roles do not allow this: enter answers on openness.")
    instrument = instrument_of(wave.instrument)
    groups = _groups(request, instrument, wave)
    chosen = request.GET.get("group")
    context: dict[str, Any] = {
        "wave": wave,
        "home": wave.enrolment.home,
        "is_open": wave.is_open_on(timezone.localdate()),
        "is_known": chosen is None or chosen in groups,
    }
    if chosen not in groups or not context["is_open"]:
        counts = dict(wave.assessments.values_list("group").annotate(Count("pk")).order_by())
        context["groups"] = [(group, counts.get(group.id, 0)) for group in groups.values()]
        is_fine = context["is_known"] and request.method != "POST"
        return render(request, "openness/assess.html", context, status=200 if is_fine else 400)
    return _answer(request, wave, instrument, groups[chosen], context)


def _answer(
    request: HttpRequest,
    wave: Wave,
    instrument: Instrument,
    group: Group,
    context: dict[str, Any],
) -> HttpResponseBase:
    sent = request.POST if request.method == "POST" else None
    form = AssessmentForm(sent, instrument=instrument, group=group)
    if form.is_valid():
        try:
            submit_assessment(
                wave=wave,
                group=group.id,
                answers=form.answers,
                how_known=form.how_known,
                client_uuid=form.cleaned_data["client_uuid"],
                by=request.user if isinstance(request.user, Person) else None,
            )
        except WaveClosedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Saved: one answer sheet of {group.name.lower()}.")
            return redirect("openness:assess", wave.pk)
    context |= {"form": form, "group": group}
    status = 200 if sent is None else 400
    return render(request, "openness/assess_group.html", context, status=status)


def _groups(request: HttpRequest, instrument: Instrument, wave: Wave) -> dict[str, Group]:
    """Return the groups whose answers this person may enter.

    An answer given in office is the office holder's own: nobody else enters it.
    """
    offices = roles_for(request.user, wave)
    return {
        id: group
        for id, group in instrument.groups.items()
        if not group.in_office or id in offices
    }
