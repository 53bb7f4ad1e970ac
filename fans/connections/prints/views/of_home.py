"""What a home prints: its welcome card, a poster, a thank-you card for a partner."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fans.connections.models import Partnership
from fans.connections.prints.answering import as_page, as_pdf
from fans.connections.prints.forms import PosterForm, ThanksForm
from fans.connections.prints.sheets import (
    is_open_to_all,
    poster_sheet,
    thanks_sheet,
    welcome_sheet,
)
from fans.connections.prints.wordings import HEADLINES, THANKS, headline_of
from fans.connections.views.access import UNPROCESSABLE, home_for
from fans.connections.wishes.models import Thanks
from homes.models import Home

MAKE: Final = "prints.make"
WELCOME: Final = "prints/parts/welcome.html"
POSTER: Final = "prints/parts/poster.html"
THANK_YOU: Final = "prints/parts/thanks.html"


@require_safe
def welcome(request: HttpRequest, pk: int, *, pdf: bool = False) -> HttpResponse:
    """Show a home's welcome card: to anybody once the home shows it, before to its own."""
    home = get_object_or_404(Home, pk=pk)
    is_own = request.user.has_perm(MAKE, home)
    if not is_own and not is_open_to_all(home):
        raise Http404("There is no such card, or not for everybody.")
    sheet = welcome_sheet(home)
    title = f"Welcome to {home.name}"
    if pdf:
        return as_pdf(WELCOME, title=title, sheet=sheet)
    may_write = request.user.has_perm("homes.welcome", home)
    return as_page(
        request,
        WELCOME,
        {
            "title": title,
            "lead": _said_of(sheet.card) if is_own else "Before you come for the first time.",
            "sheet": sheet,
            "pdf_url": reverse("prints:welcome_pdf", args=[home.pk]),
            "edit_url": reverse("welcome:edit", args=[home.pk]) if may_write else "",
            **_back_to(home),
        },
    )


def _said_of(card: Any) -> str:
    """Say to the home's own people who sees their card."""
    if card is None:
        return "Nothing is written on it yet but what your page says."
    return (
        "Everybody can see this card." if card.is_public else "Only your team sees this card."
    )


def _back_to(home: Home) -> dict[str, str]:
    return {"back": resolve_url(home), "back_words": home.name}


@require_http_methods(["GET", "HEAD", "POST"])
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a poster for a window from a headline and a line; nothing is kept of it.

    The line is sent in a form, so that it stands in no address.
    """
    home = home_for(request, pk, MAKE)
    form = PosterForm(request.POST if request.method == "POST" else None)
    said, status = {"headline": HEADLINES[0].slug, "line": ""}, 200
    if form.is_bound:
        said, status = (form.cleaned_data, 200) if form.is_valid() else (said, UNPROCESSABLE)
    sheet = poster_sheet(home, headline=headline_of(said["headline"]), line=said["line"])
    title = f"Poster of {home.name}"
    if form.is_bound and form.is_valid() and request.POST.get("as") == "pdf":
        return as_pdf(POSTER, title=title, sheet=sheet)
    context = {
        "title": title,
        "lead": "For your window, the shop’s or the library’s.",
        "sheet": sheet,
        "form": form,
        "form_method": "post",
        **_back_to(home),
    }
    return as_page(request, POSTER, context, status=status)


@require_safe
def thank_you(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a card that thanks a partner, in one of our wordings."""
    tie = _tie_of_mine(request, pk)
    form = ThanksForm(request.GET if "words" in request.GET else None, initial={"words": 0})
    is_wanted = not form.is_bound or form.is_valid()
    number = form.cleaned_data["words"] if form.is_bound and is_wanted else 0
    sheet = thanks_sheet(tie, words=THANKS[number])
    if form.is_bound and is_wanted and request.GET.get("as") == "pdf":
        return as_pdf(THANK_YOU, title=_thanked(tie), sheet=sheet)
    context = {"sheet": sheet, "form": form, "form_method": "get", **_thanks_page(tie)}
    return as_page(request, THANK_YOU, context, status=200 if is_wanted else UNPROCESSABLE)


@require_safe
def own_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a card of thanks that somebody of the home wrote."""
    thanks = get_object_or_404(Thanks.objects.exclude(text=""), pk=pk)
    tie = _tie_of_mine(request, thanks.partnership_id)
    sheet = thanks_sheet(tie, words=thanks.text)
    if request.GET.get("as") == "pdf":
        return as_pdf(THANK_YOU, title=_thanked(tie), sheet=sheet)
    pdf_url = f"{reverse('prints:own_thanks', args=[pk])}?as=pdf"
    return as_page(
        request, THANK_YOU, {"sheet": sheet, "pdf_url": pdf_url, **_thanks_page(tie)}
    )


def _tie_of_mine(request: HttpRequest, pk: int) -> Partnership:
    ties = Partnership.objects.select_related("home", "partner__asset")
    tie = get_object_or_404(ties, pk=pk)
    if not request.user.has_perm(MAKE, tie.home):
        raise Http404("Your roles do not reach this home.")
    return tie


def _thanked(tie: Partnership) -> str:
    return f"Thank you, {tie.partner}"


def _thanks_page(tie: Partnership) -> dict[str, str]:
    return {
        "title": _thanked(tie),
        "lead": "To hand over, or to send.",
        "back": reverse("ties:tie", args=[tie.pk]),
        "back_words": str(tie.partner),
    }
