"""The questions, one a screen; the last look; the end."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fans.openness.errors import WaveClosedError
from fans.openness.from_log import instrument_of
from fans.openness.instruments.screens import screen_words
from fans.openness.models import Assessment
from fans.openness.respond import limits
from fans.openness.respond.cookies import SHEET, forget
from fans.openness.respond.errors import CodeRefusedError, NothingAnsweredError
from fans.openness.respond.forms import SKIPPED, QuestionForm
from fans.openness.respond.letters import spaced
from fans.openness.respond.models import Draft
from fans.openness.respond.questions import Question, questions_for
from fans.openness.respond.reading import day_in, reading
from fans.openness.respond.services import drafts
from fans.openness.respond.views.access import UNPROCESSABLE
from fans.openness.respond.views.answering import next_page
from fans.openness.respond.views.screens import (
    code_at_hand,
    language_asked,
    late_words,
    refusal,
    with_sheet,
)
from fans.people.kept_token import private


@require_http_methods(["GET", "HEAD", "POST"])
@with_sheet
def question(request: HttpRequest, draft: Draft, number: int) -> HttpResponse:
    """Ask one question; what was said is kept whichever way somebody goes on."""
    asked = _questions(draft)
    if not 1 <= number <= len(asked):
        raise Http404("There is no such question.")
    here = asked[number - 1]
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        question=here,
        words=screen_words(draft.language),
        initial=_said_before(draft, here),
    )
    if form.is_valid():
        return _went_on(request, draft, here, form, last=len(asked))
    if request.method != "POST":
        drafts.touch(draft)
    context = _screen(draft) | {
        "form": form,
        "question": here,
        "pips": _pips(here.number, len(asked)),
        "progress": screen_words(draft.language)["progress"].format(
            number=number, count=len(asked)
        ),
        "come_back": spaced(draft.come_back),
        "is_last": number == len(asked),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "respond/question.html", context, status=status)


def _went_on(
    request: HttpRequest, draft: Draft, here: Question, form: QuestionForm, *, last: int
) -> HttpResponse:
    go = request.POST.get("go", "next")
    if form.is_said or form.cleaned_data["how_known"] or go == "next":
        drafts.put_answer(
            draft=draft,
            code=here.code,
            value=form.value,
            how_known=form.cleaned_data["how_known"],
        )
    if go == "stop":
        return redirect("respond:stop")
    if go == "back":
        return redirect("respond:question", number=max(here.number - 1, 1))
    if here.number == last or request.GET.get("then") == "check":
        return redirect("respond:check")
    return redirect("respond:question", number=here.number + 1)


@require_http_methods(["GET", "HEAD", "POST"])
@with_sheet
def check(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show all answers once more, each to be changed; send them."""
    words = screen_words(draft.language)
    refused = ""
    if request.method == "POST":
        if not limits.may_send(request):
            return render(request, "429.html", status=429)
        try:
            return _sent(drafts.send(draft=draft), draft)
        except NothingAnsweredError:
            refused = words["answer_one"]
        except CodeRefusedError as error:
            return refusal(request, error, draft.language)
        except WaveClosedError:
            over = CodeRefusedError("over", "It is over.", draft.wave)
            return refusal(request, over, draft.language)
        except Draft.DoesNotExist:  # pressed twice: the first press has sent it
            return redirect("respond:thanks")
    else:
        drafts.touch(draft)
    context = _screen(draft) | {
        "rows": [(q, _answer_words(draft, q)) for q in _questions(draft)],
        "late": late_words(draft, words),
        "refused": refused,
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "respond/check.html", context, status=status)


def _sent(sent: Assessment, draft: Draft) -> HttpResponse:
    asked = {"language": draft.language} | ({"late": "1"} if sent.is_late else {})
    return forget(redirect(reverse("respond:thanks", query=asked)), SHEET)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the answers are in; offer the next person a fresh sheet."""
    language = language_asked(request)
    context = reading(language)
    if "late" in request.GET:
        try:
            closed_on = code_at_hand(request).wave.closes_on
        except CodeRefusedError as error:
            return refusal(request, error, language)
        context["late"] = context["words"]["late"].format(date=day_in(language, closed_on))
    return private(render(request, "respond/thanks.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@with_sheet
def stop(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Say how to come back; put the sheet away, or throw it away."""
    if request.method != "POST":
        drafts.touch(draft)
        context = _screen(draft) | {
            "come_back": spaced(draft.come_back),
            "next_page": next_page(draft),
        }
        return render(request, "respond/stop.html", context)
    page = reverse("respond:begin", query={"language": draft.language})
    if request.POST.get("go") == "throw_away":
        drafts.throw_away(draft=draft)
    return forget(redirect(page), SHEET)


def _questions(draft: Draft) -> list[Question]:
    return questions_for(instrument_of(draft.wave.instrument), draft.group, draft.language)


def _screen(draft: Draft) -> dict[str, Any]:
    context = reading(draft.language, is_large=draft.is_large, wave=draft.wave)
    return context | {"draft": draft}


def _said_before(draft: Draft, here: Question) -> dict[str, str]:
    said = {"how_known": draft.how_known.get(here.code, "")}
    if here.code in draft.answers:
        value = draft.answers[here.code]
        said["answer"] = SKIPPED if value is None else str(value)
    return said


def _answer_words(draft: Draft, asked: Question) -> str:
    words = screen_words(draft.language)
    if asked.code not in draft.answers:
        return words["not_yet_answered"]
    value = draft.answers[asked.code]
    return words["skipped"] if value is None else asked.answers[value]


def _pips(number: int, count: int) -> list[str]:
    """Return one mark a question: done, now, or still to come."""
    return [
        "done" if at < number else "now" if at == number else "" for at in range(1, count + 1)
    ]
