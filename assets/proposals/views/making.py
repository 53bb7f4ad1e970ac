"""Suggesting a place, or saying what is not right with one; and seeing what became of it."""

import uuid
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assets.duplicates import Alike
from assets.errors import AssetError
from assets.models import Asset, Visibility
from assets.placing import read_view
from assets.proposals import limits, mailing
from assets.proposals.deciding import approve
from assets.proposals.errors import DecidedMeanwhileError
from assets.proposals.forms import ChangeForm, GoneForm, SuggestForm
from assets.proposals.models import Kind, Proposal, State
from assets.proposals.reviewing import alike_to
from assets.proposals.rough import SOURCE as ROUGH
from assets.proposals.services import DECIDE, find, propose, token_for, withdraw

SEE_CONTACT: Final = "assets.view_contact"
CONFLICT: Final = 409
UNPROCESSABLE: Final = 422
DECIDED: Final = "Somebody was quicker and has decided already. Nothing was changed by you."
"""Who it was, those who decide tell each other, and nobody else."""


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """Show the form for a place that is not on the map, and put it in the queue."""
    user: Any = request.user
    sent = request.POST if request.method == "POST" else None
    form = SuggestForm(sent, stranger=_is_stranger(request), sees_contact=_sees(user))
    if sent is not None and (refused := _stopped(request, form)) is not None:
        return refused
    near: list[Alike] = []
    if form.is_valid():
        near = [] if "not_same" in request.POST else _near(form)
        proposal = None if near else _new(request, form)
        if proposal is not None:
            return _to_status(proposal)
    at = form.start_at or read_view(request.GET.get("at", ""))
    return _form_page(request, "proposals/suggest.html", form, at=at, near=near)


@require_http_methods(["GET", "HEAD", "POST"])
def suggest_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of a place, and take what is said to be wrong with it."""
    asset = _seen_asset(request, pk)
    user: Any = request.user
    gone_sent = request.POST if "gone" in request.POST else None
    change_sent = request.POST if request.method == "POST" and gone_sent is None else None
    stranger = _is_stranger(request)
    gone = GoneForm(gone_sent, asset=asset, stranger=stranger)
    form = ChangeForm(change_sent, asset=asset, stranger=stranger, sees_contact=_sees(user))
    if request.method == "POST":
        asked: Any = gone if gone_sent is not None else form
        if (refused := _stopped(request, asked)) is not None:
            return refused
        if (proposal := _sent_about(request, asset, gone, form)) is not None:
            return _decided_at_once(request, proposal) or _to_status(proposal)
    context = {
        "asset": asset,
        "gone": gone,
        "may_edit": user.has_perm("assets.edit", asset),
        "may_decide": user.has_perm(DECIDE, asset),
    }
    return _form_page(request, "proposals/change.html", form, at=form.start_at, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Say what became of a suggestion to whoever has its private link; take it back."""
    proposal = find(token)
    if proposal is None:
        return private(render(request, "proposals/link_over.html", status=410))
    if request.method == "POST":
        try:
            withdraw(proposal=proposal)
        except DecidedMeanwhileError:
            messages.error(request, DECIDED)
        return private(redirect("proposals:status", token))
    context = {
        "proposal": proposal,
        "title": _title(proposal),
        "link": mailing.link_to(token),
        "is_waiting": proposal.state == State.WAITING,
        "is_public": _is_public(proposal.asset),
    }
    return private(render(request, "proposals/status.html", context))


def private(response: HttpResponse) -> HttpResponse:
    """Let no cache keep a page that a private link opened, nor its address travel on."""
    # Not no-referrer: browsers would then send no Origin, and the form would be refused.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


def _is_stranger(request: HttpRequest) -> bool:
    return not request.user.is_authenticated


def _sees(user: Any) -> bool:
    return bool(user.has_perm(SEE_CONTACT))


