"""The empty sheet, as a page to print and as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from fans.connections.grid.paper import Paper, paper_for
from fans.connections.grid.views import asked_month
from fans.connections.views.access import home_for
from fans.people.pdf import can_make_pdf, pdf_of


@require_safe
def paper(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show the sheet of a month (``?month=2026-12``; it may be still to come)."""
    made, status = _paper(request, home_id)
    context = {"paper": made, "home": made.home, "can_make_pdf": can_make_pdf()}
    return render(request, "grid/paper.html", context, status=status)


@require_safe
def paper_pdf(request: HttpRequest, home_id: int) -> HttpResponse:
    """Hand the sheet over as PDF; where none can be made, show the page to print."""
    made, status = _paper(request, home_id)
    if status != 200 or not can_make_pdf():
        return paper(request, home_id)
    html = render_to_string("grid/paper_pdf.html", {"paper": made})
    response = HttpResponse(pdf_of(html), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="sheet-{made.month:%Y-%m}.pdf"'
    return response


def _paper(request: HttpRequest, home_id: int) -> tuple[Paper, int]:
    home = home_for(request, home_id, "connections.log")
    month, status = asked_month(request, ahead=True)
    return paper_for(home, month), status
