"""A volunteer's certificate: for themselves, and for the lead who hands it over."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from fans.connections.prints.answering import as_page, as_pdf
from fans.connections.prints.forms import CertificateForm
from fans.connections.views.access import UNPROCESSABLE
from fans.people.audit import reads
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.reports import certificate_of
from fans.people.volunteers.views.lead import of_mine
from fans.people.volunteers.views.own import for_volunteers

CERTIFICATE: Final = "prints/parts/certificate.html"
NOTHING: Final = "prints/parts/no_hours.html"


@require_safe
@for_volunteers
def my_certificate(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Show somebody the certificate of their own hours."""
    way_back = {"back": reverse("volunteers:hours"), "back_words": "My hours"}
    return _answer(request, volunteer, way_back)


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a lead the certificate of somebody whom they accompany."""
    volunteer = of_mine(request, pk)
    reads.note(request, [volunteer], action="volunteers.view")
    back = reverse("volunteers:volunteer", args=[volunteer.pk])
    return _answer(request, volunteer, {"back": back, "back_words": "Back to their page"})


def _answer(
    request: HttpRequest, volunteer: Volunteer, way_back: dict[str, str]
) -> HttpResponse:
    """Show it for the days asked; the title names nobody: browsers keep titles."""
    asked = {"since", "until"} & request.GET.keys()
    form = CertificateForm(request.GET if asked else None)
    days: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    sheet = certificate_of(volunteer, **days)
    is_wanted = not form.is_bound or form.is_valid()
    if is_wanted and sheet.minutes and request.GET.get("as") == "pdf":
        return as_pdf(CERTIFICATE, title="Volunteer certificate", sheet=sheet)
    context = {
        "title": "Volunteer certificate",
        "lead": "What was given, with thanks. To keep, to frame, or to show when asked.",
        "sheet": sheet,
        "form": form,
        "form_method": "get",
        **way_back,
    }
    part = CERTIFICATE if sheet.minutes else NOTHING
    return as_page(request, part, context, status=200 if is_wanted else UNPROCESSABLE)
