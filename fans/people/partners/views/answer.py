"""What a place answers by a mailed link. Opening one changes nothing; a press does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assets.errors import AssetError, ChangedMeanwhileError
from assets.models import Fact
from fans.people.kept_token import forget, keep, kept, private
from fans.people.partners.errors import AllChangedError, LinkIsOverError
from fans.people.partners.forms import ChangesForm, GoneForm
from fans.people.partners.models import Link, Purpose
from fans.people.partners.services import answering
from fans.people.partners.shown import facts_shown, unchanged

MAILED: Final = (Purpose.RIGHT, Purpose.EDIT, Purpose.GONE)
GONE: Final = 410
CONFLICT: Final = 409
BAD: Final = 400


def cookie_of(purpose: str) -> str:
    """Return the name under which a browser keeps the token of a link for one purpose."""
    return f"place-{purpose}"


@require_safe
def open_link(request: HttpRequest, purpose: str, token: str) -> HttpResponse:
    """Put the token out of the address; mail scanners that come by change nothing."""
    if purpose not in MAILED:
        raise Http404("There is no such link.")
    return keep(cookie_of(purpose), token, page=reverse("partners:answer", args=[purpose]))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, purpose: str) -> HttpResponse:
    """Show what we say of a place, with one button; take the press."""
    if purpose not in Purpose.values:
        raise Http404("There is no such page.")
    token = kept(request, cookie_of(purpose))
    link = answering.find(token=token, purpose=purpose)
    if link is None:
        return private(over(request, purpose))
    show, act = _PAGES[purpose]
    if request.method != "POST":
        return private(show(request, link))
    if request.POST.get("about") != str(link.pk):
        # Another mail's link was opened in another window: it may be about another place.
        messages.error(request, "You have opened another link since. This is what it is about.")
        return private(redirect("partners:answer", purpose))
    try:
        return private(act(request, link, token))
    except LinkIsOverError:
        return private(over(request, purpose))


def over(request: HttpRequest, purpose: str) -> HttpResponse:
    """Say that a link opens nothing, and what to do instead."""
    response = render(request, "partners/link_over.html", {"purpose": purpose}, status=GONE)
    return forget(response, cookie_of(purpose))


@dataclass(frozen=True)
class FactLine:
    """One fact on the page, and whether it changed after the mail."""

    label: str
    lines: list[Any]
    has_changed: bool


def _lines(link: Link) -> list[FactLine]:
    asset = link.question.asset
    same, _ = unchanged(asset, link.shown)
    return [
        FactLine(one.label, one.lines, bool(link.shown) and one.fact not in same)
        for one in facts_shown(asset)
    ]


def _context(link: Link, **more: Any) -> dict[str, Any]:
    lines = _lines(link)
    changed = any(line.has_changed for line in lines)
    return {
        "link": link,
        "asset": link.question.asset,
        "lines": lines,
        "changed": changed,
    } | more


def _show_right(request: HttpRequest, link: Link) -> HttpResponse:
    return render(request, "partners/right.html", _context(link))


def _right(request: HttpRequest, link: Link, token: str) -> HttpResponse:
    try:
        confirmed = answering.say_right(token=token)
    except AllChangedError as error:
        context = _context(link, problem=str(error))
        return render(request, "partners/right.html", context, status=CONFLICT)
    messages.success(request, f"Thank you. Noted as right today: {_named(confirmed.facts)}.")
    if confirmed.changed:
        messages.warning(
            request,
            f"Not noted, since it changed after our mail: {_named(confirmed.changed)}. "
            "Is it right as it stands here?",
        )
    return forget(redirect(resolve_url(link.question.asset)), cookie_of(Purpose.RIGHT))


def _named(facts: list[Fact]) -> str:
    return ", ".join(str(fact.label).lower() for fact in facts)


def _show_edit(
    request: HttpRequest, link: Link, form: ChangesForm | None = None, status: int = 200
) -> HttpResponse:
    asset = link.question.asset
    context = {
        "link": link,
        "asset": asset,
        "form": form or ChangesForm(asset=asset),
        "is_saved": answering.keeper_of(asset) is not None,
    }
    return render(request, "partners/edit.html", context, status=status)


def _edit(request: HttpRequest, link: Link, token: str) -> HttpResponse:
    asset = link.question.asset
    form = ChangesForm(request.POST, asset=asset)
    if not form.is_valid():
        return _show_edit(request, link, form, BAD)
    try:
        sent = answering.send_changes(
            token=token,
            seen_at=form.cleaned_data["seen_at"],
            values=form.changes(),
            note=form.cleaned_data["note"],
            rest_is_right=form.cleaned_data["rest_is_right"],
        )
    except ChangedMeanwhileError:
        messages.error(request, "Somebody changed this place since you opened it. Look again.")
        return redirect("partners:answer", Purpose.EDIT)
    except (AssetError, ValidationError) as error:
        words = error.messages if isinstance(error, ValidationError) else str(error)
        form.add_error(None, ValidationError(words))
        return _show_edit(request, link, form, BAD)
    messages.success(request, _sent_words(sent))
    return forget(redirect(resolve_url(asset)), cookie_of(Purpose.EDIT))


def _sent_words(sent: answering.Sent) -> str:
    words = "Thank you. "
    if sent.is_saved:
        words += "Your changes are on the map."
    else:
        words += "A champion looks at your changes before others see them."
    if sent.confirmed:
        words += f" Noted as right today: {_named(sent.confirmed)}."
    return words


def _show_gone(
    request: HttpRequest, link: Link, form: GoneForm | None = None, status: int = 200
) -> HttpResponse:
    context = _context(link, form=form or GoneForm())
    return render(request, "partners/gone.html", context, status=status)


def _gone(request: HttpRequest, link: Link, token: str) -> HttpResponse:
    form = GoneForm(request.POST)
    if not form.is_valid():
        return _show_gone(request, link, form, BAD)
    undo = answering.say_gone(token=token, note=form.cleaned_data["note"])
    page = reverse("partners:answer", args=[Purpose.UNDO])
    return forget(keep(cookie_of(Purpose.UNDO), undo, page=page), cookie_of(Purpose.GONE))


def _show_undo(request: HttpRequest, link: Link) -> HttpResponse:
    return render(request, "partners/gone_said.html", _context(link))


def _undo(request: HttpRequest, link: Link, token: str) -> HttpResponse:
    asset = answering.take_back_gone(token=token)
    messages.success(request, f"Taken back: {asset.name} stays as it is.")
    return forget(redirect(resolve_url(asset)), cookie_of(Purpose.UNDO))


Show = Callable[[HttpRequest, Link], HttpResponse]
Act = Callable[[HttpRequest, Link, str], HttpResponse]
_PAGES: Final[dict[str, tuple[Show, Act]]] = {
    Purpose.RIGHT: (_show_right, _right),
    Purpose.EDIT: (_show_edit, _edit),
    Purpose.GONE: (_show_gone, _gone),
    Purpose.UNDO: (_show_undo, _undo),
}
