"""Where places are many and ties few, by area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.connections.gaps.by_area import FEWEST_HOMES, gaps_of
from fans.people.permissions import reach_of


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Show the areas of whoever asks, in rounded counts."""
    found = gaps_of(reach_of(request.user, "gaps.areas"))
    context = {
        "areas": [area for area in found if area.is_shown],
        "too_few": [area for area in found if not area.is_shown],
        "fewest_homes": FEWEST_HOMES,
        "may_see": request.user.has_perm("gaps.see"),
    }
    return render(request, "gaps/areas.html", context)
