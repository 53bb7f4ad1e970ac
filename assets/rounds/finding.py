"""Which places wait to be looked at, near a point or inside an area."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.contrib.gis.geos import Point
from django.db.models import Exists, OuterRef

from assets.checking.standing import Standing, standings_of
from assets.choices import CheckState, Fact
from assets.models import Asset
from assets.rounds import registry
from assets.rounds.choosing import Candidate
from assets.rounds.models import Stop, StopState
from geo.inside import inside_areas
from geo.models import Area

SEEN_ON_A_VISIT: Final = (Fact.PLACE, Fact.HOURS, Fact.ACCESS)
"""What somebody who walks past can tell; the rest takes a call, a mail or a website."""

WALK_M: Final = 1_500.0
"""Further from where somebody sets out no place is looked for, in a straight line."""

LOOKED_THROUGH: Final = 300
NOT_AGAIN_DAYS: Final = 14
"""What somebody has seen to, or left out, is not put to them again for so long."""

_DAYS_A_MONTH: Final = 30.4
_NEVER_MONTHS: Final = 24.0


class Held(Protocol):
    """Where somebody may do something, as the room that knows roles tells it."""

    @property
    def everywhere(self) -> bool:
        """Say whether it is everywhere."""

    @property
    def area_ids(self) -> frozenset[int]:
        """Return the areas, by id."""


@dataclass(frozen=True)
class Reach:
    """Where somebody may correct places: everywhere, or inside these areas."""

    everywhere: bool
    area_ids: frozenset[int]


def places_near(point: Point, *, reach: Held) -> list[Asset]:
    """Return published places within a walk of a point, nearest first."""
    rows = _checkable(reach).within(WALK_M, of=point).nearest_first(to=point)
    return list(rows[:LOOKED_THROUGH])


def places_in(area: Area, *, reach: Held) -> list[Asset]:
    """Return published places inside an area: stale ones first, then by name."""
    # s of stale, f of fresh, d of due: what is fresh is looked through last.
    rows = (
        _checkable(reach).filter(inside_areas([area.pk])).order_by("-check_state", "name", "pk")
    )
    return list(rows.exclude(check_state=CheckState.FRESH)[:LOOKED_THROUGH])


def candidates(places: Collection[Asset], *, by: Any, today: dt.date) -> list[Candidate]:
    """Return those of some places that are due for a look, for somebody who sets out."""
    standings = standings_of(places, today)
    first = registry.go_first(list(standings))
    found = []
    for place in places:
        seen = [standings[place.pk][fact] for fact in SEEN_ON_A_VISIT]
        due = [each for each in seen if each.said and each.state != CheckState.FRESH]
        if (due or place.pk in first) and place.location is not None:
            months, mine = _waited(seen, by, today)
            point = (place.location.x, place.location.y)
            found.append(Candidate(place.pk, point, months, place.pk in first, mine))
    return found


def seen_lately(by: Any, today: dt.date) -> set[int]:
    """Return the assets that somebody has seen to, or left out, in the last fortnight."""
    since = today - dt.timedelta(days=NOT_AGAIN_DAYS)
    return set(
        Stop.objects.seen_since(since).filter(done_by=by).values_list("asset_id", flat=True)
    )


def _checkable(reach: Held) -> Any:
    waiting = Stop.objects.filter(asset=OuterRef("pk"), state=StopState.WAITING)
    rows = Asset.objects.published().filter(
        ~Exists(waiting), location__isnull=False, merged_into__isnull=True
    )
    return rows if reach.everywhere else rows.filter(inside_areas(reach.area_ids))


def _waited(seen: list[Standing], by: Any, today: dt.date) -> tuple[float, bool]:
    """Return for how many months nobody looked, and whether ``by`` looked last."""
    checks = [each.check for each in seen if each.check is not None]
    if not checks:
        return _NEVER_MONTHS, False
    last = max(checks, key=lambda check: (check.checked_on, check.pk))
    return (today - last.checked_on).days / _DAYS_A_MONTH, last.by_id == by.pk
