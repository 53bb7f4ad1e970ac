"""What the screens without an account share: the sheet at hand, and the plain pages."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fans.openness.respond.cookies import CODE, SHEET, forget, kept
from fans.openness.respond.errors import CodeRefusedError
from fans.openness.respond.limits import may_try, was_wrong
from fans.openness.respond.models import Draft, RespondCode
from fans.openness.respond.reading import day_in, reading
from fans.openness.respond.services.codes import check_works, code_of
from fans.openness.respond.services.drafts import draft_of
from fans.people.kept_token import private

LANGUAGES: Final = ("en", "easy", "cy")
_PAGES: Final = {
    "typo": (HTTPStatus.NOT_FOUND, "unknown_title", "code_typo"),
    "unknown": (HTTPStatus.NOT_FOUND, "unknown_title", "code_unknown"),
    "ended": (HTTPStatus.GONE, "ended_title", "ended_text"),
    "early": (HTTPStatus.FORBIDDEN, "not_yet_title", "not_yet"),
    "over": (HTTPStatus.GONE, "over_title", "over"),
    "none": (HTTPStatus.GONE, "none_title", "none_text"),
}
Screen = Callable[..., HttpResponse]


def language_asked(request: HttpRequest) -> str:
    """Return the language that the address asks for, English where none of ours."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in LANGUAGES else "en"


def code_typed(request: HttpRequest, typed: str) -> RespondCode:
    """Return the code that was typed or scanned; wrong ones are counted.

    Raises:
        CodeRefusedError: it opens nothing today; ``many`` where too many were wrong.
    """
    if not may_try(request):
        raise CodeRefusedError("many", "Too many wrong codes.")
    try:
        return code_of(typed)
    except CodeRefusedError as error:
        if error.why == "unknown":
            was_wrong(request)
        raise


def refusal(request: HttpRequest, error: CodeRefusedError, language: str) -> HttpResponse:
    """Show why a code, or a sheet, opens nothing: a plain page of its own for each."""
    if error.why == "many":
        return private(render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS))
    status, title, text = _PAGES[error.why]
    context = reading(language)
    words = context["words"]
    day = ""
    if error.wave is not None:
        is_early = error.why == "early"
        day = day_in(language, error.wave.opens_on if is_early else error.wave.closes_on)
        context["home"] = error.wave.enrolment.home
    context |= {"title": words[title], "text": words[text].format(date=day)}
    return private(render(request, "respond/refused.html", context, status=status))


def with_sheet(screen: Screen) -> Screen:
    """Hand a view the sheet at hand; else show why there is none.

    One that rested on a shared device is put out of sight, after what was still sent of
    it is kept: whoever stands there now may be somebody else.
    """

    @wraps(screen)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = draft_of(kept(request, SHEET))
        if draft is None or draft.code is None:
            none = CodeRefusedError("none", "No sheet is at hand.")
            return refusal(request, none, language_asked(request))
        try:
            check_works(draft.code)
        except CodeRefusedError as error:
            return refusal(request, error, draft.language)
        rests = draft.rests(timezone.now())
        if rests and request.method != "POST":
            return put_away(request, draft)
        response = screen(request, draft, *args, **kwargs)
        return put_away(request, draft) if rests else private(response)

    return shown


def put_away(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Put a sheet out of sight; it waits for its letters."""
    page = render(
        request,
        "respond/put_away.html",
        reading(draft.language, is_large=draft.is_large, wave=draft.wave),
        status=HTTPStatus.FORBIDDEN,
    )
    return private(forget(page, SHEET))


def code_at_hand(request: HttpRequest) -> RespondCode:
    """Return the code that this browser came with.

    Raises:
        CodeRefusedError: there is none, or it opens nothing today.
    """
    token = kept(request, CODE)
    if not token:
        raise CodeRefusedError("none", "No code is at hand.")
    return code_typed(request, token)


def late_words(draft: Draft, words: Any) -> str:
    """Say that an answer comes late; "" in time."""
    if draft.wave.is_open_on(timezone.localdate()):
        return ""
    return str(words["late"].format(date=day_in(draft.language, draft.wave.closes_on)))
