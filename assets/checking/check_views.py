"""The quick check: every fact of a place on one screen, ticked and sent in seconds."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.boundfield import BoundWidget
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from assets.checking.errors import TooLateToUndoError
from assets.checking.forms import CheckForm
from assets.checking.services import check_facts, undo_checks
from assets.checking.standing import Standing, standing_of
from assets.choices import CheckMethod, Fact
from assets.models import Asset, Visibility
from assets.standing import stands_for
from assets.telling import lines_of

_MOST_IDS: Final = 20


@dataclass(frozen=True)
class Row:
    """One fact to tick: what we say, and when somebody last checked it."""

    tick: BoundWidget
    lines: list[str]
    standing: Standing

    @property
    def words(self) -> str:
        """How its last check stands."""
        return self.standing.words()


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of a place to whoever may correct it; note what is still right."""
    asset = _to_check(request, pk)
    standing = standing_of(asset, timezone.localdate())
    form = CheckForm(request.POST if request.method == "POST" else None, standing=standing)
    back = _next(request) or resolve_url(asset)
    if form.is_valid():
        facts = [Fact(value) for value in form.cleaned_data["facts"]]
        how = CheckMethod(form.cleaned_data["how"])
        noted = check_facts(by=request.user, asset=asset, facts=facts, how=how)
        ids = "-".join(str(one.pk) for one in noted)
        undo = reverse("checking:undo", args=[asset.pk, ids])
        undo = f"{undo}?{urlencode({'next': back})}"
        words = f"Thank you. {len(noted)} of {len(form['facts'])} facts checked: {asset.name}."
        messages.success(request, words, extra_tags=f"undo:{undo}")
        return redirect(back)
    context = {
        "asset": asset,
        "form": form,
        "rows": _rows(asset, form, standing),
        "next": _next(request),
        "back": back,
    }
    return render(request, "checking/check.html", context, status=400 if form.errors else 200)


@require_POST
def undo(request: HttpRequest, pk: int, checks: str) -> HttpResponse:
    """Take back what was noted in the last ten minutes."""
    asset = _to_check(request, pk)
    numbers = [int(part) for part in checks.split("-") if part.isdigit() and len(part) < 19]
    back = _next(request) or resolve_url(asset)
    try:
        undo_checks(by=request.user, asset=asset, checks=numbers[:_MOST_IDS])
    except TooLateToUndoError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Taken back: {asset.name}.")
    return redirect(back)


def _to_check(request: HttpRequest, pk: int) -> Asset:
    user: Any = request.user
    asset = get_object_or_404(Asset, pk=pk)
    if asset.merged_into_id is not None:
        asset = Asset.objects.get(pk=stands_for(pk))
    if user.has_perm("assets.edit", asset):
        return asset
    if asset.visibility == Visibility.PUBLISHED:
        raise PermissionDenied("Your roles do not allow this: check this place or group.")
    raise Http404("No such place.")


def _next(request: HttpRequest) -> str:
    """Return the page to go back to: one of ours, "" for none."""
    url = request.POST.get("next") or request.GET.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


def _rows(asset: Asset, form: CheckForm, standing: dict[Fact, Standing]) -> list[Row]:
    rows = []
    for tick in form["facts"]:
        fact = Fact(str(tick.data["value"]))
        lines = lines_of(asset, fact)
        if fact == Fact.PLACE:
            lines = [asset.name, *lines]
        elif fact == Fact.CONTACT:
            lines += [text for text in (asset.email, asset.who_to_ask) if text]
        rows.append(Row(tick, lines, standing[fact]))
    return rows
