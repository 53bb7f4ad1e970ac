"""What comes from places themselves and waits for a champion: claims, and silence."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fans.people.errors import PeopleError
from fans.people.giving import givable
from fans.people.models import Membership, Person, Role
from fans.people.partners.errors import PartnersError
from fans.people.partners.forms import VouchForm, WordsForm
from fans.people.partners.models import Claim, Ending
from fans.people.partners.reports import assets_unanswered, claims_waiting, kept_among
from fans.people.partners.services import claiming, ending
from fans.people.signals import people_shown

PAGE_LENGTH = 25
MOST_SHOWN = 25
CONFLICT = 409
BAD = 400


@require_safe
def word(request: HttpRequest) -> HttpResponse:
    """List claims, places that never answered, and who keeps which entry."""
    return _page(request)


def _page(
    request: HttpRequest,
    *,
    of: int = 0,
    vouch: VouchForm | None = None,
    words: WordsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    reach = request.scopes("assets.publish")  # type: ignore[attr-defined]
    page = Paginator(claims_waiting(reach), PAGE_LENGTH).get_page(request.GET.get("page"))
    claims = list(page.object_list)
    silent = assets_unanswered(reach.area_ids, everywhere=reach.everywhere).order_by("name")
    keepers = _keepers(request)
    people_shown.send(Claim, request=request, rows=[*keepers], action="assets.publish")
    context = {
        "page": page,
        "claims": [_to_decide(row, of, vouch, words) for row in claims],
        "kept": kept_among(row.asset_id for row in claims),
        "silent": silent[:MOST_SHOWN],
        "silent_count": silent.count(),
        "keepers": keepers,
    }
    return render(request, "partners/word.html", context, status=status)


def _to_decide(
    row: Claim, of: int, vouch: VouchForm | None, words: WordsForm | None
) -> dict[str, Any]:
    """Return a claim with its two forms; the one that was sent keeps what was typed."""
    asked: dict[str, Any] = {"initial": {"email": row.email}, "auto_id": f"id_{row.pk}_%s"}
    return {
        "claim": row,
        "vouch": vouch if vouch and row.pk == of else VouchForm(**asked),
        "refuse": words if words and row.pk == of else WordsForm(auto_id=f"id_{row.pk}_%s"),
    }


def _keepers(request: HttpRequest) -> list[Membership]:
    person = cast(Person, request.user)
    held = Membership.objects.filter(givable(person), role=Role.PARTNER, ended_at__isnull=True)
    return list(held.select_related("person", "asset").order_by("asset__name", "pk")[:200])


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Vouch for whoever claims a place, or refuse with words."""
    by = cast(Person, request.user)
    claim = get_object_or_404(Claim.objects.select_related("asset"), pk=pk)
    if not by.has_perm("assets.publish", claim):
        raise Http404("No such claim.")
    auto_id = f"id_{claim.pk}_%s"
    try:
        if request.POST.get("do") == "vouch":
            form = VouchForm(request.POST, auto_id=auto_id)
            if not form.is_valid():
                return _page(request, of=claim.pk, vouch=form, status=BAD)
            claiming.vouch(claim=claim, by=by, email=form.cleaned_data["email"])
            words = f"Invited. With a yes, {claim.asset.name} is kept right by its own people."
        else:
            refusal = WordsForm(request.POST, auto_id=auto_id)
            if not refusal.is_valid():
                return _page(request, of=claim.pk, words=refusal, status=BAD)
            claiming.refuse(claim=claim, by=by, words=refusal.cleaned_data["words"])
            words = "Refused. Whoever asked can read your words by their own link."
    except (PartnersError, PeopleError) as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)
    return redirect("partners:word")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the role of somebody who keeps an entry, with a reason; can be taken back."""
    by = cast(Person, request.user)
    membership = get_object_or_404(_givable_partners(by), pk=pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, f"Not ended. {said}")
        return redirect("partners:word")
    try:
        row = ending.end(membership=membership, by=by, reason=form.cleaned_data["words"])
    except (PartnersError, PeopleError) as error:
        messages.error(request, str(error))
    else:
        undo = reverse("partners:take_back", args=[row.pk])
        words = f"Ended. {membership.person} no longer keeps {membership.asset} right."
        messages.success(request, words, extra_tags=f"undo:{undo}")
    return redirect("partners:word")


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role back that was ended a moment ago."""
    by = cast(Person, request.user)
    row = get_object_or_404(Ending.objects.select_related("membership"), pk=pk)
    if not _givable_partners(by).filter(pk=row.membership_id).exists():
        raise Http404("No such ending.")
    try:
        ending.take_back(ending=row, by=by)
    except PeopleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Taken back: the role holds as before.")
    return redirect("partners:word")


def _givable_partners(by: Person) -> Any:
    held = Membership.objects.filter(givable(by), role=Role.PARTNER)
    return held.select_related("person", "asset")
