"""The list of care homes, and the questions that registers leave to people."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from geo.search import PLACE, NamedPoint, search_points
from homes.errors import AlreadyAnsweredError, HomesError
from homes.filters import HomeQuery
from homes.models import RegistrationQuestion, RegistrationQuestionQuerySet
from homes.services import answer_question
from homes.shown import Shown

PAGE_LENGTH: Final = 20
NEAR_A_POSTCODE_M: Final = 5_000.0
ANSWERS: Final = {"yes": True, "no": False}


@dataclass(frozen=True)
class Search:
    """What was searched for, and the homes that answer it."""

    words: str
    rows: Shown
    near: NamedPoint | None = None


@require_safe
def home_list(request: HttpRequest) -> HttpResponse:
    """List care homes; search words name a home, a place or a postcode."""
    try:
        query = HomeQuery.parse(request.GET)
    except ValidationError as error:
        parts = (f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
        return render(request, "400.html", {"reason": " ".join(parts)}, status=400)
    search = _search(query)
    page = Paginator(search.rows, PAGE_LENGTH).get_page(query.page)
    context = {
        "search": search,
        "page": page,
        "count": page.paginator.count,
        "may_see_changes": request.user.has_perm("homes.see_changes"),
    }
    return render(request, "homes/list.html", context)


def _search(query: HomeQuery) -> Search:
    """Look for homes by words; near a postcode, or near a town that no home speaks of."""
    words, rows = query.q, query.rows()
    if not words:
        return Search("", rows)
    spot = next(iter(search_points(words, limit=1)), None)
    if spot is None or (spot.kind == PLACE and rows.exists()):
        return Search(words, rows)
    near = replace(query, q="", near=spot.point, within_m=NEAR_A_POSTCODE_M)
    return Search(words, near.rows(), spot)


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Ask whether a new registration is a home whose old one has gone; take the answer."""
    problem, status = "", 200
    if request.method == "POST":
        try:
            return _answer(request)
        except HomesError as error:
            problem, status = str(error), 409
        except ValidationError as error:
            problem, status = str(error.message), 400
    waiting = _for_this_person(request).select_related("gone__home", "new__home")
    page = Paginator(waiting, PAGE_LENGTH).get_page(request.GET.get("page", "1"))
    context = {"page": page, "count": page.paginator.count, "problem": problem}
    return render(request, "homes/questions.html", context, status=status)


def _for_this_person(request: HttpRequest) -> RegistrationQuestionQuerySet:
    reach = request.scopes("homes.answer_question")  # type: ignore[attr-defined]
    waiting: RegistrationQuestionQuerySet = RegistrationQuestion.objects.waiting()
    return waiting.about_homes_in(everywhere=reach.everywhere, area_ids=reach.area_ids)


def _answer(request: HttpRequest) -> HttpResponse:
    number, answer = request.POST.get("question", ""), request.POST.get("answer", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise ValidationError("question: we could not tell which one you answered.")
    if answer not in ANSWERS:
        raise ValidationError("answer: choose “yes” or “no”.")
    question = get_object_or_404(RegistrationQuestion, pk=int(number))
    user: Any = request.user
    if not user.has_perm("homes.answer_question", question):
        raise Http404("Your roles do not reach these homes.")
    try:
        answered = answer_question(question=question, same_home=ANSWERS[answer], by=user)
    except AlreadyAnsweredError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _thanks(answered))
    return redirect("homes:questions")


def _thanks(question: RegistrationQuestion) -> str:
    if question.same_home:
        return f"{question.new.home} goes on with its ties and its log."
    return f"{question.new.name} is a home of its own."
