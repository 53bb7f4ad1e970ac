"""A round as its pages show it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from assets.checking.standing import standing_of, standings_of
from assets.choices import Fact
from assets.facts import FIELDS, columns_of
from assets.hours.words import hours_in_words
from assets.models import Asset
from assets.rounds.finding import SEEN_ON_A_VISIT
from assets.rounds.models import Round, Stop, StopState
from assets.rounds.stops import told
from assets.rounds.walking import WINDING, legs


@dataclass(frozen=True)
class StopShown:
    """One place of a round."""

    stop: Stop
    asset: Asset
    # On foot from the one before, an estimate; None for the first.
    leg_m: float | None
    told: str
    # Of the place itself: when somebody looked, in words.
    checked: str


@dataclass(frozen=True)
class Sheet:
    """A walking list."""

    stops: list[StopShown]
    length_m: float

    @property
    def seen_count(self) -> int:
        """Return how many are seen to."""
        return sum(not each.stop.waits for each in self.stops)

    @property
    def next(self) -> StopShown | None:
        """Return the next place, None where all are seen to."""
        return next((each for each in self.stops if each.stop.waits), None)


def sheet_of(walked: Round, *, today: dt.date | None = None) -> Sheet:
    """Return a round's walking list; three queries."""
    stops = list(walked.stops.select_related("asset", "done_by").order_by("position"))
    standings = standings_of([each.asset for each in stops], today or timezone.localdate())
    lines = _lines(stops)
    shown = [
        StopShown(
            stop,
            stop.asset,
            line,
            "" if stop.state == StopState.WAITING else told(stop),
            standings[stop.asset_id][Fact.PLACE].words(),
        )
        for stop, line in zip(stops, lines, strict=True)
    ]
    return Sheet(shown, sum(line or 0.0 for line in lines))


def _lines(stops: list[Stop]) -> list[float | None]:
    points = [
        (place.x, place.y) for stop in stops if (place := stop.asset.location) is not None
    ]
    walked = iter(legs(points))
    found: list[float | None] = []
    for stop in stops:
        known = stop.asset.location is not None
        found.append(next(walked) * WINDING if known else None)
    return [None, *found[1:]] if found else []


@dataclass
class FactShown:
    """One fact of a place, to be ticked where somebody saw it to be right."""

    fact: Fact
    label: str
    lines: list[str]
    checked: str
    is_ticked: bool = False


def facts_shown(asset: Asset, *, today: dt.date) -> list[FactShown]:
    """Return what an asset tells, what can be seen on a visit first; one query."""
    standings = standing_of(asset, today)
    order = sorted(Fact, key=lambda fact: fact not in SEEN_ON_A_VISIT)
    return [
        FactShown(
            fact,
            str(fact.label),
            _said(asset, fact),
            standings[fact].words(),
        )
        for fact in order
        if standings[fact].said
    ]


def _said(asset: Asset, fact: Fact) -> list[str]:
    fields = (FIELDS[column] for column in columns_of(fact))
    hours = hours_in_words(asset.opening_hours) if fact == Fact.HOURS else []
    return [*hours, *(line for field in fields if (line := _line(asset, field)))]


def _line(asset: Asset, field: Any) -> str:
    if field.column in ("location", "category", "opening_hours"):
        return ""
    if field.column == "email":
        return asset.shown_email()
    words = field.in_words(field.value_of(asset))
    if not words:
        return ""
    plain = field.column in ("name", "address", "postcode", "phone", "website")
    return str(words) if plain else f"{field.label}: {words}"
