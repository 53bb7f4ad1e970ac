"""One home's part in a cohort: its days, its end, what it agreed to."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fans.cohorts import services as cohorts
from fans.cohorts.errors import AlreadyEndedError, CohortError
from fans.cohorts.models import Enrolment
from fans.openness.board import services
from fans.openness.board.errors import BegunError
from fans.openness.board.forms import AgreeForm, EndForm, refuse
from fans.openness.board.views.access import (
    CONFLICT,
    UNPROCESSABLE,
    enrolment_for,
    person_of,
)


@require_safe
def enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a home's part: since when, until when, its waves, its agreement to research."""
    return _page(request, enrolment_for(request, pk))


def _page(
    request: HttpRequest,
    part: Enrolment,
    *,
    ending: EndForm | None = None,
    agreeing: AgreeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    waves = list(part.waves.order_by("month"))
    refused = ending or agreeing
    context = {
        "part": part,
        "waves": waves,
        "ending": ending or EndForm(initial={"ends_on": today}),
        "agreeing": agreeing or AgreeForm(initial={"agreed_on": today}),
        "form": refused,  # whose errors stand at the top
        "may_take_out": not part.research_agreed_on and services.is_untouched(waves),
        "today": today,
    }
    return render(request, "board/enrolment.html", context, status=status)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say on which day a home's part ends."""
    part = enrolment_for(request, pk)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            ended = cohorts.end_enrolment(enrolment=part, ends_on=form.cleaned_data["ends_on"])
        except AlreadyEndedError as refusal:
            return refused(request, part, str(refusal))
        except (CohortError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            undo_url = reverse("board:go_on", args=[pk])
            words = f"The part of {part.home} ends on {ended.ends_on:%-d %B %Y}."
            messages.success(request, words, extra_tags=f"undo:{undo_url}")
            return redirect("board:enrolment", pk=pk)
    return _page(request, part, ending=form, status=UNPROCESSABLE)


@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that a home's part ends."""
    part = enrolment_for(request, pk)
    try:
        services.let_go_on(enrolment=part, by=person_of(request))
    except CohortError as refusal:
        return refused(request, part, str(refusal))
    messages.success(request, f"The part of {part.home} goes on.")
    return redirect("board:enrolment", pk=pk)


@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo that a home joined."""
    part = enrolment_for(request, pk)
    try:
        services.take_out(enrolment=part)
    except BegunError as refusal:
        return refused(request, part, str(refusal))
    messages.success(request, f"{part.home} is taken out of {part.cohort}; its place is free.")
    return redirect("board:homes", pk=part.cohort_id)


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Note on which day a home agreed that research may use its data."""
    part = enrolment_for(request, pk)
    form = AgreeForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["agreed_on"]
        try:
            cohorts.agree_to_research(enrolment=part, agreed_on=day, by=person_of(request))
        except (CohortError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            undo_url = reverse("board:not_agree", args=[pk])
            words = f"Noted: {part.home} agreed to research on {day:%-d %B %Y}."
            messages.success(request, words, extra_tags=f"undo:{undo_url}")
            return redirect("board:enrolment", pk=pk)
    return _page(request, part, agreeing=form, status=UNPROCESSABLE)


@require_POST
def not_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that research may not use a home's data any more."""
    part = enrolment_for(request, pk)
    cohorts.take_back_research_agreement(enrolment=part, by=person_of(request))
    messages.success(request, f"Later extracts leave {part.home} out.")
    return redirect("board:enrolment", pk=pk)


def refused(request: HttpRequest, part: Enrolment, words: str) -> HttpResponse:
    """Say why nothing was changed."""
    context = {"part": part, "words": words}
    return render(request, "board/refused.html", context, status=CONFLICT)
