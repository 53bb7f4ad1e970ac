"""On paper: questions to talk over with room to write, and a plan as it stands."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fans.connections.views.access import home_for
from fans.learning import services
from fans.learning.groups import GROUPS
from fans.learning.reports import plan_shown
from fans.learning.topics import TOPICS
from fans.learning.views.access import READ, plan_for
from fans.people.pdf import can_make_pdf, pdf_of

LINES: Final = 4
"""Lines to write on under each question; in large type fewer stand on a page."""


@cache
def _css() -> str:
    return Path(str(finders.find("learning/paper.css"))).read_text()


def _blank(request: HttpRequest, home_id: int, topic: str, group: str) -> dict[str, Any]:
    home = home_for(request, home_id, READ)
    if topic not in TOPICS or group not in GROUPS:
        raise Http404("There is no such topic, or no such group.")
    about = TOPICS[topic]
    return {
        "home": home,
        "topic": about,
        "group": group,
        "group_name": GROUPS[group],
        "groups": GROUPS,
        "questions": about.questions_for(group),
        "lines": range(LINES),
        "large": request.GET.get("large") == "1",
        "title": f"{about.name}: {GROUPS[group].lower()}",
        "part": "learning/parts/paper.html",
    }


@require_safe
def paper(request: HttpRequest, home_id: int, topic: str, group: str) -> HttpResponse:
    """Show questions to print and talk over; ``?large=1``: in large type."""
    context = _blank(request, home_id, topic, group)
    args = [home_id, topic, group]
    large = "?large=1" if context["large"] else ""
    pdf_url = reverse("learning:paper_pdf", args=args) + large if can_make_pdf() else ""
    return render(request, "learning/paper.html", context | {"pdf_url": pdf_url})


@require_safe
def paper_pdf(request: HttpRequest, home_id: int, topic: str, group: str) -> HttpResponse:
    """Give the same questions as a PDF."""
    return _as_pdf(_blank(request, home_id, topic, group), f"talk-{topic}-{group}")


def _filled(request: HttpRequest, pk: int) -> dict[str, Any]:
    plan = plan_for(request, pk, READ)
    shown = plan_shown(plan, own_team=request.user.has_perm(services.KEEP, plan))
    return {
        "home": plan.home,
        "plan": plan,
        "shown": shown,
        "actions": shown.actions,
        "printed_at": timezone.now(),
        "title": f"Plan of {plan.home}: {plan.title}",
        "part": "learning/parts/filled.html",
    }


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan as it stands, to print."""
    pdf_url = reverse("learning:printed_pdf", args=[pk]) if can_make_pdf() else ""
    return render(request, "learning/paper.html", _filled(request, pk) | {"pdf_url": pdf_url})


@require_safe
def printed_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a plan as it stands as a PDF."""
    return _as_pdf(_filled(request, pk), f"plan-{pk}")


def _as_pdf(context: dict[str, Any], name: str) -> HttpResponse:
    if not can_make_pdf():
        raise Http404("No PDF can be made here. Print the page instead.")
    made = pdf_of(render_to_string("learning/paper_pdf.html", context | {"css": _css()}))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
