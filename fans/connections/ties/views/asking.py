"""Would you like to connect? The question, and the answer that came."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from fans.connections.errors import ConnectionsError
from fans.connections.models import Partnership
from fans.connections.ties import services
from fans.connections.ties.forms import AnswerForm, ApproachForm
from fans.connections.ties.models import Approach, Channel
from fans.connections.ties.views.access import EDIT, tie_for
from fans.connections.views.access import UNPROCESSABLE, person_of


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a partner: by our own mail with a link to answer, or note how it was done."""
    tie = tie_for(request, pk, EDIT)
    form = ApproachForm(request.POST if request.method == "POST" else None, tie=tie)
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, _asked(request, tie, dict(form.cleaned_data)))
            return redirect("ties:tie", tie.pk)
        except (ConnectionsError, ValidationError) as refusal:
            refuse(form, refusal)
    context = {"home": tie.home, "tie": tie, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "ties/ask.html", context, status=status)


def _asked(request: HttpRequest, tie: Partnership, said: dict[str, Any]) -> str:
    to = said.pop("to", "")
    person = person_of(request)
    if said["channel"] != Channel.MAIL:
        services.approach(partnership=tie, by=person, **said)
        return f"Noted that you asked {tie.partner}."
    invited = services.invite_by_mail(
        partnership=tie,
        by=person,
        words=said["words"],
        to=to,
        follow_up_on=said["follow_up_on"],
    )
    return f"{invited.outcome.words} They can answer by the link in it."


@require_http_methods(["GET", "HEAD", "POST"])
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what came of asking."""
    asked = get_object_or_404(Approach.objects.standing(), pk=pk)
    tie = tie_for(request, asked.partnership_id, EDIT)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.answer(approach=asked, by=person_of(request), **form.cleaned_data)
            messages.success(request, "Noted. You can take it back in the story below.")
            return redirect("ties:tie", tie.pk)
        except (ConnectionsError, ValidationError) as refusal:
            refuse(form, refusal)
    context = {"home": tie.home, "tie": tie, "asked": asked, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "ties/answer.html", context, status=status)


def refuse(form: Form, refusal: ConnectionsError | ValidationError) -> None:
    """Say what was refused beside the question that is meant."""
    if isinstance(refusal, ConnectionsError):
        words: dict[str, list[str]] = {refusal.field: [str(refusal)]}
    else:
        words = refusal.message_dict
    for field, lines in words.items():
        form.add_error(field if field in form.fields else None, lines)
