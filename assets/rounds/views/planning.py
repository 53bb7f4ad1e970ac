"""Pages to plan a round for oneself, and to share an area's places out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assets.errors import AssetError
from assets.rounds import registry, services
from assets.rounds.forms import PlanForm, ShareForm
from assets.rounds.loads import loads_of
from assets.rounds.services import SIZE, rounds_of
from assets.rounds.views import reach_of
from geo.models import Area


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Ask where to set out; make the round, and show it."""
    form = PlanForm(request.POST if request.method == "POST" else None, areas=_areas(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_round(
                by=request.user, near=form.near(), reach=reach_of(request), size=SIZE
            )
        except AssetError as error:
            form.add_error(None, str(error))
        else:
            return redirect("rounds:round", pk=made.pk)
    status = 400 if form.errors else 200
    return render(request, "rounds/plan.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Show how much each person has; divide an area's places among those chosen."""
    areas = _areas(request)
    area = _chosen_area(request, areas)
    if area is None:
        return render(request, "rounds/share.html", {"areas": areas})
    people = registry.walkers(area)
    form = ShareForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.share_out(
                by=request.user, area=area, people=form.people(), reach=reach_of(request)
            )
        except AssetError as error:
            form.add_error(None, str(error))
        else:
            words = "1 round is" if len(made) == 1 else f"{len(made)} rounds are"
            messages.success(request, f"{words} shared out in {area}.")
            return redirect("rounds:list")
    parts = rounds_of(area, by=request.user, reach=reach_of(request))
    context = {
        "areas": areas,
        "area": area,
        "form": form,
        "loads": list(loads_of(people, today=timezone.localdate()).values()),
        "rounds_count": len(parts),
        "places_count": sum(map(len, parts)),
    }
    return render(request, "rounds/share.html", context, status=400 if form.errors else 200)


def _areas(request: HttpRequest) -> list[Area]:
    """Return the areas of the visitor's own; an administrator names them in the address."""
    return list(Area.objects.filter(pk__in=reach_of(request).area_ids).order_by("name"))


def _chosen_area(request: HttpRequest, areas: list[Area]) -> Area | None:
    asked = request.POST.get("area") or request.GET.get("area", "")
    if not asked and len(areas) == 1:
        return areas[0]
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    area = Area.objects.filter(pk=int(asked)).first()
    user: Any = request.user
    if area is not None and not user.has_perm("rounds.walk", area):
        raise PermissionDenied("Your roles do not allow this: share rounds out there.")
    return area
