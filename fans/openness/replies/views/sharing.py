"""Who sees a wave's picture, and letting others see it."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fans.openness.models import Wave
from fans.openness.replies import services
from fans.openness.replies.errors import RepliesError
from fans.openness.replies.forms import AudienceForm
from fans.openness.replies.models import Audience, Share
from fans.openness.replies.said import said_of
from fans.openness.replies.seeing import facilitator_sees_from, others_of
from fans.openness.replies.views.access import UNPROCESSABLE, person_of, refused, wave_for

WHAT_THEY_SEE: Final = (
    "the one-page picture with your words: levels, sides and counts. Never the rows of your"
    " log, and no group’s answers under 8 people"
)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who sees the picture now; ``?with=`` asks once more before it goes to somebody."""
    wave = wave_for(request, pk, "openness.share")
    if request.method == "POST":
        return _change(request, wave)
    asked = AudienceForm({"audience": request.GET["with"]}) if "with" in request.GET else None
    chosen = asked.cleaned_data["audience"] if asked and asked.is_valid() else None
    status = UNPROCESSABLE if asked and not chosen else 200
    context = {**_context(wave), "chosen": chosen, "form": asked}
    if chosen:
        context["chosen_words"] = Audience(chosen).label
    return render(request, "replies/share.html", context, status=status)


def _change(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = AudienceForm(request.POST)
    if not form.is_valid():
        context = {**_context(wave), "form": form}
        return render(request, "replies/share.html", context, status=UNPROCESSABLE)
    audience, by = form.cleaned_data["audience"], person_of(request)
    words = Audience(audience).label
    try:
        if "stop" in request.POST:
            services.unshare(wave=wave, audience=audience, by=by)
            messages.success(request, f"No longer shared: {words.lower()}.")
        else:
            services.share(wave=wave, audience=audience, by=by)
            messages.success(request, f"Shared: {words.lower()}. You can stop at any time.")
    except RepliesError as refusal:
        return refused(request, wave, str(refusal))
    return redirect("replies:share", wave.pk)


def _context(wave: Wave) -> dict[str, Any]:
    shares = list(
        Share.objects.filter(wave=wave).select_related("shared_by", "ended_by").order_by("-pk")
    )
    standing = {row.audience: row for row in shares if row.ended_at is None}
    today, said = timezone.localdate(), said_of(wave, with_log=False)
    from_on = facilitator_sees_from(wave)
    return {
        "wave": wave,
        "home": wave.enrolment.home,
        "is_closed": wave.state_on(today) == "closed",
        "has_replied": bool(said.whole or said.by_sign),
        "facilitator_from": from_on,
        "facilitator_sees": today >= from_on,
        "audiences": [(each, standing.get(each)) for each in Audience],
        "history": shares,
        "others": others_of(wave),
        "what_they_see": WHAT_THEY_SEE,
    }
