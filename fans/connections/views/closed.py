"""Homes that have closed, and the ties that somebody still has to speak with."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fans.connections.models import OVER, Partnership
from fans.people.permissions import homes_in_reach

PAGE_SIZE: Final = 25


@require_safe
def closed_homes(request: HttpRequest) -> HttpResponse:
    """List the open ties of homes in the champion's area that no register lists any more."""
    reach = request.scopes("connections.closed_homes")  # type: ignore[attr-defined]
    ties = (
        Partnership.objects.filter(home__in=homes_in_reach(reach).closed())
        .exclude(status__in=OVER)
        .select_related("home", "partner__asset")
        .order_by("home__name", "home_id", "pk")
    )
    page = Paginator(ties, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    context = {"page": page, "count": page.paginator.count}
    return render(request, "connections/closed_homes.html", context)
