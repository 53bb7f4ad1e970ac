"""Ties as they leave: two pseudonyms, what sort of partner, how it goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models.functions import Distance
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, ExpressionWrapper, Min, OuterRef, Q, Subquery

from assets.categories import BY_SLUG
from fans.connections.models import Connection
from fans.research.cells import Cell
from fans.research.contents import Contents
from fans.research.marks import distance_band, distances_shown
from fans.research.pseudonyms import Pseudonyms
from fans.research.sustained import MONTHS_AT_LEAST, LatestWave, sustained_ties
from fans.research.waves import ScoredWave
from geo.models import Precision

NEAR_ENOUGH = (Precision.EXACT, Precision.POSTCODE)
"""A distance between places known less closely would be made up."""


@dataclass(frozen=True)
class Tie:
    """One row of ``partnerships.csv``, and what its rows of the log need."""

    id: int
    home: str
    partner: str
    kind: str
    category: str
    abcd_type: str
    started: str
    status: str
    depth: int | None
    generations: bool
    sustained: bool | None
    arranged_by: str
    both_confirmed: bool
    distance_band: str  # as measured; see ``distances_told``
    partner_source: str  # of the register's record, for the licence notes

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The row of ``partnerships.csv``."""
        return (
            self.home,
            self.partner,
            self.kind,
            self.category,
            self.abcd_type,
            self.started,
            self.status,
            self.depth,
            self.generations,
            self.sustained,
            self.arranged_by,
            self.both_confirmed,
        )


def ties_of(
    cursor: CursorWrapper, contents: Contents, names: Pseudonyms, waves: Sequence[ScoredWave]
) -> list[Tie]:
    """Return the ties that are told, in the order of their pseudonyms."""
    latest = latest_waves(waves)
    lasted = sustained_ties(cursor, latest)
    known = {wave.home_id for wave in latest if wave.months_since_start >= MONTHS_AT_LEAST}
    found = [
        _tie(row, names, lasted.get(row.pk, False) if row.home_id in known else None)
        for row in _rows(contents)
    ]
    return sorted(found, key=lambda tie: (tie.home, tie.partner))


def distances_told(ties: Sequence[Tie]) -> set[tuple[str, str]]:
    """Return the pairs of category and distance that enough homes with meetings show."""
    return distances_shown(
        (tie.home, tie.category, tie.distance_band)
        for tie in ties
        if tie.distance_band and tie.started
    )


def latest_waves(waves: Sequence[ScoredWave]) -> list[LatestWave]:
    """Return each home's last scored wave whose start is known."""
    last: dict[int, LatestWave] = {}
    for wave in sorted(waves, key=lambda each: each.month):
        months = wave.evidence.months_since_start
        if months is not None:
            last[wave.home_id] = LatestWave(wave.home_id, wave.as_of, int(months))
    return list(last.values())


def _rows(contents: Contents) -> Iterator[Any]:
    first_on = (
        Connection.objects.standing()
        .with_day()
        .filter(partnership=OuterRef("pk"))
        .order_by()
        .values("partnership")
        .annotate(first=Min("counted_on"))
        .values("first")
    )
    placed = Q(
        home__location_precision__in=NEAR_ENOUGH,
        partner__asset__location_precision__in=NEAR_ENOUGH,
    )
    return (
        contents.ties()
        .annotate(
            first_on=Subquery(first_on),
            metres=Distance("home__location", "partner__asset__location"),
            is_placed=ExpressionWrapper(placed, BooleanField()),
        )
        .select_related("partner__asset")
        .order_by("pk")
        .iterator()
    )


def _tie(row: Any, names: Pseudonyms, sustained: bool | None) -> Tie:
    partner, asset = row.partner, row.partner.asset
    metres = row.metres.m if row.is_placed and row.metres is not None else None
    category = BY_SLUG.get(partner.category)
    return Tie(
        id=row.pk,
        home=names.home(row.home_id),
        partner=names.partner(row.partner_id),
        kind=partner.kind,
        category=category.slug if category else "",
        abcd_type=asset.abcd_type if asset else (category.abcd_type if category else ""),
        started=f"{row.first_on:%Y-%m}" if row.first_on else "",
        status=row.status,
        depth=row.depth,
        generations=row.generations,
        sustained=sustained,
        arranged_by=row.arranged_by,
        both_confirmed=bool(row.home_confirmed_at and row.partner_confirmed_at),
        distance_band=distance_band(metres),
        partner_source=asset.source if asset else "",
    )
