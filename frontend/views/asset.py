"""One place or group: what it could give, each fact with its own check, its ties."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assets.categories import BY_SLUG
from assets.checking.standing import Standing, standing_of
from assets.models import Asset, AssetSource, CheckState, Fact, OpenState, Visibility
from assets.origins import licence_url
from assets.standing import stands_for
from assets.telling import LABELS, ages_of, lines_of, now_of, soon_closed_of
from fans.connections.reports import ties_named_in_public
from fans.people.models import Membership, Role
from fans.people.permissions import places_asked_once
from homes.models import Home


@dataclass(frozen=True)
class FactRow:
    """One fact as the page shows it: what we know, and its latest check."""

    label: str
    lines: list[str]
    standing: Standing
    words: str
    url: str = ""

    @property
    def state(self) -> CheckState:
        """Whether its check is fresh, due or stale."""
        return self.standing.state


@require_safe
def asset_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a published place; a draft only to those who may see it.

    The address of a record that was merged leads to the one it went into; not for ever,
    since a merge can be undone.
    """
    rows = Asset.objects.annotate(others=_others())
    asset = get_object_or_404(rows, pk=pk)
    if asset.merged_into_id is not None:
        asset = rows.get(pk=stands_for(pk))
    with places_asked_once():
        return _page(request, pk, asset)


def _page(request: HttpRequest, pk: int, asset: Any) -> HttpResponse:
    if not _is_open_to(request, asset):
        raise Http404("No such place.")
    if asset.pk != pk:
        return redirect("frontend:asset", pk=asset.pk)
    may_merge = request.user.has_perm("assets.publish", asset)
    context = {
        "asset": asset,
        "licence_url": licence_url(asset.source_licence),
        "category": BY_SLUG[asset.category],
        "rows": fact_rows(asset, timezone.localdate()),
        "now": now_of(asset, timezone.now()),
        "soon_closed": soon_closed_of(asset, timezone.localdate()),
        "ages": ages_of(asset),
        "could_give": _lines(asset.could_give),
        "would_love": _lines(asset.would_love),
        "ties": ties_named_in_public(asset=asset),
        # Asked of no asset: a home's people look for partners wherever they are.
        "may_see_contact": request.user.has_perm("assets.view_contact"),
        "may_edit": request.user.has_perm("assets.edit", asset),
        "homes_to_log_for": _own_homes(request),
        "may_merge": may_merge,
        "merged_from": _merged_from(asset, names_all=may_merge),
    }
    return render(request, "frontend/asset.html", context)


def _others() -> ArraySubquery:
    """Ask along for the records that went into one: how each is called and whose it was."""
    columns = ("name", "source", "source_attribution", "source_licence", "published_on")
    facts = JSONObject(**{column: column for column in columns})
    merged = Asset.objects.filter(merged_into=OuterRef("pk")).order_by("name", "pk")
    return ArraySubquery(merged.values_list(facts))


def _merged_from(asset: Any, *, names_all: bool) -> list[Asset]:
    """Return the records that went into one.

    One that never was public may hold a name that no champion would have let out: it is
    not told but to champions. Its source is named to all.
    """
    records = [Asset(**facts) for facts in asset.others]
    if names_all:
        return records
    for record in records:
        record.name = record.name if record.published_on else ""
    return [each for each in records if each.name or each.source != AssetSource.LOCAL]


def _is_open_to(request: HttpRequest, asset: Asset) -> bool:
    if asset.visibility == Visibility.PUBLISHED and asset.state == OpenState.OPEN:
        return True
    added_by = asset.created_by_id if asset.visibility == Visibility.DRAFT else None
    if added_by is not None and added_by == request.user.pk:
        return True
    return request.user.has_perm("assets.view_draft", asset)


def _own_homes(request: HttpRequest) -> list[Home]:
    """Return the homes of the visitor's own team: an area's homes would be too many."""
    reach = request.scopes("connections.log")  # type: ignore[attr-defined]
    return list(Home.objects.filter(pk__in=reach.home_ids).order_by("name"))


def fact_rows(asset: Asset, today: dt.date) -> list[FactRow]:
    """Return what is known of an asset, each fact with when somebody last checked it."""
    standing = standing_of(asset, today)
    urls = {
        Fact.PHONE: f"tel:{asset.phone.replace(' ', '')}",
        Fact.CONTACT: asset.website,
    }
    champions = _champions_of(standing.values())
    rows = []
    for fact, label in LABELS.items():
        if lines := lines_of(asset, fact):
            check = standing[fact].check
            who = "a champion" if check and check.by_id in champions else ""
            words = standing[fact].words(by=who)
            rows.append(FactRow(label, lines, standing[fact], words, urls.get(fact, "")))
    return rows


def _champions_of(standings: Iterable[Standing]) -> set[int]:
    """Return who of those that checked is a champion now; nobody is named."""
    people = {one.check.by_id for one in standings if one.check and one.check.by_id}
    if not people:
        return set()
    now = Membership.objects.on(timezone.localdate())
    roles = now.filter(person__in=people, role=Role.CHAMPION)
    return set(roles.values_list("person_id", flat=True))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
