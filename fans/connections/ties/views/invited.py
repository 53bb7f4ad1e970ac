"""What a partner answers by the link in an invitation. Opening it changes nothing."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fans.connections.errors import ConnectionsError
from fans.connections.ties.errors import LinkIsOverError
from fans.connections.ties.forms import WordForm
from fans.connections.ties.models import Purpose, TieLink
from fans.connections.ties.services import partners_word
from fans.connections.ties.views.asking import refuse
from fans.connections.views.access import UNPROCESSABLE
from fans.people.kept_token import forget, keep, kept, private

COOKIES: Final = {Purpose.ANSWER: "tie-answer", Purpose.UNDO: "tie-undo"}
GONE: Final = 410


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Put the token out of the address; mail scanners that come by change nothing."""
    return keep(COOKIES[Purpose.ANSWER], token, page=reverse("ties:invitation"))


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Show who invites, and in which words; take the answer."""
    token = kept(request, COOKIES[Purpose.ANSWER])
    link = partners_word.find(token=token, purpose=Purpose.ANSWER)
    if link is None:
        return _over(request, Purpose.ANSWER)
    if request.method != "POST":
        return _show(request, link, WordForm())
    if request.POST.get("about") != str(link.pk):
        # Another mail's link was opened in another window: another home may ask.
        messages.error(request, "You have opened another link since. This is what it is about.")
        return private(redirect("ties:invitation"))
    form = WordForm(request.POST)
    if not form.is_valid():
        return _show(request, link, form)
    try:
        undo = partners_word.answer_by_link(token=token, word=form.word())
    except LinkIsOverError:
        return _over(request, Purpose.ANSWER)
    except ConnectionsError as refusal:
        refuse(form, refusal)
        return _show(request, link, form)
    response = keep(COOKIES[Purpose.UNDO], undo, page=reverse("ties:answered"))
    return forget(response, COOKIES[Purpose.ANSWER])


@require_http_methods(["GET", "HEAD", "POST"])
def answered(request: HttpRequest) -> HttpResponse:
    """Say thank you, and take the answer back where it was a slip."""
    token = kept(request, COOKIES[Purpose.UNDO])
    link = partners_word.find(token=token, purpose=Purpose.UNDO)
    if link is None:
        return _over(request, Purpose.UNDO)
    if request.method != "POST":
        context = {"link": link, **_seen(link)}
        return private(render(request, "ties/answered.html", context))
    try:
        partners_word.take_back_by_link(token=token)
    except LinkIsOverError:
        return _over(request, Purpose.UNDO)
    response = private(render(request, "ties/taken_back.html", _seen(link)))
    return forget(response, COOKIES[Purpose.UNDO])


def _show(request: HttpRequest, link: TieLink, form: WordForm) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    context = {"link": link, "form": form, **_seen(link)}
    return private(render(request, "ties/invited.html", context, status=status))


def _seen(link: TieLink) -> dict[str, object]:
    """Return all that the partner's side sees of a tie."""
    asked = link.approach
    tie = asked.partnership
    return {
        "home": tie.home,
        "partner": tie.partner,
        "purpose": tie.purpose,
        "words": asked.words,
        "asked_on": asked.asked_on,
        "answer": asked.get_answer_display(),
    }


def _over(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    context = {"is_undo": purpose == Purpose.UNDO}
    response = render(request, "ties/link_over.html", context, status=GONE)
    return private(forget(response, COOKIES[purpose]))
