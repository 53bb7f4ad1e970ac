"""The page to correct a place or group."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from assets import services
from assets.errors import AssetError, ChangedMeanwhileError
from assets.forms import EditForm, PlaceForm
from assets.models import Asset, AssetQuerySet, Visibility
from assets.saying import say
from assets.standing import stands_for

# The one page that leads here and wants people back: never an address of elsewhere.
_OF_A_ROUND: Final = re.compile(r"/rounds/[0-9]{1,18}/stops/[0-9]{1,18}/")


@dataclass(frozen=True)
class Difference:
    """A field that somebody else saved otherwise than this person typed it."""

    label: str
    theirs: str
    yours: str


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a place's form to those who may correct it; save what they put right."""
    asset = _to_edit(request, pk)
    form = EditForm(request.POST if request.method == "POST" else None, asset=asset)
    meanwhile: dict[str, Any] = {}
    if form.is_valid():
        try:
            saved = _saved_again(request, form, asset)
        except ChangedMeanwhileError:
            form, differences = _again(request, asset, form)
            meanwhile = {"changed": True, "differences": differences}
        else:
            if saved is not None:
                return redirect(_way_back(request) or resolve_url(saved))
    user: Any = request.user
    is_draft = asset.visibility == Visibility.DRAFT
    context = {
        "asset": asset,
        **meanwhile,
        "back": _way_back(request).partition("?")[0],
        "may_publish": is_draft and user.has_perm("assets.publish", asset),
    }
    return _answer(request, "assets/edit.html", form, **context)


def _way_back(request: HttpRequest) -> str:
    """Return where somebody on a round goes on; "" for everybody else."""
    back = request.GET.get("back", "")
    return f"{back}?changed=1" if _OF_A_ROUND.fullmatch(back) else ""


def _to_edit(request: HttpRequest, pk: int) -> Asset:
    user: Any = request.user
    asset = get_object_or_404(Asset, pk=pk)
    if asset.merged_into_id is not None:
        # What was typed for it meanwhile is put beside what the other one says.
        asset = Asset.objects.get(pk=stands_for(pk))
    if user.has_perm("assets.edit", asset):
        return asset
    if _visible(request).filter(pk=asset.pk).exists():
        raise PermissionDenied("Your roles do not allow this: correct this place or group.")
    raise Http404("No such place.")


def _answer(
    request: HttpRequest, template: str, form: PlaceForm, **context: Any
) -> HttpResponse:
    status = 409 if context.get("changed") else 400 if form.errors else 200
    return render(
        request, template, {"form": form, "at": form.start_at, **context}, status=status
    )


def _visible(request: HttpRequest) -> AssetQuerySet:
    reach = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    return Asset.objects.visible_to(
        everywhere=reach.everywhere, area_ids=reach.area_ids, added_by=request.user.pk
    )


def _saved_again(request: HttpRequest, form: EditForm, asset: Asset) -> Asset | None:
    publish = "publish" in request.POST
    try:
        with transaction.atomic():
            saved = services.edit_asset(
                by=request.user,
                asset=asset,
                seen_at=form.cleaned_data["seen_at"],
                **form.details(),
            )
            if publish:
                saved = services.publish_asset(by=request.user, asset=saved)
    except ChangedMeanwhileError:
        raise
    except (AssetError, ValidationError) as error:
        say(form, error)
        return None
    words = f"{saved.name} is on the map." if publish else f"Saved: {saved.name}."
    messages.success(request, words)
    return saved


def _again(
    request: HttpRequest, asset: Asset, form: EditForm
) -> tuple[EditForm, list[Difference]]:
    """Return the form with all that was typed, to be saved over what somebody else saved."""
    asset.refresh_from_db()
    theirs = EditForm(asset=asset)
    typed = request.POST.copy()
    typed["seen_at"] = theirs.initial["seen_at"]
    differences = [
        Difference(str(field.label), _in_words(field, before), _in_words(field, now))
        for field in form
        if not field.is_hidden
        and (before := theirs.initial.get(field.name, ""))
        != (now := form.cleaned_data.get(field.name, ""))
    ]
    return EditForm(typed, asset=asset), differences


def _in_words(field: BoundField, value: Any) -> str:
    """Return a value as people read it: a choice by its label."""
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value)) or "nothing"
