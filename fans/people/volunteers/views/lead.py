"""A lead's list of volunteers, and the page of one of them."""

from typing import Any, Final, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fans.people.audit import reads
from fans.people.models import Person
from fans.people.typed import asked_for, keep
from fans.people.volunteers.accompanied import (
    RECHECK_SOON,
    accompanied_by,
    areas_with_volunteers,
    counts_of,
    induction_of,
    is_quiet,
    minutes_of,
    way_of,
    with_place_name,
)
from fans.people.volunteers.forms.lead import DecideForm, FindForm
from fans.people.volunteers.models import (
    QUIET_AFTER,
    Reference,
    Stage,
    Vetting,
    Volunteer,
)
from fans.people.volunteers.models.volunteer import VolunteerQuerySet
from fans.people.volunteers.roles import ROLES, role_of
from fans.people.volunteers.services.pathway import ACTION
from fans.people.volunteers.services.vetting import is_cleared

PAGE_LENGTH: Final = 50


def of_mine(request: HttpRequest, pk: int) -> Volunteer:
    """Find a volunteer whom they accompany; another answers as if not there."""
    if pk >= 2**63:
        raise Http404("There is no such volunteer.")
    return get_object_or_404(_mine(request), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """List the volunteers of one's areas; those of whom least was heard at the top."""
    if request.method == "POST":
        return keep(request, "q")
    asked = asked_for(request, "q")
    today = timezone.localdate()
    reach = request.scopes(ACTION)  # type: ignore[attr-defined]
    mine = _mine(request)
    form = FindForm(asked, areas=areas_with_volunteers(reach))
    rows = form.narrow(mine, today=today, soon=today + RECHECK_SOON)
    rows = with_place_name(rows.with_cleared(today)).order_by("last_heard_on", "pk")
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    reads.note(request, page.object_list, action=ACTION)
    counts = counts_of(mine, today)
    context = {
        "form": form,
        "page": page,
        "quiet_before": today - QUIET_AFTER,
        "counts": counts,
        "stages": [(stage, counts[f"stage_{stage}"]) for stage in Stage],
        "roles": ROLES,
        "is_narrowed": any(asked.get(name) for name in form.fields),
        "is_searched": form.errors or any(map(asked.get, ("q", "area", "interest"))),
    }
    status = 200 if form.is_valid() else 400
    return render(request, "volunteers/lead/list.html", context, status=status)


@require_safe
def volunteer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one volunteer: how far they have come, and what to do next."""
    return show(request, of_mine(request, pk))


def show(request: HttpRequest, row: Volunteer, status: int = 200, **forms: Any) -> HttpResponse:
    """Render the page of one volunteer, with a form that was refused where there is one."""
    reads.note(request, [row], action=ACTION)
    person = cast(Person, request.user)
    events = list(row.events.select_related("by"))
    vettings = list(row.vettings.select_related("decided_by"))
    waiting = next((v for v in vettings if v.outcome == Vetting.Outcome.WAITING), None)
    fitting = [r for r in ROLES.values() if r.fits(kind=row.kind, is_young=row.is_young)]
    references = list(row.references.all())
    context = {
        "volunteer": row,
        "is_self": row.person_id == person.pk,
        "guardian": getattr(row, "guardian", None),
        "way": way_of(row, events),
        "events": events,
        "role": role_of(row.role_slug),
        "fitting": fitting,
        "references": references,
        "good_count": sum(r.answer == Reference.Answer.GOOD for r in references),
        "vettings": [v for v in vettings if v is not waiting],
        "waiting": waiting,
        "decide_form": DecideForm() if waiting else None,
        "is_cleared": is_cleared(row),
        "induction": induction_of(row),
        "minutes": minutes_of(row),
        "is_quiet": is_quiet(row),
        "stage": Stage,
        **forms,
    }
    return render(request, "volunteers/lead/volunteer.html", context, status=status)


def _mine(request: HttpRequest) -> VolunteerQuerySet:
    reach = request.scopes(ACTION)  # type: ignore[attr-defined]
    return accompanied_by(reach).select_related("person")
