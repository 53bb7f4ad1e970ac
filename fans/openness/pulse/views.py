"""The page of a home's months."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fans.openness.models import Wave
from fans.openness.pulse.reports import trend_of
from fans.openness.replies.seeing import is_own_team, visible_waves
from homes.models import Home


@require_safe
def by_month(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show the lived part of a home's openness month by month, gaps as gaps."""
    home = get_object_or_404(Home, pk=home_id)
    if not request.user.has_perm("openness.view_score", home):
        raise Http404("Only the home’s own team and its facilitator see this.")
    latest = home.enrolments.order_by("-starts_on", "-pk").values("pk")[:1]
    begun = Wave.objects.filter(enrolment=latest, score__isnull=False).order_by("month")
    waves = visible_waves(
        request.user, begun.select_related("enrolment__home", "instrument", "score")
    )
    for_team = is_own_team(request.user, home)
    trend = trend_of(home, waves=waves, for_team=for_team)
    return render(request, "pulse/home.html", {"trend": trend, "for_team": for_team})
