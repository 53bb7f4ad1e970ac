"""The walking list of one round, and what somebody found at each place."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assets.errors import AssetError
from assets.rounds import registry, services, stops
from assets.rounds.forms import FactsForm, SkipForm
from assets.rounds.models import Round, Stop
from assets.rounds.shown import facts_shown, sheet_of


@require_http_methods(["GET", "HEAD"])
def walk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round: the next place first, then all of them in order."""
    return _walk(request, _reached(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def one_stop(request: HttpRequest, pk: int, stop: int) -> HttpResponse:
    """Show one place with its facts to tick; note what was found there."""
    walked = _reached(request, pk)
    held = get_object_or_404(Stop.objects.select_related("asset"), pk=stop, round=walked)
    shown = facts_shown(held.asset, today=timezone.localdate())
    facts, skip = (
        FactsForm(request.POST if request.method == "POST" else None, shown=shown),
        SkipForm(),
    )
    if request.method == "POST":
        if request.POST.get("found") == "skip":
            facts, skip = FactsForm(shown=shown), SkipForm(request.POST)
        try:
            if (words := _note(request, held, facts, skip)) is not None:
                messages.success(request, words)
                return redirect("rounds:round", pk=walked.pk)
        except AssetError as error:
            messages.error(request, str(error))
            return redirect("rounds:round", pk=walked.pk)
    context = {
        "round": walked,
        "stop": held,
        "asset": held.asset,
        "form": facts,
        "skip": skip,
        "was_changed": "changed" in request.GET,
    }
    status = 400 if facts.errors or skip.errors else 200
    return render(request, "rounds/stop.html", context, status=status)


@require_POST
def hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a free round, give one back, or hand it over to somebody."""
    walked = _reached(request, pk)
    user: Any = request.user
    try:
        if "take" in request.POST:
            services.take(by=user, round=walked)
            messages.success(request, "The round is yours.")
            return redirect("rounds:round", pk=walked.pk)
        to = None if "give_back" in request.POST else _person(request, walked)
        services.hand_over(by=user, round=walked, to=to)
    except AssetError as error:
        messages.error(request, str(error))
        return redirect("rounds:round", pk=walked.pk)
    words = f"{to} has the round now." if to else "The round waits for somebody to take it."
    messages.success(request, words)
    return redirect("rounds:list")


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """End a round; what was not seen waits for another."""
    walked = _reached(request, pk)
    try:
        services.finish_early(by=request.user, round=walked)
    except AssetError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The round is over. What you did not see waits for another.")
    return redirect("rounds:list")


def _walk(request: HttpRequest, walked: Round) -> HttpResponse:
    others = [each for each in registry.walkers(walked) if each.pk != walked.assigned_to_id]
    context = {
        "round": walked,
        "sheet": sheet_of(walked),
        "is_mine": walked.assigned_to_id == request.user.pk,
        "others": others,
    }
    return render(request, "rounds/round.html", context)


def _note(request: HttpRequest, stop: Stop, facts: FactsForm, skip: SkipForm) -> str | None:
    """Note what was found; None where the form has to be shown again."""
    found, by, name = request.POST.get("found", ""), request.user, stop.asset.name
    if found == "skip":
        if not skip.is_valid():
            return None
        stops.leave_out(by=by, stop=stop, reason=skip.cleaned_data["reason"])
        return f"{name}: left out."
    if found == "gone":
        stops.gone(by=by, stop=stop)
        return f"{name}: gone. Thank you for telling."
    if found not in ("right", "changed"):
        facts.full_clean()
        facts.add_error(None, "Say what you found: still right, gone, or left out.")
        return None
    if not facts.is_valid():
        return None
    note = stops.still_right if found == "right" else stops.put_right
    note(by=by, stop=stop, facts=facts.cleaned_data["facts"])
    return f"{name}: checked today."


def _reached(request: HttpRequest, pk: int) -> Round:
    walked = get_object_or_404(Round.objects.select_related("assigned_to"), pk=pk)
    user: Any = request.user
    if user.has_perm("rounds.walk", walked):
        return walked
    raise Http404("No such round.")


def _person(request: HttpRequest, walked: Round) -> Any:
    chosen = request.POST.get("to", "")
    return next(
        # Somebody who may walk nowhere, so that the service says why.
        (each for each in registry.walkers(walked) if str(each.pk) == chosen),
        AnonymousUser(),
    )
