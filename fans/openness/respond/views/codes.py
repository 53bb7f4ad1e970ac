"""A wave's codes: made one a group, shown as often as wanted, ended."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fans.openness.from_log import instrument_of
from fans.openness.instruments.texts import languages_of
from fans.openness.respond.errors import RespondError, TooLateToTakeBackError
from fans.openness.respond.letters import spaced
from fans.openness.respond.models import RespondCode
from fans.openness.respond.reports import sheets_by_group
from fans.openness.respond.services.codes import MANAGE, end_code, make_code, restore_code
from fans.openness.respond.sheet import typed_address
from fans.openness.respond.views.access import UNPROCESSABLE, is_inside, person_of, wave_for
from fans.openness.respond.windows import window_of


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """List a wave's groups with their codes and how many have answered; make a code."""
    wave = wave_for(request, pk, MANAGE)
    refused = ""
    if request.method == "POST":
        try:
            code = make_code(
                wave=wave, group=request.POST.get("group", ""), by=person_of(request)
            )
        except RespondError as error:
            refused = f"Group: {error}"
        else:
            words = (
                f"{code} is {spaced(code.letters)}. Print their sheet, or show them the code."
            )
            messages.success(request, words)
            return redirect("respond:codes", pk=wave.pk)
    context = {
        "wave": wave,
        "home": wave.enrolment.home,
        "rows": [
            (row, spaced(row.code.letters) if row.code else "")
            for row in sheets_by_group(wave, inside=is_inside(request, wave))
        ],
        "window": window_of(wave, timezone.localdate()),
        "address": typed_address(),
        "languages": languages_of(instrument_of(wave.instrument)),
        "refused": refused,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "respond/codes.html", context, status=status)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a code open nothing any more."""
    code = _code_for(request, pk)
    end_code(code=code, by=person_of(request))
    undo_url = reverse("respond:restore", args=[code.pk])
    words = f"{code} works no longer. Take its sheets down."
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return redirect("respond:codes", pk=code.wave_id)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a code work again that was ended by a slip."""
    code = _code_for(request, pk)
    try:
        restore_code(code=code, by=person_of(request))
    except TooLateToTakeBackError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{code} works again.")
    return redirect("respond:codes", pk=code.wave_id)


def _code_for(request: HttpRequest, pk: int) -> RespondCode:
    codes = RespondCode.objects.select_related("wave__enrolment__home", "wave__instrument")
    code = get_object_or_404(codes, pk=pk)
    if not request.user.has_perm(MANAGE, code.wave):
        raise Http404("Your roles do not reach this home.")
    return code
