"""Opening, closing, moving a wave: asked once more, and said plainly what it does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from fans.connections.views.access import UNPROCESSABLE, person_of
from fans.openness.errors import WaveClosedError
from fans.openness.models import Wave
from fans.openness.waves import services
from fans.openness.waves.errors import (
    RemindedLatelyError,
    TooLateError,
    WaveOpenError,
    WindowError,
)
from fans.openness.waves.forms import WindowForm
from fans.openness.waves.missing import missing_of
from fans.openness.waves.views.access import is_inside, refused, wave_for
from fans.openness.waves.words import day_words, state_words


@require_http_methods(["GET", "HEAD", "POST"])
def open_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a planned wave today, after asking once."""
    found = wave_for(request, pk, "waves.open")
    if request.method != "POST":
        days = (found.closes_on - found.opens_on).days + 1
        return _ask(request, found, "waves/open.html", days=days)
    try:
        row = services.open_wave(wave=found, by=person_of(request))
    except (WaveOpenError, WaveClosedError, WindowError) as refusal:
        return refused(request, found, str(refusal))
    messages.success(
        request, f"Month {row.month} is open until the end of {day_words(row.closes_on)}."
    )
    return redirect("waves:wave", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a wave, after saying what closing does and what is still missing."""
    found = wave_for(request, pk, "waves.close")
    if request.method != "POST":
        missing = missing_of([found], inside=is_inside(request, found))[found.pk]
        return _ask(request, found, "waves/close.html", missing=missing)
    try:
        row = services.close_wave(wave=found, by=person_of(request))
    except (WaveClosedError, WindowError) as refusal:
        return refused(request, found, str(refusal))
    undo = reverse("waves:undo_close", args=[pk])
    messages.success(request, f"Month {row.month} is closed.", extra_tags=f"undo:{undo}")
    return redirect("waves:wave", pk=pk)


@require_POST
def undo_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a wave again that was closed by a slip."""
    found = wave_for(request, pk, "waves.close")
    try:
        services.undo_close(wave=found, by=person_of(request))
    except TooLateError as refusal:
        return refused(request, found, str(refusal))
    messages.success(request, f"Month {found.month} is open again, as it was.")
    return redirect("waves:wave", pk=pk)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the home's team reminded of what is missing."""
    found = wave_for(request, pk, "waves.remind")
    try:
        count = services.remind(wave=found, by=person_of(request))
    except (RemindedLatelyError, WaveClosedError, WindowError) as refusal:
        return refused(request, found, str(refusal))
    whom = "One person" if count == 1 else f"{count} people"
    messages.success(request, f"{whom} of the home’s team will get a mail.")
    return redirect(_back(request, found))


def _back(request: HttpRequest, wave: Wave) -> str:
    """Return where whoever pressed the button came from, where it is a page of this site."""
    url = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if url and is_ours else reverse("waves:wave", args=[wave.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a wave other days."""
    found = wave_for(request, pk, "waves.open")
    form = WindowForm(request.POST if request.method == "POST" else None, wave=found)
    if form.is_valid():
        try:
            row = services.move_window(wave=found, by=person_of(request), **form.cleaned_data)
        except WaveClosedError as refusal:
            return refused(request, found, str(refusal))
        except WindowError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            words = f"Month {row.month} is now from {day_words(row.opens_on)} to "
            messages.success(request, f"{words}{day_words(row.closes_on)}.")
            return redirect("waves:wave", pk=pk)
    status = UNPROCESSABLE if form.errors else 200
    return _ask(request, found, "waves/move.html", status=status, form=form)


def _ask(
    request: HttpRequest, wave: Wave, template: str, *, status: int = 200, **more: object
) -> HttpResponse:
    words = state_words(wave, timezone.localdate())
    context = {"wave": wave, "home": wave.enrolment.home, "state_words": words, **more}
    return render(request, template, context, status=status)
