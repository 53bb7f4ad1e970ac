"""A champion lets mail go to the address of a place, or no more."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from assets.models import Asset
from fans.people.models import Person
from fans.people.partners.models import Question
from fans.people.post import receivers, services
from fans.people.post.errors import MayNotApproveError, NoAddressError
from fans.people.post.models import Kind


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what approving an address means; ``do`` is approve or withdraw."""
    by = cast(Person, request.user)
    asset = get_object_or_404(Asset, pk=pk, merged_into__isnull=True)
    if not by.has_perm("assets.publish", asset):
        raise Http404("No such place.")
    if request.method == "POST":
        return _done(request, asset, by)
    reason = receivers.why_not(Kind.PARTNER, asset.email, asset) if asset.email else ""
    wants_none = reason in {receivers.WANTS_NONE, receivers.COMES_BACK}
    context = {
        "asset": asset,
        "approval": receivers.approval_of(asset, asset.email) if asset.email else None,
        "questions": Question.objects.filter(asset=asset)[:10],
        "reason": reason if wants_none and by.has_perm("people.see_stopped_mail") else "",
    }
    return render(request, "partners/mail.html", context)


def _done(request: HttpRequest, asset: Asset, by: Person) -> HttpResponse:
    do, seen = request.POST.get("do"), request.POST.get("address")
    try:
        if do == "approve" and seen == asset.email:
            services.approve(asset=asset, by=by)
            messages.success(request, "Approved. We may write to this address now.")
        elif do == "approve":
            messages.error(request, "The address has changed meanwhile. Look at it again.")
        elif do == "withdraw":
            services.withdraw_approval(asset=asset, by=by)
            messages.success(request, "Taken back. Nothing more goes to this address.")
        else:
            messages.error(request, "We could not tell what to do. Please try again.")
    except (MayNotApproveError, NoAddressError) as error:
        messages.error(request, str(error))
    return redirect("partners:mail", asset.pk)
