"""Pages that make one record of two, and two of one again."""

import re
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assets.cleaning import clean_text
from assets.errors import AssetError, ChangedMeanwhileError
from assets.models import Asset, AssetQuerySet
from assets.standing import stands_for, unmerged
from assets.twins import telling
from assets.twins.errors import UndoRefusedError
from assets.twins.finding import find
from assets.twins.merge_forms import MergeForm
from assets.twins.merging import merge as merge_records
from assets.twins.models import Merge
from assets.twins.records import facts_of_asset
from assets.twins.undoing import in_the_way, undo

PAGE_LENGTH: Final = 20
FOUND: Final = 10
_NUMBER: Final = re.compile("[0-9]{1,18}")


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the record that is the same as this one, choose what is kept, make them one."""
    asked = request.POST.get("other", "") if request.POST else request.GET.get("with", "")
    keep = _record(request, pk)
    if keep.merged_into_id is not None:
        return redirect("twins:merge", pk=stands_for(pk))
    if not asked:
        return render(request, "twins/merge_find.html", _found(request, keep))
    if not _NUMBER.fullmatch(asked) or stands_for(int(asked)) == pk:
        raise Http404("No such place.")
    lose = _record(request, stands_for(int(asked)))
    if request.method != "POST":
        return _ask(request, MergeForm(keep=keep, lose=lose))
    return _merge(request, MergeForm(request.POST, keep=keep, lose=lose))


def _merge(request: HttpRequest, form: MergeForm) -> HttpResponse:
    if not form.is_valid():
        return _ask(request, form, status=400)
    try:
        made = merge_records(
            by=request.user,
            keep=form.keep,
            lose=form.lose,
            choices=form.choices(),
            seen=form.seen(),
        )
    except ChangedMeanwhileError:
        now = {asset.pk: asset for asset in Asset.objects.filter(pk__in=form.seen())}
        again = MergeForm(keep=now[form.keep.pk], lose=now[form.lose.pk])
        return _ask(request, again, changed=True, status=409)
    except ValidationError as error:
        form.add_error(None, error)
    except AssetError as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, f"{made.lose} is now part of {made.keep}.")
        return redirect("twins:merged", pk=made.pk)
    return _ask(request, form, status=409)


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """List what was merged within one's reach, the latest first."""
    reach = request.scopes("assets.publish")  # type: ignore[attr-defined]
    rows = Merge.objects.inside(everywhere=reach.everywhere, area_ids=reach.area_ids)
    rows = rows.select_related("keep", "lose", "by", "undone_by").defer("record")
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "twins/merges.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def merged(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one merge, what undoing it would not bring back, and undo it."""
    row = get_object_or_404(Merge.objects.select_related("keep", "lose", "by"), pk=pk)
    user: Any = request.user
    if not all(user.has_perm("assets.publish", asset) for asset in (row.keep, row.lose)):
        raise Http404("No such merge.")
    problem = ""
    if request.method == "POST":
        try:
            row = undo(by=request.user, merge=row)
        except UndoRefusedError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"{row.lose} and {row.keep} are two again.")
            return redirect("twins:merged", pk=row.pk)
    context = {
        "merge": row,
        "problem": problem,
        "in_the_way": [] if row.undone_at else in_the_way(row),
        "leaves": [] if row.undone_at else telling.what_undo_leaves(row),
    }
    return render(request, "twins/merged.html", context, status=409 if problem else 200)


def _record(request: HttpRequest, pk: int) -> Asset:
    """Return a record that this person may make one with another."""
    user: Any = request.user
    asset = get_object_or_404(Asset, pk=pk)
    if user.has_perm("assets.publish", asset):
        return asset
    if _visible(request).filter(pk=pk).exists():
        raise PermissionDenied("Your roles do not allow this: merge this place or group.")
    raise Http404("No such place.")


def _visible(request: HttpRequest) -> AssetQuerySet:
    reach = request.scopes("assets.view_draft")  # type: ignore[attr-defined]
    return unmerged(
        Asset.objects.visible_to(
            everywhere=reach.everywhere, area_ids=reach.area_ids, added_by=request.user.pk
        )
    )


def _found(request: HttpRequest, keep: Asset) -> dict[str, Any]:
    """Return what may be the same, and what a search finds: the nearest first."""
    text = clean_text(request.GET.get("q", ""))[:200]
    others = _visible(request).exclude(pk=keep.pk)
    rows = others.matching(text) if text else others.none()
    if keep.location is not None:
        rows = rows.filter(~Q(location=None)).nearest_first(to=keep.location)
    found = list(rows[:FOUND])
    alike = [] if text else find(facts_of_asset(keep), among=others)
    return {"keep": keep, "q": text, "found": found, "alike": alike}


def _ask(
    request: HttpRequest, form: MergeForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    keep, lose = form.keep, form.lose
    choices = form.suggested
    metres = None
    if keep.location is not None and lose.location is not None:
        near: Any = Asset.objects.filter(pk=lose.pk).with_distance(from_=keep.location)
        metres = near.get().distance.m
    context = {
        "form": form,
        "keep": keep,
        "lose": lose,
        "metres": metres,
        "moves": telling.what_moves(keep, lose, choices),
        "parts": telling.what_parts(keep, lose, choices),
        **more,
    }
    return render(request, "twins/merge.html", context, status=status)
