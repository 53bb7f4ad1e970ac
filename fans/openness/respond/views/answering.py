"""Without an account: the code, how to read, one question a screen, a last look, sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fans.openness.from_log import instrument_of
from fans.openness.instruments.screens import screen_words
from fans.openness.instruments.texts import languages_of
from fans.openness.models import Assessment
from fans.openness.respond import limits
from fans.openness.respond.cookies import (
    CODE,
    DEVICE,
    SHEET,
    device_of,
    keep_device,
    keep_sheet,
    kept,
)
from fans.openness.respond.errors import CodeRefusedError
from fans.openness.respond.forms import CodeForm, ReadingForm
from fans.openness.respond.letters import tidied
from fans.openness.respond.models import Draft, RespondCode, hash_of_device
from fans.openness.respond.questions import questions_for
from fans.openness.respond.reading import language_or_english, reading
from fans.openness.respond.services import drafts
from fans.openness.respond.views.access import UNPROCESSABLE
from fans.openness.respond.views.screens import (
    code_at_hand,
    code_typed,
    language_asked,
    refusal,
)
from fans.people.kept_token import keep, private


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands on a sheet."""
    language = language_asked(request)
    words = screen_words(language)
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        label=words["code_label"],
        help_text=words["code_help"],
        missing=words["code_missing"],
    )
    if form.is_valid():
        try:
            code_typed(request, form.cleaned_data["code"])
        except CodeRefusedError as error:
            if error.why not in ("typo", "unknown"):
                return refusal(request, error, language)
            form.add_error("code", words[f"code_{error.why}"])
        else:
            page = reverse("respond:begin", query={"language": language})
            return keep(CODE, tidied(form.cleaned_data["code"]), page=page)
    context = reading(language) | {"form": form}
    status = UNPROCESSABLE if form.errors else 200
    return private(render(request, "respond/enter.html", context, status=status))


@require_safe
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Put a scanned code out of the address; whatever follows the link changes nothing."""
    page = reverse("respond:begin", query={"language": language_asked(request)})
    return keep(CODE, tidied(code), page=page)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask in which words, how large and on whose device; begin a sheet, or carry on."""
    try:
        code = code_at_hand(request)
    except CodeRefusedError as error:
        return refusal(request, error, language_asked(request))
    begun = _begun_before(request, code)
    language = language_or_english(language_asked(request), code.wave)
    form = ReadingForm(
        request.POST if request.method == "POST" else None,
        words=screen_words(language),
        languages=languages_of(instrument_of(code.wave.instrument)),
        initial=_as_before(begun, language),
    )
    if form.is_valid():
        if not limits.may_begin(request):
            return private(render(request, "429.html", status=429))
        if begun is not None and request.POST.get("go") == "carry_on":
            return _carried_on(request, begun, form)
        return _begun(request, code, form)
    context = reading(language, wave=code.wave) | {
        "form": form,
        "group": code.group,
        "begun": begun,
        "again": _sent_before(request, code),
    }
    context |= _intro(code, context)
    status = UNPROCESSABLE if form.errors else 200
    return private(render(request, "respond/begin.html", context, status=status))


def _intro(code: RespondCode, context: dict[str, Any]) -> dict[str, str]:
    instrument = instrument_of(code.wave.instrument)
    count = sum(code.group in indicator.asked for indicator in instrument.asked)
    words = context["words"]
    return {
        "answering_as": words["answering_as"].format(group=context["texts"].group(code.group)),
        "intro": words["intro"].format(count=count),
    }


def _begun_before(request: HttpRequest, code: RespondCode) -> Draft | None:
    """Return the sheet of this code that waits in this browser, unless it rested."""
    draft = drafts.draft_of(kept(request, SHEET))
    if draft is None or draft.code_id != code.pk or draft.rests(timezone.now()):
        return None
    return draft


def _sent_before(request: HttpRequest, code: RespondCode) -> bool:
    mark = kept(request, DEVICE)
    if not mark:
        return False
    sent = Assessment.objects.filter(wave=code.wave, group=code.group)
    return sent.filter(device=hash_of_device(code.wave, mark)).exists()


def _as_before(begun: Draft | None, language: str) -> dict[str, str]:
    if begun is None:
        return {"language": language, "letters": "usual", "device": "shared"}
    return {
        "language": begun.language,
        "letters": "large" if begun.is_large else "usual",
        "device": "shared" if begun.is_shared else "own",
    }


def _begun(request: HttpRequest, code: RespondCode, form: ReadingForm) -> HttpResponse:
    mark = device_of(request)
    draft, token = drafts.begin(
        code=code,
        language=form.cleaned_data["language"],
        is_large=form.is_large,
        is_shared=form.is_shared,
        device_token=mark,
    )
    response = redirect("respond:question", number=1)
    keep_device(response, mark)
    return private(keep_sheet(response, token, is_shared=draft.is_shared))


def _carried_on(request: HttpRequest, draft: Draft, form: ReadingForm) -> HttpResponse:
    drafts.set_reading(
        draft=draft,
        language=form.cleaned_data["language"],
        is_large=form.is_large,
        is_shared=form.is_shared,
    )
    response = redirect(next_page(draft))
    return private(keep_sheet(response, kept(request, SHEET), is_shared=form.is_shared))


def next_page(draft: Draft) -> str:
    """Return where somebody carries on: the first question not answered, or the last look."""
    for question in questions_for(instrument_of(draft.wave.instrument), draft.group, "en"):
        if question.code not in draft.answers:
            return reverse("respond:question", args=[question.number])
    return reverse("respond:check")


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask for the letters of a sheet that was put away, on this device or another."""
    language = language_asked(request)
    words = screen_words(language)
    try:
        code = code_at_hand(request)
    except CodeRefusedError as error:
        return refusal(request, error, language)
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        label=words["come_back_label"],
        help_text=words["code_help"],
        missing=words["code_missing"],
    )
    if form.is_valid():
        try:
            draft, token = drafts.come_back(code=code, typed=form.cleaned_data["code"])
        except CodeRefusedError:
            limits.was_wrong(request)
            form.add_error("code", words["come_back_unknown"])
        else:
            response = redirect(next_page(draft))
            return private(keep_sheet(response, token, is_shared=draft.is_shared))
    context = reading(language, wave=code.wave) | {"form": form}
    status = UNPROCESSABLE if form.errors else 200
    return private(render(request, "respond/come_back.html", context, status=status))
