"""What the log holds of a month, as lines of a sheet. A fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from fans.connections.grid.cells import WAYS, LineKey, days_in
from fans.connections.grid.lines import Line, Period
from fans.connections.models import (
    OUTSIDE_COMMUNITY,
    Connection,
    Direction,
    LogSource,
    Partnership,
)
from homes.models import Home


@dataclass
class Known:
    """One tie and direction: what it shows, and the rows that came from sheets."""

    line: Line = field(default_factory=Line)
    # Standing ones, and those taken back, which a cell that is filled again brings back.
    rows: dict[int, list[Connection]] = field(default_factory=lambda: defaultdict(list))


Month = dict[LineKey, Known]


def last_day(month: dt.date) -> dt.date:
    """Return the last day of the month that begins on ``month``."""
    return month.replace(day=days_in(month))


def read_month(home: Home, month: dt.date) -> Month:
    """Return what is known of each tie and direction that has a row in the month. One query.

    What is from memory stays out: it counts only until something is logged.
    """
    found: Month = defaultdict(Known)
    for row in _rows(home, month):
        known = found[LineKey("tie", row.partnership_id, row.direction)]
        if row.from_sheet_id is not None:  # type: ignore[attr-defined]
            known.rows[row.happened_on.day].append(row)
            if row.undone_at is None:
                _add_own(known.line, row)
        else:
            _add_elsewhere(known.line, row)
    return found


def _rows(home: Home, month: dt.date) -> QuerySet[Connection]:
    touching = Q(happened_on__gte=month) | Q(until_on__gte=month)
    rows = Connection.objects.filter(touching, home=home, happened_on__lte=last_day(month))
    rows = rows.annotate(from_sheet_id=F("from_sheet__connection"))
    standing = Q(undone_at__isnull=True) | Q(from_sheet_id__isnull=False)
    return rows.filter(standing).exclude(source=LogSource.RECALL).order_by("pk")


def _add_own(line: Line, row: Connection) -> None:
    own, day = line.own, row.happened_on.day
    own.days[day] = own.days.get(day, 0) + row.occurrences
    if row.residents_count is not None:
        own.people = (own.people or 0) + row.residents_count
    own.rating = own.rating or row.rating


def _add_elsewhere(line: Line, row: Connection) -> None:
    if row.until_on is not None and row.until_on != row.happened_on:
        line.periods.append(Period(row.happened_on, row.until_on, row.occurrences))
        return
    day = row.happened_on.day
    line.elsewhere[day] = line.elsewhere.get(day, 0) + row.occurrences
    if row.residents_count is not None:
        line.people_elsewhere = (line.people_elsewhere or 0) + row.residents_count


@dataclass(frozen=True)
class Head:
    """What a line of a sheet is called."""

    key: LineKey
    name: str
    category: str
    kind: str  # a PartnerKind; "asset" for a place without a tie
    is_over: bool

    @property
    def words(self) -> str:
        """Name it and its direction: "Canal Side Garden, we go"."""
        return f"{self.name}, {WAYS[self.key.direction]}"


def heads_of(home: Home, month: Month) -> list[Head]:
    """Return the lines of a home's sheet by name, in the order of page and paper. Two queries.

    Each tie has a line for every direction that it went this month, or else for the
    direction that it went last. Families and professionals, and ties that are over, have
    one where something is logged.
    """
    usual = dict(
        home.connections.standing()
        .order_by("partnership_id", "-happened_on", "-pk")
        .distinct("partnership_id")
        .values_list("partnership_id", "direction")
    )
    used: dict[int, set[str]] = defaultdict(set)
    for key, known in month.items():
        if known.line.elsewhere or known.line.own.days or known.line.periods:
            used[key.pk].add(key.direction)
    heads = []
    for tie in home.partnerships.select_related("partner__asset"):
        in_use = used.get(tie.pk, set())
        if not in_use and not tie.is_over and tie.partner.kind not in OUTSIDE_COMMUNITY:
            in_use = {usual.get(tie.pk, Direction.IN)}
        heads += [head_of(tie, direction) for direction in WAYS if direction in in_use]
    return sorted(heads, key=_by_name)


def head_of(tie: Partnership, direction: str) -> Head:
    """Return what a tie's line is called."""
    partner, key = tie.partner, LineKey("tie", tie.pk, direction)
    return Head(key, str(partner), partner.category, partner.kind, tie.is_over)


def _by_name(head: Head) -> tuple[str, int, int]:
    return head.name.casefold(), head.key.pk, list(WAYS).index(head.key.direction)


def times_in(lines: Iterable[Line]) -> tuple[int, int]:
    """Count how often it happened by these lines: from sheets, and logged otherwise."""
    own = other = 0
    for line in lines:
        own += sum(line.own.days.values())
        other += sum(line.elsewhere.values()) + sum(one.times for one in line.periods)
    return own, other
