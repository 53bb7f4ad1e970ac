"""A home's ties, month by month, for the map and the table of the same."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.contrib.gis.geos import Point
from django.utils import timezone

from assets.models import Visibility
from fans.cohorts.models import Enrolment
from fans.connections.layers.standing import (
    Contact,
    Said,
    Standing,
    State,
    standing,
    was_over,
)
from fans.connections.layers.stops import Stop, stops_of
from fans.connections.models import OVER, LogSource, Partnership, PartnershipStatus
from fans.connections.ties.models import LIFE, TieEvent
from homes.models import Home

BEGUN: Final = (
    PartnershipStatus.AGREED,
    PartnershipStatus.ACTIVE,
    PartnershipStatus.QUIET,
)
"""Ties that are shown though they have not met yet; mere ideas are not."""


@dataclass(frozen=True)
class DrawnTie:
    """A tie, how it stood at each stop, and where the line to it ends."""

    partnership: Partnership  # with its partner and the partner's asset
    months: tuple[Standing, ...]

    @property
    def now(self) -> Standing:
        """How it stands at the last stop."""
        return self.months[-1]

    @property
    def point(self) -> Point | None:
        """Where its line ends: a place that anybody may see, never a person's or a draft's."""
        asset = self.partnership.partner.asset
        is_public = asset is not None and asset.visibility == Visibility.PUBLISHED
        return asset.location if asset is not None and is_public else None


@dataclass(frozen=True)
class Picture:
    """All stops of a home's ties."""

    stops: tuple[Stop, ...]
    ties: tuple[DrawnTie, ...]
    in_programme: bool

    @cached_property
    def placed(self) -> list[DrawnTie]:
        """Those that have a line on the map."""
        return [tie for tie in self.ties if tie.point is not None]

    @cached_property
    def unplaced(self) -> list[DrawnTie]:
        """Those that are listed beside it: persons, families, groups without a place."""
        return [tie for tie in self.ties if tie.point is None]

    def met(self, number: int) -> list[Standing]:
        """Return how the ties met in the four weeks of a stop stood then."""
        return [tie.months[number] for tie in self.ties if tie.months[number].times]

    def quiet(self, number: int) -> int:
        """Count the ties that were going quiet at a stop."""
        return sum(tie.months[number].state == State.QUIET for tie in self.ties)


def picture_of(home: Home, *, today: dt.date | None = None) -> Picture:
    """Return a home's ties at each stop of its latest programme. Four queries."""
    today = today or timezone.localdate()
    starts_on = _starts_on(home, today)
    stops = stops_of(starts_on, today=today)
    contacts, said = _contacts(home, today), _said(home)
    ties = [
        DrawnTie(tie, _months(tie, contacts[tie.pk], said[tie.pk], stops))
        for tie in home.partnerships.select_related("partner__asset")
        if contacts[tie.pk] or tie.status in BEGUN
    ]
    return Picture(tuple(stops), tuple(ties), starts_on is not None)


def _months(
    tie: Partnership, contacts: Sequence[Contact], said: Sequence[Said], stops: Sequence[Stop]
) -> tuple[Standing, ...]:
    last_on = max((contact.day for contact in contacts), default=None)
    return tuple(
        standing(
            contacts,
            stop=stop,
            is_over=was_over(said, stop=stop, is_over=tie.is_over, last_on=last_on),
        )
        for stop in stops
    )


def _starts_on(home: Home, today: dt.date) -> dt.date | None:
    begun = Enrolment.objects.filter(home=home, starts_on__lte=today)
    latest = begun.order_by("-starts_on").values_list("starts_on", flat=True)
    return latest.first()


def _contacts(home: Home, today: dt.date) -> Mapping[int, list[Contact]]:
    found: dict[int, list[Contact]] = defaultdict(list)
    rows = home.connections.standing().up_to(today).order_by("happened_on", "pk")
    told = ("partnership", "happened_on", "until_on", "occurrences", "direction", "source")
    for tie, begun, until, times, way, source in rows.values_list(*told):
        recalled = source == LogSource.RECALL
        found[tie].append(Contact(until or begun, times, way, recalled))
    return found


def _said(home: Home) -> Mapping[int, list[Said]]:
    """Return what moved each tie up or down its ladder and was not taken back."""
    found: dict[int, list[Said]] = defaultdict(list)
    steps = TieEvent.objects.filter(
        partnership__home=home, kind__in=LIFE, undone_at__isnull=True, after__has_key="status"
    )
    told = steps.order_by("at", "pk").values_list("partnership", "at", "before", "after")
    for tie, at, before, after in told:
        said = Said(
            on=timezone.localdate(at),
            over_before=before.get("status") in OVER,
            over_after=after["status"] in OVER,
        )
        found[tie].append(said)
    return found
