"""Pages to add a place or group, and to correct one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import BoundField, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from assets import services
from assets.duplicates import Alike, alike
from assets.errors import AssetError, ChangedMeanwhileError
from assets.forms import AddForm, EditForm, PlaceForm
from assets.models import Asset, AssetQuerySet, Visibility
from assets.placing import read_view


@dataclass(frozen=True)
class Difference:
    """A field that somebody else saved otherwise than this person typed it."""

    label: str
    theirs: str
    yours: str


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the form for a new place; save it, unless it may be one of those near it."""
    form = AddForm(request.POST) if request.method == "POST" else AddForm()
    near: list[Alike] = []
    if form.is_valid():
        near = [] if "not_same" in request.POST else _alike(request, form)
        asset = None if near else _saved_new(request, form)
        if asset is not None:
            return redirect(resolve_url(asset))
    return _answer(request, "assets/add.html", form, near=near)


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
                return redirect(resolve_url(saved))
    user: Any = request.user
    is_draft = asset.visibility == Visibility.DRAFT
    context = {
        "asset": asset,
        **meanwhile,
        "may_publish": is_draft and user.has_perm("assets.publish", asset),
    }
    return _answer(request, "assets/edit.html", form, **context)


def _to_edit(request: HttpRequest, pk: int) -> Asset:
    user: Any = request.user
    asset = get_object_or_404(Asset, pk=pk)
    if user.has_perm("assets.edit", asset):
        return asset
    if _visible(request).filter(pk=pk).exists():
        raise PermissionDenied("Your roles do not allow this: correct this place or group.")
    raise Http404("No such place.")


def _answer(
    request: HttpRequest, template: str, form: PlaceForm, **context: Any
) -> HttpResponse:
    at = form.start_at or read_view(request.GET.get("at", ""))
    asked_back = context.get("near") or context.get("changed")
    status = 409 if asked_back else 400 if form.errors else 200
    return render(request, template, {"form": form, "at": at, **context}, status=status)


def _visible(request: HttpRequest) -> AssetQuerySet:
    reach = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    return Asset.objects.visible_to(
        everywhere=reach.everywhere, area_ids=reach.area_ids, added_by=request.user.pk
    )


def _alike(request: HttpRequest, form: AddForm) -> list[Alike]:
    return alike(
        name=form.cleaned_data["name"],
        point=form.placing.point if form.placing else None,
        among=_visible(request),
        but=form.cleaned_data["client_uuid"],
    )


def _saved_new(request: HttpRequest, form: AddForm) -> Asset | None:
    try:
        asset = services.add_asset(
            by=request.user, client_uuid=form.cleaned_data["client_uuid"], **form.details()
        )
    except (AssetError, ValidationError) as error:
        _say(form, error)
        return None
    if asset.visibility == Visibility.PUBLISHED:
        messages.success(request, f"{asset.name} is on the map.")
    else:
        messages.success(
            request, f"Saved. {asset.name} waits for a champion before others see it."
        )
    return asset


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
        _say(form, error)
        return None
    words = f"{saved.name} is on the map." if publish else f"Saved: {saved.name}."
    messages.success(request, words)
    return saved


def _say(form: Form, error: AssetError | ValidationError) -> None:
    """Put a service's refusal where the person can see it."""
    if isinstance(error, AssetError):
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return
    for name, said in error.message_dict.items():
        form.add_error(name if name in form.fields else None, said)


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
