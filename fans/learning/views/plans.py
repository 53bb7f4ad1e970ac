"""A home's plans, and one of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from fans.learning import services
from fans.learning.errors import ChangedMeanwhileError, LearningError, PlanIsOverError
from fans.learning.forms import PlanForm, StartForm, refuse
from fans.learning.models import Plan
from fans.learning.reports import plan_shown, rows_of
from fans.learning.signs import signs
from fans.learning.topics import topics_about
from fans.learning.views.access import CONFLICT, READ, plan_for, refused, with_version


@require_safe
def plans(request: HttpRequest, home_id: int) -> HttpResponse:
    """List a home's plans: those that go on, and those laid by."""
    home = home_for(request, home_id, READ)
    rows = rows_of(home)
    context = {
        "home": home,
        "going_on": [row for row in rows if not row.plan.is_over],
        "laid_by": [row for row in rows if row.plan.is_over],
        "may_keep": request.user.has_perm(services.KEEP, home),
    }
    return render(request, "learning/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, home_id: int) -> HttpResponse:
    """Ask for a topic and begin a plan; ``?sign=A3``: from a difference in the answers."""
    home = home_for(request, home_id, services.KEEP)
    sign = request.GET.get("sign", "")
    form = StartForm(request.POST if request.method == "POST" else None, sign=sign)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = services.start(
                by=person_of(request),
                home=home,
                topic=said["topic"],
                title=said["title"],
                signs=[said["sign"]] if said["sign"] else [],
                client_uuid=said["client_uuid"],
            )
        except (LearningError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            return _begun(request, made)
    context = {
        "home": home,
        "form": form,
        "sign": signs().get(sign, ""),
        "topics": topics_about(sign),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "learning/new.html", context, status=status)


def _begun(request: HttpRequest, plan: Plan) -> HttpResponse:
    undo_url = reverse("learning:remove_plan", args=[plan.pk])
    messages.success(request, "The plan is begun.", extra_tags=f"undo:{undo_url}")
    return redirect("learning:plan", pk=plan.pk)


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan: topic, what groups said, side by side, what is done."""
    found = plan_for(request, pk, READ)
    may_keep = request.user.has_perm(services.KEEP, found)
    context = {
        "home": found.home,
        "plan": found,
        "shown": plan_shown(found, own_team=may_keep),
        "may_keep": may_keep,
        "now": timezone.now(),
    }
    return render(request, "learning/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a plan otherwise, and say what it has to do with."""
    found = plan_for(request, pk, services.KEEP)
    form = PlanForm(request.POST if request.method == "POST" else None, plan=found)
    status, theirs = 200, None
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.change_plan(
                plan=found,
                by=person_of(request),
                version=said["version"],
                title=said["title"],
                links=form.links,
            )
        except ChangedMeanwhileError as newer:
            status, theirs = CONFLICT, [("What you look at", newer.row.title)]
            form = PlanForm(with_version(request, newer.row.version), plan=found)
        except PlanIsOverError as refusal:
            return refused(request, found, str(refusal))
        except (LearningError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Changed.")
            return redirect("learning:plan", pk=pk)
    context = {"home": found.home, "plan": found, "form": form, "theirs": theirs}
    status = UNPROCESSABLE if form.errors else status
    return render(request, "learning/edit.html", context, status=status)


@require_POST
def lay_by(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay a plan by, for next time."""
    found = plan_for(request, pk, services.KEEP)
    services.lay_by(plan=found, by=person_of(request))
    undo_url = reverse("learning:go_on", args=[pk])
    messages.success(request, "Laid by, and kept for next time.", extra_tags=f"undo:{undo_url}")
    return redirect("learning:plan", pk=pk)


@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a plan again."""
    found = plan_for(request, pk, services.KEEP)
    services.go_on(plan=found, by=person_of(request))
    messages.success(request, "The plan goes on.")
    return redirect("learning:plan", pk=pk)
