"""What the pages show of ties: reads that cost a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from fans.cohorts.models import Enrolment
from fans.connections.models import Connection, LogSource, Partnership, PartnershipStatus
from fans.connections.reports import Tie, ties_of
from fans.connections.ties.handing import LAST_CONTACTS, HandOver, hand_over
from fans.connections.ties.models import Approach
from homes.models import Home

MONTHS: Final = 6
"""How many months the small bars of a tie show."""

_BEGUN: Final = (
    PartnershipStatus.AGREED,
    PartnershipStatus.ACTIVE,
    PartnershipStatus.QUIET,
)
_TALLEST: Final = 23.0
_STEP: Final = 14.0


@dataclass(frozen=True)
class Bar:
    """One month of a tie as a small bar, in the units of its picture."""

    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Life:
    """A tie of a home as its list shows it."""

    tie: Tie
    months: tuple[int, ...]  # how often they met in each of the last six, oldest first
    asked: Approach | None  # when they were asked last

    @property
    def partnership(self) -> Partnership:
        """The tie itself."""
        return self.tie.partnership

    @property
    def is_alive(self) -> bool:
        """Say whether they meet, or have agreed to; the others are only beginning, or over."""
        stands = not self.partnership.is_over
        return stands and (self.tie.times > 0 or self.partnership.status in _BEGUN)

    @property
    def bars(self) -> list[Bar]:
        """Draw the months; one without a meeting is a thin line."""
        most = max(*self.months, 4)
        heights = [max(1.0, round(times * _TALLEST / most, 1)) for times in self.months]
        return [
            Bar(1 + _STEP * number, 27 - height, height)
            for number, height in enumerate(heights)
        ]


def lives_of(home: Home, *, on: dt.date | None = None) -> list[Life]:
    """Return a home's ties: those going quiet first, then those met most often. 4 queries."""
    on = on or timezone.localdate()
    months, asked = _by_month(home, on), _asked_last(home)
    nothing = (0,) * MONTHS
    lives = [
        Life(tie, months.get(tie.partnership.pk, nothing), asked.get(tie.partnership.pk))
        for tie in ties_of(home, on=on)
    ]
    return sorted(lives, key=lambda life: (not life.tie.going_quiet, -sum(life.months)))


def _by_month(home: Home, on: dt.date) -> dict[int, tuple[int, ...]]:
    first = on.year * 12 + on.month - MONTHS
    since = dt.date(first // 12, first % 12 + 1, 1)
    rows = home.connections.standing().exclude(source=LogSource.RECALL)
    met: dict[int, list[int]] = defaultdict(lambda: [0] * MONTHS)
    for tie, begun, until, times in (
        rows.since(since)
        .up_to(on)
        .values_list("partnership", "happened_on", "until_on", "occurrences")
    ):
        day = until or begun
        met[tie][day.year * 12 + day.month - 1 - first] += times
    return {tie: tuple(months) for tie, months in met.items()}


def _asked_last(home: Home) -> dict[int, Approach]:
    rows = Approach.objects.standing().filter(partnership__home=home)
    last = rows.order_by("partnership_id", "-asked_on", "-pk").distinct("partnership_id")
    return {row.partnership_id: row for row in last}


def hand_over_of(tie: Partnership, *, on: dt.date | None = None) -> HandOver:
    """Say whether a tie can be handed over by its champion. Two queries."""
    on = on or timezone.localdate()
    return hand_over(_contacts(tie, on), starts_on=_starts_on(tie.home, on), on=on)


def _contacts(tie: Partnership, on: dt.date) -> list[tuple[str, int]]:
    """Return who arranged the last contacts, newest first; memory is none."""
    rows = tie.connections.standing().exclude(source=LogSource.RECALL)
    last = rows.up_to(on).latest_first()
    return list(islice(last.values_list("arranged_by", "occurrences"), LAST_CONTACTS))


def _starts_on(home: Home, on: dt.date) -> dt.date | None:
    parts = Enrolment.objects.filter(home=home, starts_on__lte=on)
    latest = parts.order_by("-starts_on").first()
    return latest.starts_on if latest else None


def ready_to_hand_over(home: Home, *, on: dt.date | None = None) -> list[Partnership]:
    """Return the ties that a champion still arranges and need not any more. Two queries."""
    on = on or timezone.localdate()
    starts_on = _starts_on(home, on)
    contacts: dict[Partnership, list[tuple[str, int]]] = defaultdict(list)
    for row in _arranged_by_champion(home, on):
        contacts[row.partnership].append((row.arranged_by, row.occurrences))
    return [
        tie
        for tie, met in contacts.items()
        if hand_over(met, starts_on=starts_on, on=on).is_ready
    ]


def _arranged_by_champion(home: Home, on: dt.date) -> QuerySet[Connection]:
    rows = home.connections.standing().exclude(source=LogSource.RECALL).up_to(on)
    theirs = rows.filter(partnership__arranged_by="champion")
    alive = theirs.filter(partnership__status__in=_BEGUN)
    return alive.select_related("partnership__partner__asset").latest_first()


def life_of(tie: Partnership, *, on: dt.date | None = None) -> Life:
    """Return one tie as its page shows it. Three queries."""
    found = [life for life in lives_of(tie.home, on=on) if life.partnership.pk == tie.pk]
    return found[0]
