"""A sheet as a page to look at and print, or as a PDF to keep."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.text import slugify

from fans.people.pdf import can_make_pdf, pdf_of

PDF: Final = "application/pdf"


@cache
def _css() -> str:
    return Path(str(finders.find("prints/sheets.css"))).read_text()


def as_page(
    request: HttpRequest, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Show a sheet; ``context`` holds title, lead, back, back_words and what it is of."""
    found = {"part": part, "can_make_pdf": can_make_pdf(), **context}
    if not found["can_make_pdf"]:
        found["pdf_url"] = ""
    return render(request, "prints/sheet.html", found, status=status)


def as_pdf(part: str, *, title: str, sheet: Any) -> HttpResponse:
    """Return a sheet as a file, tagged for those who have it read to them.

    Raises:
        Http404: this machine cannot make a PDF (docs/setup.md); the page prints all the same.
    """
    if not can_make_pdf():
        raise Http404("No PDF can be made here. Print the page instead.")
    context = {"title": title, "part": part, "sheet": sheet, "css": _css()}
    response = HttpResponse(pdf_of(render_to_string("prints/pdf.html", context)), PDF)
    response["Content-Disposition"] = f'inline; filename="{slugify(title)[:60]}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
