"""Pages of this part: groups of homes in somebody's areas, on a page and as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fans.disclosure import FEWEST_HOMES
from fans.openness.aggregates.reports import NOTES, circles_of, csv_table
from fans.openness.aggregates.services import REPLY_DAYS
from fans.people.permissions import reach_of
from geo.models import Area
from intake.shown import csv_lines

SEE = "openness.areas"


@require_safe
def area(request: HttpRequest) -> HttpResponse:
    """Show what is told of the homes that take part, in groups of eight or more."""
    reach = reach_of(request.user, SEE)
    context = {
        "areas": Area.objects.filter(pk__in=reach.area_ids).order_by("name"),
        "circles": circles_of(reach),
        "notes": NOTES,
        "fewest_homes": FEWEST_HOMES,
        "reply_days": REPLY_DAYS,
    }
    return render(request, "aggregates/area.html", context)


@never_cache
@require_safe
def area_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Hand over the same figures as a file, with how they were made."""
    rows = list(csv_table(circles_of(reach_of(request.user, SEE))))
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    name = f"openness-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
