"""Claiming a place: for anybody; and what the place itself says to it, by a mailed link."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assets.models import Asset
from fans.people.errors import PeopleError
from fans.people.kept_token import forget, keep, kept, private
from fans.people.partners import limits
from fans.people.partners.errors import LinkIsOverError, NotPublicError
from fans.people.partners.forms import TRAP, ClaimForm
from fans.people.partners.reports import kept_by_itself
from fans.people.partners.services import claiming
from fans.people.partners.tokens import link_to
from fans.people.views.invitation import keep_invitation

MAILED = "place-claim"
OWN = "own-claim"
GONE = 410
BAD = 400


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who says that a place is theirs; no account is needed."""
    asset = get_object_or_404(Asset.objects.published(), pk=pk)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "asset": asset,
            "form": form,
            "trap": TRAP,
            "is_kept": kept_by_itself(asset),
            "is_mailed": claiming.may_be_mailed(asset),
            "shown_email": asset.shown_email(),
        }
        return render(
            request, "partners/claim.html", context, status=BAD if form.errors else 200
        )
    if request.POST.get(TRAP):  # a machine: it is told what everybody is told
        return redirect("partners:own_claim")
    if not (limits.network_may(request) and limits.place_may(request, asset.pk)):
        return render(request, "429.html", status=429)
    try:
        _, own = claiming.claim(asset=asset, **form.cleaned_data)
    except NotPublicError as error:
        raise Http404(str(error)) from error
    return private(keep(OWN, own, page=reverse("partners:own_claim")))


@require_safe
def open_own(request: HttpRequest, token: str) -> HttpResponse:
    """Put the token of somebody's own claim out of the address."""
    return keep(OWN, token, page=reverse("partners:own_claim"))


@require_safe
def own_claim(request: HttpRequest) -> HttpResponse:
    """Say what became of somebody's own claim."""
    token = kept(request, OWN)
    found = claiming.own(token=token)
    if found is None:
        return private(render(request, "partners/own_claim_none.html"))
    context = {
        "claim": found,
        "asset": found.asset,
        "link": link_to("partners:open_own", token),
    }
    return private(render(request, "partners/own_claim.html", context))


@require_safe
def open_claim(request: HttpRequest, token: str) -> HttpResponse:
    """Put the token out of the address; mail scanners that come by change nothing."""
    return keep(MAILED, token, page=reverse("partners:claim_answer"))


@require_http_methods(["GET", "HEAD", "POST"])
def claim_answer(request: HttpRequest) -> HttpResponse:
    """Show who claims a place to whoever reads its mail; ``do`` is yes or no."""
    token = kept(request, MAILED)
    found = claiming.find(token=token)
    if found is None:
        return private(_over(request))
    if request.method != "POST":
        context = {"claim": found, "asset": found.asset}
        return private(render(request, "partners/claim_answer.html", context))
    if request.POST.get("about") != str(found.pk):
        messages.error(request, "You have opened another link since. This is what it is about.")
        return private(redirect("partners:claim_answer"))
    try:
        return private(_answered(request, token))
    except LinkIsOverError:
        return private(_over(request))


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    match request.POST.get("do"):
        case "yes":
            try:
                opens = claiming.say_yes(token=token)
            except (PeopleError, ValidationError):
                messages.error(
                    request, "This does not work just now. Please try again tomorrow."
                )
                return redirect("partners:claim_answer")
            return forget(keep_invitation(opens), MAILED)
        case "no":
            row = claiming.say_no(token=token)
            page = render(request, "partners/claim_denied.html", {"asset": row.asset})
            return forget(page, MAILED)
        case _:
            messages.error(request, "We could not tell what to do. Please try again.")
            return redirect("partners:claim_answer")


def _over(request: HttpRequest) -> HttpResponse:
    page = render(request, "partners/link_over.html", {"purpose": "claim"}, status=GONE)
    return forget(page, MAILED)
