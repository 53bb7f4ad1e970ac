"""What waits for a champion: suggestions and drafts in one list, by locality and age."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from django.contrib.gis.db.models import GeometryField
from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from assets.facts import FIELDS
from assets.models import Asset
from assets.proposals.models import Kind, Proposal, drafts
from assets.proposals.services import SMALLEST_FIRST
from geo.inside import inside_areas
from geo.models import Area
from geo.srid import WGS84

NO_AREA: Final = "Without a place that we know"


class Reach(Protocol):
    """Where somebody may decide: everywhere, or the areas that they hold."""

    @property
    def everywhere(self) -> bool:
        """Whether all of it is theirs."""

    @property
    def area_ids(self) -> Iterable[int]:
        """The areas that are theirs."""


@dataclass(frozen=True)
class Entry:
    """One thing to decide, as the list shows it."""

    kind: str
    title: str
    category: str
    says: str
    area: str
    since: dt.date
    by: str
    url: str
    assigned_to: Any = None


@dataclass(frozen=True)
class Narrowed:
    """Which of it to show."""

    kind: str = ""
    area: str = ""
    mine: Any = None

    def keeps(self, entry: Entry) -> bool:
        """Say whether an entry is asked for."""
        return (
            self.kind in ("", entry.kind)
            and self.area in ("", entry.area)
            and (self.mine is None or entry.assigned_to == self.mine)
        )


@dataclass(frozen=True)
class Locality:
    """One part of the country, and what waits there, the longest first."""

    name: str
    entries: list[Entry] = field(default_factory=list)


def count_waiting(reach: Reach) -> int:
    """Count what waits for somebody."""
    return int(_proposals(reach).count()) + _drafts(reach).count()


def waiting(reach: Reach) -> list[Entry]:
    """Return all that waits for somebody, the longest first. Two queries."""
    rows = _proposals(reach).select_related("asset", "area", "made_by", "assigned_to")
    entries = [_of_proposal(row) for row in rows]
    entries += [_of_draft(row) for row in _drafts(reach).select_related("created_by")]
    return sorted(entries, key=lambda entry: (entry.since, entry.title))


def by_locality(entries: Iterable[Entry]) -> list[Locality]:
    """Group entries by where they are, in order of names; those without a place last."""
    found: dict[str, Locality] = {}
    for entry in entries:
        found.setdefault(entry.area, Locality(entry.area)).entries.append(entry)
    return sorted(found.values(), key=lambda each: (each.name == NO_AREA, each.name))


def _proposals(reach: Reach) -> Any:
    rows = Proposal.objects.waiting()
    return rows.in_reach(everywhere=reach.everywhere, area_ids=reach.area_ids)


def _drafts(reach: Reach) -> QuerySet[Asset]:
    """Return drafts that are no suggestion yet: nobody has taken one up."""
    known = Proposal.objects.filter(kind=Kind.NEW, asset=OuterRef("pk"))
    rows = drafts().filter(~Exists(known))
    if not reach.everywhere:
        rows = rows.filter(inside_areas(reach.area_ids))
    sizes = [When(kind=kind, then=Value(size)) for size, kind in enumerate(SMALLEST_FIRST)]
    point = Cast(OuterRef("location"), GeometryField(srid=WGS84))
    holding = Area.objects.filter(boundary__intersects=point)
    smallest = holding.order_by(Case(*sizes, output_field=IntegerField()), "pk")
    return rows.annotate(area_name=Subquery(smallest.values("name")[:1]))


def _of_proposal(row: Proposal) -> Entry:
    return Entry(
        kind=row.kind,
        title=row.title,
        category=row.category,
        says=_says(row),
        area=row.area.name if row.area else NO_AREA,
        since=timezone.localdate(row.created_at),
        by=_by(row),
        url=reverse("proposals:proposal", args=[row.pk]),
        assigned_to=row.assigned_to,
    )


def _of_draft(row: Any) -> Entry:
    return Entry(
        kind=Kind.NEW,
        title=row.name,
        category=row.category,
        says="a draft",
        area=row.area_name or NO_AREA,
        since=timezone.localdate(row.created_at),
        by="From somebody with an account" if row.created_by else "",
        url=reverse("proposals:draft", args=[row.pk]),
    )


def _by(row: Proposal) -> str:
    return (
        "From somebody with an account"
        if row.made_by_id
        else "From somebody without an account"
    )


def _says(row: Proposal) -> str:
    """Say in a line what is suggested: the facts concerned, never their values."""
    if row.kind == Kind.NEW:
        return "a draft" if row.asset_id else ""
    if row.kind == Kind.GONE:
        return ""
    columns = {*row.values, *(["location"] if row.location else [])}
    labels = [FIELDS[column].label for column in FIELDS if column in columns]
    return ", ".join(labels) or "in words"
