"""Paper sheets and talks keyed in: number keys, sheet after sheet; a slip is taken back."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fans.openness.errors import WaveClosedError
from fans.openness.from_log import instrument_of
from fans.openness.models import Assessment, Wave
from fans.openness.respond.errors import RespondError, TooLateToTakeBackError
from fans.openness.respond.keying_form import KeyingForm
from fans.openness.respond.questions import open_groups, questions_for
from fans.openness.respond.services import keying
from fans.openness.respond.views.access import UNPROCESSABLE, person_of, wave_for
from fans.openness.respond.windows import Window, window_of

_REMEMBERED = "respond-key-in"
_KEPT_FROM_SHEET_TO_SHEET = ("talked_on", "way", "language")


@require_http_methods(["GET", "HEAD", "POST"])
def key_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one sheet after another of one group."""
    wave = wave_for(request, pk, keying.KEY_IN)
    groups = {group.id: group for group in open_groups(wave)}
    window = window_of(wave, timezone.localdate())
    chosen = request.GET.get("group", "")
    context: dict[str, Any] = {
        "wave": wave,
        "home": wave.enrolment.home,
        "window": window,
        "takes": window in (Window.OPEN, Window.LATE),
        "groups": groups.values(),
        "unknown": bool(chosen) and chosen not in groups,
    }
    if chosen not in groups or not context["takes"]:
        wrong = context["unknown"] or request.method == "POST"
        return render(
            request, "respond/key_in_group.html", context, status=400 if wrong else 200
        )
    form = KeyingForm(
        request.POST if request.method == "POST" else None,
        wave=wave,
        questions=questions_for(instrument_of(wave.instrument), chosen, "en"),
        initial=_from_the_last(request, wave),
    )
    if form.is_valid():
        try:
            return _keyed_in(request, wave, chosen, form)
        except (RespondError, WaveClosedError) as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, error)
    context |= {"form": form, "group": groups[chosen]}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "respond/key_in.html", context, status=status)


def _keyed_in(request: HttpRequest, wave: Wave, group: str, form: KeyingForm) -> HttpResponse:
    said = form.cleaned_data
    stored = keying.key_in(
        wave=wave,
        group=group,
        answers=form.answers,
        how_known=form.how_known,
        by=person_of(request),
        talked_on=said["talked_on"],
        way=said["way"],
        language=said["language"],
        client_uuid=said["client_uuid"],
    )
    request.session[_REMEMBERED] = {
        "wave": wave.pk,
        **{name: str(said[name]) for name in _KEPT_FROM_SHEET_TO_SHEET},
    }
    count = len(form.answers)
    words = f"Keyed in: a sheet with {count} answer{'s' if count > 1 else ''}. The next one?"
    undo_url = reverse("respond:take_back", args=[stored.client_uuid])
    messages.success(request, words, extra_tags=f"undo:{undo_url}")
    return redirect(reverse("respond:key_in", args=[wave.pk], query={"group": group}))


def _from_the_last(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    """Return what stays the same from sheet to sheet, so that it is put once."""
    last = request.session.get(_REMEMBERED, {})
    kept = {name: last[name] for name in _KEPT_FROM_SHEET_TO_SHEET if name in last}
    return {"client_uuid": uuid.uuid4(), **(kept if last.get("wave") == wave.pk else {})}


@require_POST
def take_back(request: HttpRequest, client_uuid: uuid.UUID) -> HttpResponse:
    """Take out a sheet that one has just keyed in."""
    sheets = Assessment.objects.select_related("wave__enrolment__home", "wave__instrument")
    stored = get_object_or_404(sheets, client_uuid=client_uuid)
    if not request.user.has_perm(keying.KEY_IN, stored.wave):
        raise Http404("Your roles do not reach this home.")
    wave, group = stored.wave, stored.group
    try:
        keying.take_back(assessment=stored, by=person_of(request))
    except PermissionDenied as refusal:
        raise Http404(str(refusal)) from refusal
    except TooLateToTakeBackError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken back: that sheet is not here any more.")
    return redirect(reverse("respond:key_in", args=[wave.pk], query={"group": group}))
