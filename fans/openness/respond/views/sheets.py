"""A group's questions on paper: a page to print, and the same as a PDF."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from fans.openness.from_log import instrument_of
from fans.openness.instruments.texts import languages_of
from fans.openness.models import Wave
from fans.openness.respond.questions import open_groups
from fans.openness.respond.reading import language_or_english
from fans.openness.respond.services.codes import MANAGE
from fans.openness.respond.sheet import Sheet, sheet_of
from fans.openness.respond.views.access import wave_for
from fans.people.pdf import can_make_pdf, pdf_of


@require_safe
def sheet(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """Show a group's sheet, to print."""
    wave = wave_for(request, pk, MANAGE)
    context: dict[str, Any] = {
        "home": wave.enrolment.home,
        "wave": wave,
        "sheet": _sheet(request, wave, group),
        "languages": languages_of(instrument_of(wave.instrument)),
        "can_make_pdf": can_make_pdf(),
    }
    return render(request, "respond/sheet.html", context)


@require_safe
def sheet_pdf(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """Give the same sheet as a PDF."""
    wave = wave_for(request, pk, MANAGE)
    found = _sheet(request, wave, group)
    if not can_make_pdf():
        raise Http404("No PDF can be made here. Print the page instead.")
    made = pdf_of(render_to_string("respond/sheet_pdf.html", {"sheet": found}))
    response = HttpResponse(made, content_type="application/pdf")
    name = f"questions-{group}-{found.language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _sheet(request: HttpRequest, wave: Wave, group: str) -> Sheet:
    if group not in {found.id for found in open_groups(wave)}:
        raise Http404("This group answers signed in, or there is none such.")
    return sheet_of(
        wave,
        group,
        code=wave.respond_codes.live().filter(group=group).first(),
        language=language_or_english(request.GET.get("language", ""), wave),
        is_large=request.GET.get("letters") == "large",
    )
