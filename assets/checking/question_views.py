"""What sources say of places, put to champions: is it gone, and which of two is right."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assets.checking import answering
from assets.checking.models import Answer, SourceQuestion
from assets.errors import AssetError

PAGE_LENGTH: Final = 20
ACTION: Final = "assets.publish"
_LATER: Final = "later"
_THANKS: Final = {
    Answer.GONE: "{} is closed: it is on no page or map any more.",
    Answer.THERE: "{} stays. No import asks about it again unless its source lists it anew.",
    Answer.TAKE: "{} says what its source says.",
    Answer.KEEP: "{} stays as it is.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def source_questions(request: HttpRequest) -> HttpResponse:
    """Ask what sources leave to people, inside the visitor's areas; take an answer."""
    problem, status = "", 200
    if request.method == "POST":
        try:
            return _answer(request)
        except AssetError as error:
            problem, status = str(error), 409
        except ValidationError as error:
            problem, status = " ".join(error.messages), 400
    reach = request.scopes(ACTION)  # type: ignore[attr-defined]
    waiting = SourceQuestion.objects.waiting_within(reach, timezone.localdate())
    page = Paginator(waiting.select_related("asset", "asked_by"), PAGE_LENGTH).get_page(
        request.GET.get("page", "1")
    )
    shown = [(each, answering.differences(each)) for each in page]
    context = {"page": page, "count": page.paginator.count, "shown": shown, "problem": problem}
    return render(request, "checking/source_questions.html", context, status=status)


@require_POST
def undo_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer back."""
    question = _reached(request, str(pk))
    try:
        answering.undo_answer(by=request.user, question=question)
    except AssetError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{question.asset} waits for an answer again.")
    return redirect("checking:source_questions")


def _answer(request: HttpRequest) -> HttpResponse:
    question = _reached(request, request.POST.get("question", ""))
    answer, user = request.POST.get("answer", ""), request.user
    if answer == _LATER:
        answering.put_off(by=user, question=question, today=timezone.localdate())
        messages.success(request, f"{question.asset}: we ask again in two weeks.")
    else:
        if answer not in _THANKS:
            raise ValidationError("answer: choose one of the answers.")
        done = answering.answer_question(by=user, question=question, answer=Answer(answer))
        undo = reverse("checking:undo_answer", args=[done.pk])
        words = _THANKS[Answer(answer)].format(done.asset)
        messages.success(request, words, extra_tags=f"undo:{undo}")
    return redirect("checking:source_questions")


def _reached(request: HttpRequest, number: str) -> SourceQuestion:
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise ValidationError("question: we could not tell which one you answered.")
    question = get_object_or_404(SourceQuestion.objects.select_related("asset"), pk=int(number))
    user: Any = request.user
    if not user.has_perm(ACTION, question):
        raise Http404("Your roles do not reach this place.")
    return question