def _seen_asset(request: HttpRequest, pk: int) -> Asset:
    """Return a place that this visitor may see; drafts have a champion's own page."""
    asset = Asset.objects.published().filter(pk=pk).first()
    if asset is None:
        raise Http404("No such place.")
    return asset


def _is_public(asset: Asset | None) -> bool:
    return asset is not None and Asset.objects.published().filter(pk=asset.pk).exists()


def _title(proposal: Proposal) -> str:
    """Return what the place is called for whoever has the link: as it is public, or as said.

    The place may have been hidden since, or be one with another that is.
    """
    asset = proposal.asset
    if asset is not None and asset.visibility == Visibility.PUBLISHED:
        return asset.name
    return str(proposal.values.get("name", "A place that is not on the map"))


def _stopped(request: HttpRequest, form: Form) -> HttpResponse | None:
    """Answer machines, and whoever sends too many; None for everybody else."""
    if request.POST.get(limits.TRAP):  # a machine: it is told what everybody is told
        return redirect("proposals:status", token_for(uuid.uuid4()))
    if not limits.network_may(request):
        return render(request, "429.html", status=429)
    return None


def _near(form: SuggestForm) -> list[Alike]:
    """Return public places that may be the one suggested; what else waits tells nobody."""
    if Proposal.objects.filter(client_uuid=form.cleaned_data["client_uuid"]).exists():
        return []
    facts = form.facts()
    if facts.get("location_source") == ROUGH:
        facts["location"] = None
    return alike_to(facts, among=Asset.objects.published())


def _new(request: HttpRequest, form: SuggestForm) -> Proposal | None:
    said = {"values": form.facts(), "where_words": form.cleaned_data["where_words"]}
    return _made(request, form, kind=Kind.NEW, **said)


def _sent_about(
    request: HttpRequest, asset: Asset, gone: GoneForm, form: ChangeForm
) -> Proposal | None:
    if gone.is_bound:
        return _made(request, gone, kind=Kind.GONE, asset=asset) if gone.is_valid() else None
    if not form.is_valid():
        return None
    facts = {"values": form.touched(), "before": form.before()}
    return _made(request, form, kind=Kind.CHANGE, asset=asset, **facts)


def _made(request: HttpRequest, form: Any, **said: Any) -> Proposal | None:
    """Put a suggestion in the queue; None where the form says why not."""
    sent = form.sent()
    if sent["contact"] and not limits.address_may(request, sent["contact"]):
        words = "This address was given very often today. Leave it out, or try tomorrow."
        form.add_error("contact", words)
        return None
    by = None if _is_stranger(request) else request.user
    try:
        return propose(by=by, **said, **sent)
    except AssetError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except ValidationError as error:
        for name, said_of in error.message_dict.items():
            form.add_error(name if name in form.fields else None, said_of)
    return None


def _decided_at_once(request: HttpRequest, proposal: Proposal) -> HttpResponse | None:
    """Take it at once where whoever says so is trusted with the place."""
    user: Any = request.user
    if not user.has_perm(DECIDE, proposal):
        return None
    try:
        approve(by=user, proposal=proposal)
    except (AssetError, ValidationError):
        return None  # it waits; its page says what stands against it
    undo = f"undo:{reverse('proposals:undo', args=[proposal.pk])}"
    messages.success(request, f"Done: {proposal.title}.", extra_tags=undo)
    if proposal.kind == Kind.GONE:
        return redirect("proposals:proposal", proposal.pk)
    target: Any = proposal.asset or "proposals:queue"
    return redirect(target)


def _to_status(proposal: Proposal) -> HttpResponse:
    return private(redirect("proposals:status", token_for(proposal.client_uuid)))


def _form_page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    bad = form.errors or (more.get("gone") and more["gone"].errors)
    context = {"form": form, "trap": limits.TRAP, **more}
    status = CONFLICT if more.get("near") else UNPROCESSABLE if bad else 200
    return render(request, template, context, status=status)
