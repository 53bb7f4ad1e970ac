"""The home's own words beside its figures, and what it points at."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from fans.openness.models import Indicator, Wave
from fans.openness.replies import services
from fans.openness.replies.errors import RepliesError
from fans.openness.replies.forms import EvidenceForm, ReplyForm, refuse
from fans.openness.replies.models import EvidenceLink, Reply
from fans.openness.replies.said import said_of
from fans.openness.replies.views.access import (
    UNPROCESSABLE,
    person_of,
    refused,
    sign_asked,
    wave_for,
)

REPLY = "openness.reply"


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a few words beside ``?sign=``, or beside the whole picture."""
    wave = wave_for(request, pk, REPLY)
    sign = sign_asked(request, wave)
    standing = Reply.objects.standing().filter(wave=wave, indicator=sign).first()
    initial = {"words": standing.words if standing else ""}
    form = ReplyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            services.reply(
                wave=wave, by=person_of(request), sign=_code(sign), **form.cleaned_data
            )
        except (RepliesError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Your words stand beside the picture.")
            return redirect(_back_to(wave, sign))
    return _page(request, wave, sign, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one thing behind ``?sign=``."""
    wave = wave_for(request, pk, REPLY)
    sign = sign_asked(request, wave)
    if sign is None:  # the page lets one be chosen
        if request.method == "POST":
            return refused(request, wave, "Choose the sign first that it stands behind.")
        return _page(request, wave, None)
    sent = request.POST if request.method == "POST" else None
    form = EvidenceForm(sent, wave=wave)
    if form.is_valid():
        try:
            made = services.link_evidence(
                wave=wave, sign=sign.code, by=person_of(request), **form.chosen
            )
        except (RepliesError, ValidationError) as refusal:
            refuse(form, refusal)
        else:
            undo_url = reverse("replies:unlink", args=[made.pk])
            messages.success(
                request, "It stands behind this sign.", extra_tags=f"undo:{undo_url}"
            )
            return redirect(_back_to(wave, sign))
    return _page(request, wave, sign, evidence_form=form)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take words back."""
    row = get_object_or_404(Reply.objects.select_related("wave", "indicator"), pk=pk)
    wave = wave_for(request, row.wave_id, REPLY)
    try:
        services.take_back(standing=row, by=person_of(request))
    except RepliesError as refusal:
        return refused(request, wave, str(refusal))
    undo_url = reverse("replies:put_back", args=[pk])
    messages.success(request, "Taken back.", extra_tags=f"undo:{undo_url}")
    return redirect(_back_to(wave, row.indicator))


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put earlier words back."""
    row = get_object_or_404(Reply.objects.select_related("wave", "indicator"), pk=pk)
    wave = wave_for(request, row.wave_id, REPLY)
    try:
        services.put_back(earlier=row, by=person_of(request))
    except RepliesError as refusal:
        return refused(request, wave, str(refusal))
    messages.success(request, "Your words stand there again.")
    return redirect(_back_to(wave, row.indicator))


@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take evidence off."""
    row = get_object_or_404(EvidenceLink.objects.select_related("wave", "indicator"), pk=pk)
    wave = wave_for(request, row.wave_id, REPLY)
    try:
        services.unlink(link=row, by=person_of(request))
    except RepliesError as refusal:
        return refused(request, wave, str(refusal))
    undo_url = reverse("replies:relink", args=[pk])
    messages.success(request, "Taken off.", extra_tags=f"undo:{undo_url}")
    return redirect(_back_to(wave, row.indicator))


@require_POST
def relink(request: HttpRequest, pk: int) -> HttpResponse:
    """Put evidence back."""
    row = get_object_or_404(EvidenceLink.objects.select_related("wave", "indicator"), pk=pk)
    wave = wave_for(request, row.wave_id, REPLY)
    try:
        services.put_evidence_back(link=row, by=person_of(request))
    except RepliesError as refusal:
        return refused(request, wave, str(refusal))
    messages.success(request, "It stands behind this sign again.")
    return redirect(_back_to(wave, row.indicator))


def _page(
    request: HttpRequest, wave: Wave, sign: Indicator | None, **forms: Any
) -> HttpResponse:
    said = said_of(wave, with_log=True)
    context: dict[str, Any] = {
        "wave": wave,
        "home": wave.enrolment.home,
        "sign": sign,
        "signs": wave.instrument.indicators.order_by("code"),
        "names": _names(wave),
        "standing": said.by_sign.get(sign.code) if sign else said.whole,
        "earlier": _earlier(wave, sign),
        "evidence": said.evidence.get(sign.code, ()) if sign else (),
        "form": forms.get("form") or ReplyForm(),
    }
    if sign is not None:
        context["name"] = context["names"][sign.code]
        context["evidence_form"] = forms.get("evidence_form") or EvidenceForm(wave=wave)
    status = UNPROCESSABLE if any(form.errors for form in forms.values()) else 200
    return render(request, "replies/reply.html", context, status=status)


def _names(wave: Wave) -> dict[str, str]:
    return {each["id"]: each["name"] for each in wave.instrument.body["indicators"]}


def _earlier(wave: Wave, sign: Indicator | None) -> list[Reply]:
    """Return words that stood there before, newest first."""
    rows = Reply.objects.filter(wave=wave, indicator=sign, taken_back_at__isnull=False)
    return list(rows.exclude(words="").order_by("-taken_back_at")[:5])


def _code(sign: Indicator | None) -> str:
    return sign.code if sign else ""


def _back_to(wave: Wave, sign: Indicator | None) -> str:
    url = reverse("replies:reply", args=[wave.pk])
    return f"{url}?sign={sign.code}" if sign else url
