"""The welcome card: written by the home's own people."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from homes.models import Home
from homes.welcome.errors import ChangedMeanwhileError
from homes.welcome.forms import WelcomeCardForm
from homes.welcome.models import WelcomeCard
from homes.welcome.services import SAID, version_of, write_card

ACTION: Final = "homes.welcome"
UNPROCESSABLE: Final = 422
CONFLICT: Final = 409


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what visitors should know, and keep it."""
    home = get_object_or_404(Home, pk=pk)
    user: Any = request.user
    if not user.has_perm(ACTION, home):
        raise Http404("Your roles do not reach this home.")
    card = WelcomeCard.objects.filter(home=home).first()
    status, theirs = 200, None
    if request.method == "POST":
        form = WelcomeCardForm(request.POST)
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                write_card(home=home, by=user, **form.cleaned_data)
            except ChangedMeanwhileError:
                status, theirs = CONFLICT, card
                form = _again(form, card)
            else:
                messages.success(request, "The welcome card is saved.")
                return redirect("prints:welcome", pk=home.pk)
    else:
        form = WelcomeCardForm(initial=_as_written(card))
    context = {"home": home, "card": card, "form": form, "theirs": theirs}
    return render(request, "welcome/edit.html", context, status=status)


def _as_written(card: WelcomeCard | None) -> dict[str, Any]:
    said = {name: getattr(card, name) for name in SAID} if card else {}
    return {"version": version_of(card), **said}


def _again(form: WelcomeCardForm, card: WelcomeCard | None) -> WelcomeCardForm:
    """Keep what was typed; saving it again is then meant to replace the other's words."""
    return WelcomeCardForm({**form.data.dict(), "version": version_of(card)})  # type: ignore[attr-defined]
