"""The signed-in form: somebody in office answers for themselves, and may come back to it."""

import uuid
from typing import Any, Final, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fans.openness.errors import WaveClosedError
from fans.openness.forms import HOW, AssessmentForm
from fans.openness.from_log import instrument_of
from fans.openness.instrument import Group
from fans.openness.instruments.texts import languages_of
from fans.openness.models import Wave
from fans.openness.respond.models import Draft
from fans.openness.respond.reading import language_or_english
from fans.openness.respond.reports import sheets_by_group
from fans.openness.respond.services.drafts import keep_own, own_draft, throw_away
from fans.openness.respond.services.keying import KEY_IN
from fans.openness.respond.views.access import is_inside, person_of, wave_for
from fans.openness.respond.windows import Window, window_of
from fans.openness.services import submit_assessment
from fans.people.permissions import roles_for

LATER: Final = "later"


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """List who answers how; take the answers that somebody gives in office."""
    wave = wave_for(request, pk, KEY_IN)
    groups = instrument_of(wave.instrument).groups
    chosen = groups.get(request.GET.get("group", ""))
    window = window_of(wave, timezone.localdate())
    takes = window in (Window.OPEN, Window.LATE)
    if takes and chosen is not None and not chosen.in_office and request.method != "POST":
        return redirect(reverse("respond:key_in", args=[wave.pk], query={"group": chosen.id}))
    if not takes or chosen is None or chosen.id not in _offices(request, wave):
        return _list(request, wave, window, is_known="group" not in request.GET)
    return _answer(request, wave, chosen, window)


def _offices(request: HttpRequest, wave: Wave) -> set[str]:
    """Return the groups that somebody answers for: an office is its holder's own."""
    groups = instrument_of(wave.instrument).groups
    held = roles_for(request.user, wave)
    return {id for id, group in groups.items() if group.in_office and id in held}


def _list(request: HttpRequest, wave: Wave, window: Window, *, is_known: bool) -> HttpResponse:
    offices = _offices(request, wave)
    takes = window in (Window.OPEN, Window.LATE)
    begun = Draft.objects.filter(wave=wave, person=person_of(request))
    context = {
        "wave": wave,
        "home": wave.enrolment.home,
        "window": window,
        "takes": takes,
        "is_known": is_known or not takes,
        "offices": offices,
        "rows": sheets_by_group(wave, inside=is_inside(request, wave)),
        "begun": {draft.group: len(draft.given) for draft in begun},
        "may_manage": request.user.has_perm("respond.manage", wave),
    }
    is_fine = (is_known and request.method != "POST") or (
        not takes and request.method != "POST"
    )
    status = 200 if is_fine else 400
    return render(request, "respond/assess.html", context, status=status)


def _answer(request: HttpRequest, wave: Wave, group: Group, window: Window) -> HttpResponse:
    by = person_of(request)
    draft = own_draft(wave=wave, group=group.id, by=by)
    wanted = request.GET.get("language") or (draft.language if draft else "en")
    language = language_or_english(wanted, wave)
    instrument = instrument_of(wave.instrument)
    is_later = request.POST.get("go") == LATER
    form = AssessmentForm(
        request.POST if request.method == "POST" else None,
        instrument=instrument,
        group=group,
        language=language,
        is_unfinished=is_later,
        initial=_kept(draft),
    )
    if form.is_valid():
        if is_later:
            return _kept_for_later(request, wave, group, language, form)
        try:
            return _saved(request, wave, group, language, form)
        except WaveClosedError as error:
            form.add_error(None, str(error))
    context = {
        "wave": wave,
        "home": wave.enrolment.home,
        "window": window,
        "group": group,
        "form": form,
        "language": language,
        "languages": languages_of(instrument),
        "is_kept": draft is not None,
    }
    status = 400 if form.errors else 200
    return render(request, "respond/assess_group.html", context, status=status)


def _kept(draft: Draft | None) -> dict[str, Any]:
    """Return what the form begins with: what was kept, or nothing."""
    if draft is None:
        return {"client_uuid": uuid.uuid4()}
    said = {f"{HOW}{code}": words for code, words in draft.how_known.items()}
    return {"client_uuid": draft.client_uuid, **draft.answers, **said}


def _kept_for_later(
    request: HttpRequest, wave: Wave, group: Group, language: str, form: AssessmentForm
) -> HttpResponse:
    keep_own(
        wave=wave,
        group=group.id,
        by=person_of(request),
        language=language,
        answers=form.answers,
        how_known=form.how_known,
    )
    messages.success(request, "Kept. Only you see it. Come back and finish when it suits you.")
    return redirect("openness:assess", wave.pk)


@transaction.atomic
def _saved(
    request: HttpRequest, wave: Wave, group: Group, language: str, form: AssessmentForm
) -> HttpResponse:
    by = person_of(request)
    stored = submit_assessment(
        wave=wave,
        group=group.id,
        answers=form.answers,
        how_known=form.how_known,
        client_uuid=cast("uuid.UUID | None", form.cleaned_data["client_uuid"]),
        language=language,
        by=by,
    )
    draft = own_draft(wave=wave, group=group.id, by=by)
    if draft is not None:
        throw_away(draft=draft)
    words = f"Saved: one answer sheet of {group.name.lower()}."
    late = (
        " It came late: it is kept and marked, and not in the score." if stored.is_late else ""
    )
    messages.success(request, words + late)
    return redirect("openness:assess", wave.pk)
