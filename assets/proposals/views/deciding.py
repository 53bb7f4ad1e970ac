"""The queue of suggestions, and the page on which one is decided."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assets.errors import AssetError, ChangedMeanwhileError
from assets.models import Asset, AssetQuerySet
from assets.proposals import services
from assets.proposals.colleagues import who_may
from assets.proposals.deciding import approve, refuse
from assets.proposals.models import Kind, Proposal, State, drafts
from assets.proposals.queue import Narrowed, by_locality, waiting
from assets.proposals.reviewing import (
    ChangeReview,
    Checked,
    NewReview,
    RefuseForm,
    look_alikes,
    move_of,
)
from assets.proposals.rough import SOURCE as ROUGH
from assets.proposals.services import DECIDE
from assets.proposals.undoing import reopen, undo
from assets.proposals.values import rows
from geo.inside import inside_areas

_DONE: Final = {
    Kind.NEW: "is on the map",
    Kind.CHANGE: "is put right",
    Kind.GONE: "was taken off the map",
}
PAGE_LENGTH: Final = 50
CONFLICT, UNPROCESSABLE = 409, 422
LARGEST: Final = 2**63
CHANGED: Final = (
    "Somebody has changed this place while you were looking. Look at it as it is now."
)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits, by locality, the longest first."""
    entries = waiting(request.scopes(DECIDE))  # type: ignore[attr-defined]
    narrowed = Narrowed(
        kind=request.GET.get("kind", ""),
        area=request.GET.get("area", ""),
        mine=request.user if "mine" in request.GET else None,
    )
    kept = [entry for entry in entries if narrowed.keeps(entry)]
    ordered = [entry for each in by_locality(kept) for entry in each.entries]
    page = Paginator(ordered, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "localities": by_locality(page.object_list),
        "areas": sorted({entry.area for entry in entries}),
        "kinds": [(kind, sum(entry.kind == kind for entry in entries)) for kind in Kind],
        "mine_count": sum(entry.assigned_to == request.user for entry in entries),
        "all_count": len(entries),
        "narrowed": narrowed,
        "is_narrowed": len(kept) != len(entries) or narrowed != Narrowed(),
    }
    return render(request, "proposals/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a suggestion beside what is on the map, and take the decision about it."""
    return _decide(request, _in_reach(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft like a suggestion; it becomes one with the first thing that is done."""
    asset = _draft_in_reach(request, pk)
    known = Proposal.objects.filter(kind=Kind.NEW, asset=asset).order_by("-pk").first()
    if known is None and request.method == "POST":
        known = services.adopt(by=request.user, draft=asset)
    if known is not None:
        if request.method == "POST":
            return _decide(request, known)
        return redirect("proposals:proposal", known.pk)
    return _page(request, services.of_draft(asset))


@require_POST
def undo_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an approval, or a refusal, and say what was left."""
    proposal = _in_reach(request, pk)
    user: Any = request.user
    try:
        if proposal.state == State.APPROVED:
            _say_undone(request, proposal, undo(by=user, proposal=proposal))
        else:
            reopen(by=user, proposal=proposal)
            messages.success(request, f"{proposal.title} waits again. No mail was sent.")
    except (AssetError, ValidationError) as error:
        messages.error(request, _words_of(error))
    return redirect("proposals:proposal", proposal.pk)


def _in_reach(request: HttpRequest, pk: int) -> Proposal:
    reach = request.scopes(DECIDE)  # type: ignore[attr-defined]
    rows = Proposal.objects.in_reach(everywhere=reach.everywhere, area_ids=reach.area_ids)
    if pk >= LARGEST:
        raise Http404("There is no such suggestion.")
    people = ("made_by", "assigned_to", "decided_by")
    return get_object_or_404(rows.select_related("asset", "area", *people), pk=pk)


def _draft_in_reach(request: HttpRequest, pk: int) -> Asset:
    reach = request.scopes(DECIDE)  # type: ignore[attr-defined]
    if pk >= LARGEST:
        raise Http404("There is no such place.")
    known = Proposal.objects.filter(kind=Kind.NEW, asset__isnull=False).values("asset")
    rows = drafts() | Asset.objects.filter(pk__in=known)
    if not reach.everywhere:
        rows = rows.filter(inside_areas(reach.area_ids))
    return get_object_or_404(rows, pk=pk)


def _decide(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    if request.method != "POST":
        return _page(request, proposal)
    do = request.POST.get("do", "")
    if do == "assign":
        return _assigned(request, proposal)
    if do == "refuse":
        return _refused(request, proposal)
    return _approved(request, proposal)


def _approved(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = _form_of(proposal, request.POST)
    if not form.is_valid():
        return _page(request, proposal, form=form, status=UNPROCESSABLE)
    taken = form.approval() if hasattr(form, "approval") else form.checks()
    try:
        proposal = approve(by=request.user, proposal=proposal, **taken)
    except ChangedMeanwhileError:
        messages.error(request, CHANGED)
        return _page(request, proposal, status=CONFLICT)
    except (AssetError, ValidationError) as error:
        return _not_done(request, proposal, form, error)
    _say(request, proposal, f"{proposal.title} {_DONE[Kind(proposal.kind)]}.")
    return redirect("proposals:queue")


def _refused(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, refusing=form, status=UNPROCESSABLE)
    try:
        refuse(by=request.user, proposal=proposal, words=form.said())
    except (AssetError, ValidationError) as error:
        return _not_done(request, proposal, form, error)
    _say(request, proposal, f"Not taken: {proposal.title}.")
    return redirect("proposals:queue")


def _assigned(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    people = {str(each.pk): each for each in who_may(DECIDE, proposal)}
    to = people.get(request.POST.get("to", ""))
    try:
        services.assign(by=request.user, proposal=proposal, to=to)
    except AssetError as error:
        messages.error(request, str(error))
    else:
        words = f"{to} looks at it." if to else "Whoever comes first looks at it."
        messages.success(request, words)
    return redirect("proposals:proposal", proposal.pk)


def _not_done(
    request: HttpRequest, proposal: Proposal, form: Any, error: AssetError | ValidationError
) -> HttpResponse:
    """Say why nothing was done; a page that is out of date is shown anew."""
    proposal.refresh_from_db()
    if proposal.state != State.WAITING:
        messages.error(request, _words_of(error))
        return _page(request, proposal, status=CONFLICT)
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        for name, words in error.message_dict.items():
            place = next((n for n in (name, f"new_{name}") if n in form.fields), None)
            form.add_error(place, words)
    else:
        form.add_error(None, _words_of(error))
    which = "refusing" if isinstance(form, RefuseForm) else "form"
    return _page(request, proposal, status=CONFLICT, **{which: form})


def _form_of(proposal: Proposal, data: Any = None) -> Any:
    if proposal.kind == Kind.CHANGE:
        return ChangeReview(data, proposal=proposal)
    if proposal.kind == Kind.NEW and proposal.asset_id is None:
        return NewReview(data, proposal=proposal)
    return Checked(data)


def _page(
    request: HttpRequest,
    proposal: Proposal,
    *,
    form: Form | None = None,
    refusing: RefuseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_waiting = proposal.state == State.WAITING
    near = look_alikes(proposal, visible=_visible(request)) if is_waiting else []
    context = {
        "proposal": proposal,
        "form": form or _form_of(proposal),
        "refusing": refusing or RefuseForm(initial={"reason": "twice"} if near else None),
        "is_waiting": is_waiting,
        "is_new_form": proposal.kind == Kind.NEW and proposal.asset_id is None,
        "is_rough": proposal.location_source == ROUGH,
        "move": move_of(proposal),
        "said": rows(proposal),
        "near": near,
        "colleagues": who_may(DECIDE, proposal) if is_waiting else [],
        "may_undo": proposal.state in {State.APPROVED, State.REFUSED, State.UNDONE},
        "at": _start_at(proposal),
    }
    return render(request, "proposals/proposal.html", context, status=status)


def _visible(request: HttpRequest) -> AssetQuerySet:
    reach = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    return Asset.objects.visible_to(
        everywhere=reach.everywhere, area_ids=reach.area_ids, added_by=request.user.pk
    )


def _start_at(proposal: Proposal) -> str:
    """Return where the map begins, as lat,lon,zoom; "" for anywhere."""
    point = proposal.location or (proposal.asset.location if proposal.asset else None)
    zoom = 13 if proposal.location_source == ROUGH else 17
    return f"{point.y:.5f},{point.x:.5f},{zoom}" if point else ""


def _say(request: HttpRequest, proposal: Proposal, words: str) -> None:
    url = reverse("proposals:undo", args=[proposal.pk])
    messages.success(request, words, extra_tags=f"undo:{url}")


def _say_undone(request: HttpRequest, proposal: Proposal, left: list[str]) -> None:
    if left:
        words = ", ".join(left)
        messages.error(
            request,
            f"Undone, but for what somebody has changed since. Left as it is: {words}.",
        )
    elif proposal.kind == Kind.NEW:
        messages.success(request, f"Undone. {proposal.title} is off the map again.")
    else:
        messages.success(request, f"Undone. {proposal.title} is as it was before.")


def _words_of(error: AssetError | ValidationError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
