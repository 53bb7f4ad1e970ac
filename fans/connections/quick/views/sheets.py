"""A home's sheets: make one, print it while its code is at hand, end it."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fans.connections.errors import ConnectionsError
from fans.connections.quick.errors import TooLateToTakeBackError
from fans.connections.quick.forms import CodeForm
from fans.connections.quick.models import QuickCode
from fans.connections.quick.services.codes import MANAGE, end_code, make_code, restore_code
from fans.connections.quick.services.noting import find_code
from fans.connections.quick.sheet import Sheet, sheet_of
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from fans.people.kept_token import keep, kept, private
from fans.people.pdf import can_make_pdf, pdf_of
from homes.models import Home

COOKIE: Final = "quick-sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, home_id: int) -> HttpResponse:
    """List the sheets that work, and make another."""
    home = home_for(request, home_id, MANAGE)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _, token = make_code(
                home=home,
                by=person_of(request),
                hangs_at=form.cleaned_data["hangs_at"].strip(),
                expires_on=form.expires_on(),
            )
        except (ConnectionsError, ValidationError) as refusal:
            words = refusal.messages if isinstance(refusal, ValidationError) else str(refusal)
            form.add_error(None, ValidationError(words))
        else:
            return private(keep(COOKIE, token, page=reverse("quick:sheet", args=[home.pk])))
    context = {
        "home": home,
        "form": form,
        "live": home.quick_codes.live().select_related("made_by"),
        "at_hand": _at_hand(request, home),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "quick/codes.html", context, status=status)


@require_safe
def sheet(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show the sheet made last in this browser, to print: its code is kept nowhere else."""
    home = home_for(request, home_id, MANAGE)
    found = _sheet(request, home)
    if found is None:
        return _none_at_hand(request, home)
    context = {"home": home, "sheet": found, "can_make_pdf": can_make_pdf()}
    return private(render(request, "quick/sheet.html", context))


def _none_at_hand(request: HttpRequest, home: Home) -> HttpResponse:
    messages.error(request, "A code is kept by nobody but its sheet. Make a new one.")
    return redirect("quick:codes", home_id=home.pk)


@require_safe
def sheet_pdf(request: HttpRequest, home_id: int) -> HttpResponse:
    """Give the same sheet as a PDF."""
    home = home_for(request, home_id, MANAGE)
    found = _sheet(request, home)
    if found is None:
        return _none_at_hand(request, home)
    if not can_make_pdf():
        raise Http404("No PDF can be made here. Print the page instead.")
    made = pdf_of(render_to_string("quick/sheet_pdf.html", {"sheet": found}))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="quick-log-{found.size}.pdf"'
    return private(response)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a sheet open nothing any more."""
    code = _code_for(request, pk)
    end_code(code=code, by=person_of(request))
    undo_url = reverse("quick:restore", args=[code.pk])
    words = f"“{code}” works no longer. Take the sheet down."
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return redirect("quick:codes", home_id=code.home_id)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a sheet work again that was ended by a slip."""
    code = _code_for(request, pk)
    try:
        restore_code(code=code, by=person_of(request))
    except TooLateToTakeBackError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{code}” works again.")
    return redirect("quick:codes", home_id=code.home_id)


def _code_for(request: HttpRequest, pk: int) -> QuickCode:
    code = get_object_or_404(QuickCode.objects.select_related("home"), pk=pk)
    if not request.user.has_perm(MANAGE, code.home):
        raise Http404("Your roles do not reach this home.")
    return code


def _at_hand(request: HttpRequest, home: Home) -> QuickCode | None:
    """Return the code whose token this browser holds, if it is one of the home's."""
    code = find_code(kept(request, COOKIE))
    return code if code is not None and code.home_id == home.pk else None


def _sheet(request: HttpRequest, home: Home) -> Sheet | None:
    code = _at_hand(request, home)
    if code is None or not code.is_live(timezone.localdate()):
        return None
    size = request.GET.get("size", "")
    return sheet_of(code, token=kept(request, COOKIE), size=size)
