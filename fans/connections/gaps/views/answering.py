"""A home's answers: on our list, or no, because; the list of noes; undo of each."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assets.models import Asset
from fans.connections.errors import ConnectionsError
from fans.connections.gaps import services
from fans.connections.gaps.forms import NoForm
from fans.connections.gaps.models import Dismissal, Reason
from fans.connections.models import Partnership
from fans.connections.views.access import UNPROCESSABLE, home_for, person_of
from homes.models import Home

NOES_SHOWN = 200


@require_POST
def put_on_list(request: HttpRequest, home_id: int, asset_id: int) -> HttpResponse:
    """Make a place an idea of the home's."""
    home = home_for(request, home_id, services.ANSWER)
    asset = _place(asset_id)
    try:
        tie = services.put_on_list(home=home, asset=asset, by=person_of(request))
    except ConnectionsError as refusal:
        messages.error(request, str(refusal))
    else:
        undo = reverse("gaps:take_off", args=[tie.pk])
        words = f"{tie.partner} is on the list of {home} now, as an idea."
        messages.success(request, words, extra_tags=f"undo:{undo}")
    return _back(home)


@require_POST
def take_off_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a place off the list again that was only just put on it."""
    tie = get_object_or_404(Partnership.objects.select_related("home", "partner__asset"), pk=pk)
    if not request.user.has_perm(services.ANSWER, tie.home):
        raise Http404("Your roles do not reach this home.")
    try:
        services.take_off_list(partnership=tie, by=person_of(request))
    except ConnectionsError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{tie.partner} is off the list.")
    return _back(tie.home)


@require_http_methods(["GET", "HEAD", "POST"])
def no(request: HttpRequest, home_id: int, asset_id: int) -> HttpResponse:
    """Ask why a place is not for the home, and remember it."""
    home = home_for(request, home_id, services.ANSWER)
    asset = _place(asset_id)
    form = NoForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (said := _said(request, home, asset, form)):
        words = f"{said.asset} is not suggested to {home} any more."
        if said.back_on:
            words = f"{said.asset} is not suggested before {said.back_on:%-d %B %Y}."
        undo = reverse("gaps:take_back", args=[said.pk])
        messages.success(request, words, extra_tags=f"undo:{undo}")
        return _back(home)
    status = UNPROCESSABLE if form.errors else 200
    context = {"home": home, "asset": asset, "form": form}
    return render(request, "gaps/no.html", context, status=status)


@require_safe
def noes(request: HttpRequest, home_id: int) -> HttpResponse:
    """Show what the home said no to, and why."""
    home = home_for(request, home_id, "gaps.see")
    rows = Dismissal.objects.of_home(home).select_related("asset")
    context = {
        "home": home,
        "rows": rows[:NOES_SHOWN],
        "today": timezone.localdate(),
        "may_answer": request.user.has_perm(services.ANSWER, home),
    }
    return render(request, "gaps/noes.html", context)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a place be suggested again."""
    said = get_object_or_404(Dismissal.objects.select_related("home", "asset"), pk=pk)
    if not request.user.has_perm(services.ANSWER, said):
        raise Http404("Your roles do not reach this home.")
    services.take_back(dismissal=said, by=person_of(request))
    messages.success(request, f"{said.asset} may be suggested to {said.home} again.")
    return _back(said.home)


def _said(request: HttpRequest, home: Home, asset: Asset, form: NoForm) -> Dismissal | None:
    reason, words = Reason(form.cleaned_data["reason"]), form.cleaned_data["words"]
    try:
        return services.dismiss(
            home=home, asset=asset, by=person_of(request), reason=reason, words=words
        )
    except ConnectionsError as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal.messages[0])
    return None


def _place(asset_id: int) -> Asset:
    """Return a place that everybody may see."""
    return get_object_or_404(Asset.objects.published(), pk=asset_id)


def _back(home: Home) -> HttpResponse:
    return redirect("gaps:home", home.pk)
