"""The one-page picture to print, and the list of pictures that homes share."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from fans.openness.models import Wave
from fans.openness.replies.models import Audience, Share
from fans.openness.replies.one_page import OnePage, one_page
from fans.openness.replies.seeing import (
    is_own_team,
    may_see_score,
    visible_to_others,
    visible_waves,
)
from fans.openness.replies.views.access import person_of
from fans.people.pdf import can_make_pdf, pdf_of

PDF: Final = "application/pdf"


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a closed wave on one page; ``?as=`` shows the home what an audience sees."""
    wave, found = _page(request, pk)
    is_team = is_own_team(request.user, wave.enrolment.home)
    context: dict[str, Any] = {
        "page": found,
        "wave": wave,
        "home": wave.enrolment.home,
        "is_team": is_team,
        "seen_as": Audience(_audience(request)).label if _audience(request) else "",
        "audience": _audience(request),
        "can_make_pdf": can_make_pdf(),
        "css": "",
    }
    return render(request, "replies/page.html", context)


@require_safe
def page_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the same page as a PDF, tagged for those who have it read to them."""
    _, found = _page(request, pk)
    if not can_make_pdf():
        raise Http404("No PDF can be made here. Print the page instead.")
    html = render_to_string("replies/pdf.html", {"page": found, "css": _css(), "is_pdf": True})
    response = HttpResponse(pdf_of(html), PDF)
    name = slugify(found.title)[:60]
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """List the pictures that homes share with somebody."""
    waves = visible_to_others(person_of(request))
    return render(request, "replies/shared.html", {"waves": waves})


def _page(request: HttpRequest, pk: int) -> tuple[Wave, OnePage]:
    """Return a wave and its page, with the earlier waves that this reader may see as well.

    Raises:
        Http404: there is no such wave, it is open, or this reader may not see it.
    """
    rows = Wave.objects.select_related("enrolment__home", "instrument", "score")
    wave = get_object_or_404(rows, pk=pk)
    if not may_see_score(request.user, wave):
        raise Http404("The home has not shared this picture with you, or it is still open.")
    earlier = rows.filter(enrolment=wave.enrolment_id, month__lte=wave.month).order_by("month")
    seen = visible_waves(request.user, earlier)
    audience = _audience(request)
    if audience and is_own_team(request.user, wave.enrolment.home):
        shared = set(
            Share.objects.standing()
            .filter(wave__in=seen, audience=audience)
            .values_list("wave", flat=True)
        )
        seen = [each for each in seen if each.pk in shared or each == wave]
    return wave, one_page(wave, waves=seen)


def _audience(request: HttpRequest) -> str:
    asked = request.GET.get("as", "")
    return asked if asked in Audience.values else ""


@cache
def _css() -> str:
    return Path(str(finders.find("replies/page.css"))).read_text()
