"""Step 3: would you like to connect with us? The shortlist, words to say, what they said."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fans.connections.errors import ConnectionsError
from fans.connections.models import Partnership, PartnershipStatus
from fans.connections.steps import cards
from fans.connections.steps.forms import AnswerForm, AskedForm
from fans.connections.steps.progress import progress_of, wanted_ties
from fans.connections.steps.views.start import LOG
from fans.connections.ties.models import Approach
from fans.connections.ties.services import answer, approach
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from homes.models import Home


@dataclass(frozen=True)
class Asking:
    """Somebody on the shortlist, and the last time that they were asked."""

    tie: Partnership
    last: Approach | None
    due: bool  # it is time to come back to it

    @property
    def was_asked(self) -> bool:
        """Say whether somebody asked them, noted here or elsewhere."""
        return self.last is not None or self.tie.status != PartnershipStatus.IDEA


@require_safe
def ask(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show the shortlist: whom to ask, who was asked, what they said, when to come back."""
    home = home_for(request, home_id, LOG)
    asking = asking_of(home)
    context = {
        "home": home,
        "progress": progress_of(home),
        "step": "ask",
        "due": [each for each in asking if each.due],
        "to_ask": [each for each in asking if not each.was_asked],
        "asked": [each for each in asking if each.was_asked and not each.due],
        "before": cards.BEFORE,
    }
    return render(request, "steps/ask.html", context)


def asking_of(home: Home) -> list[Asking]:
    """Return the shortlist with the last approach of each, by name. Two queries."""
    ties = list(wanted_ties(home).select_related("partner__asset"))
    rows = Approach.objects.standing().filter(partnership__in=ties)
    last: dict[int, Approach] = {}
    for row in rows.order_by("asked_on", "pk"):
        last[row.partnership_id] = row
    due = set(
        Approach.objects.follow_up_due(timezone.localdate())
        .filter(pk__in=[row.pk for row in last.values()])
        .values_list("partnership_id", flat=True)
    )
    found = [Asking(tie, last.get(tie.pk), due=tie.pk in due) for tie in ties]
    return sorted(found, key=lambda each: str(each.tie.partner).casefold())


@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, home_id: int, pk: int) -> HttpResponse:
    """Show words to say to one of them; keep that they were asked, or what they said."""
    home = home_for(request, home_id, LOG)
    tie = get_object_or_404(home.partnerships.select_related("partner__asset"), pk=pk)
    approaches = Approach.objects.standing().filter(partnership=tie)
    last = approaches.order_by("-asked_on", "-pk").first()
    answering = request.method == "POST" and "answer" in request.POST and last is not None
    sent = request.POST if request.method == "POST" else None
    asked_form = AskedForm(None if answering else sent, prefix="asked")
    answer_form = AnswerForm(sent if answering else None)
    form: AskedForm | AnswerForm = answer_form if answering else asked_form
    if form.is_valid() and _kept(request, tie, last, form):
        messages.success(request, f"{tie.partner}: it is noted.")
        return redirect("steps:ask", home_id=home.pk)
    context: dict[str, Any] = {
        "home": home,
        "tie": tie,
        "last": last,
        "step": "ask",
        "card": cards.card_for(tie.partner.category, home_name=home.name),
        "if_not": cards.IF_NOT,
        "asked_form": asked_form,
        "answer_form": answer_form,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "steps/card.html", context, status=status)


def _kept(
    request: HttpRequest,
    tie: Partnership,
    last: Approach | None,
    form: AskedForm | AnswerForm,
) -> bool:
    by = person_of(request)
    try:
        if isinstance(form, AnswerForm) and last is not None:
            answer(approach=last, by=by, **form.cleaned_data)
        else:
            approach(partnership=tie, by=by, **form.cleaned_data)
    except (ConnectionsError, ValidationError) as refusal:
        form.refuse(refusal)
        return False
    return True
