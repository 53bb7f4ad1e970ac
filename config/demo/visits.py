"""The demo's log: what happened in six months, at a believable rhythm."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import DateTimeField, F
from django.db.models.functions import Cast

from config.demo.calendar import Calendar
from config.demo.ties import Tie
from config.demo.words import dice, words
from fans.connections.models import (
    HOME_ASSET_PREFIX,
    Connection,
    Direction,
    LogSource,
    PartnerKind,
)
from fans.people.models import Person
from homes.models import Home, HomeAsset

WINDOW_DAYS: Final = 28
UNDER_CUT: Final = ("larkfield", 19)
"""19 visits in at 40 beds is 4.75 for 10 beds: one more makes 5, the next band of A1."""

FILLER: Final = "Wrenbury Good Neighbours"
"""Whose visits are added or dropped until the count just under the cut is met."""

MISSED: Final = 0.12
"""Share of planned meetings that did not happen."""

STAFF: Final = (["activities"], ["activities", "care"], ["care"], ["kitchen", "activities"])
"""Whose work the people of the team who joined in do."""


def make_log(
    seed: int,
    ties: Sequence[Tie],
    homes: Mapping[str, Home],
    dates: Calendar,
    by: Person,
) -> list[Connection]:
    """Make the log rows of all enrolled homes, and the look-back of month 0."""
    gifts = _home_gifts(homes)
    rows: list[Connection] = []
    for number, tie in enumerate(ties):
        roll = dice(seed, f"log {number}")
        days = [day for day in _days(tie, dates) if roll.random() >= _missed(day, dates)]
        rows += [_row(roll, tie, day, gifts[tie.home_key], by) for day in days]
    _settle_under_cut(seed, rows, ties, gifts, dates, by)
    rows += _look_back(ties, dates, by)
    Connection.objects.bulk_create(rows)
    _log_on_the_day(rows)
    return rows


def _days(tie: Tie, dates: Calendar) -> list[dt.date]:
    plan = tie.plan
    planned = dates.days(
        every=plan["every"], weekday=plan["weekday"], from_week=plan["from_week"]
    )
    begins = words("ties")["log_begins_week"][tie.home_key]
    first = dates.start + dt.timedelta(weeks=begins, days=1)
    last = dates.start + dt.timedelta(weeks=plan.get("until_week", 999))
    return [day for day in planned if first <= day <= last and not _paused(tie, day, dates)]


def _paused(tie: Tie, day: dt.date, dates: Calendar) -> bool:
    """Say whether the home was closed to visits and trips; calls and letters went on."""
    pause = words("ties")["pauses"].get(tie.home_key)
    if pause is None or tie.plan["direction"] not in (Direction.IN, Direction.OUT):
        return False
    if "days_ago" in pause:
        ago = (dates.today - day).days
        return bool(pause["days_ago"][0] >= ago >= pause["days_ago"][1])
    week = (day - dates.start).days // 7
    return bool(pause["weeks"][0] <= week <= pause["weeks"][1])


def _missed(day: dt.date, dates: Calendar) -> float:
    """Nothing is missed in the last weeks, so that each tie stands as planned today."""
    return 0.0 if (dates.today - day).days < WINDOW_DAYS else MISSED


def _row(
    roll: random.Random, tie: Tie, day: dt.date, gifts: Mapping[str, str], by: Person
) -> Connection:
    plan = tie.plan
    community = max(1, plan["people"] + roll.randint(-1, 1))
    children = min(plan["children"], community) if plan.get("children") else None
    ideas = plan["ideas"]
    return Connection(
        partnership=tie.partnership,
        home_id=tie.partnership.home_id,
        happened_on=day,
        direction=plan["direction"],
        type=plan["type"],
        arranged_by=plan.get("arranged", plan["by"]),
        origin=roll.choice(ideas) if roll.random() < 0.9 else "",
        residents_count=max(1, plan["residents"] + roll.randint(-2, 2)),
        community_count=community,
        children_count=children,
        home_gives=[gifts.get(one, one) for one in _some(roll, plan["gives"])],
        partner_gives=_some(roll, plan["gets"]),
        paid=plan.get("paid", False),
        staff_roles=roll.choice(STAFF),
        rating=roll.choice((3, 4, 4, 5, 5)) if roll.random() < 0.8 else None,
        note=roll.choice(plan["notes"]) if plan.get("notes") and roll.random() < 0.3 else "",
        source=LogSource.LOG,
        logged_by=by,
    )


def _some(roll: random.Random, gifts: Sequence[str]) -> list[str]:
    return [gift for gift in gifts if roll.random() < 0.65]


def _home_gifts(homes: Mapping[str, Home]) -> dict[str, dict[str, str]]:
    """Return, for each home, how a listed asset's kind is written in ``home_gives``."""
    found: dict[str, dict[str, str]] = {}
    keys = {home.pk: key for key, home in homes.items()}
    for pk, home_id, kind in HomeAsset.objects.filter(home__in=keys).values_list(
        "pk", "home_id", "kind"
    ):
        written = {f"{HOME_ASSET_PREFIX}{kind}": f"{HOME_ASSET_PREFIX}{pk}"}
        found.setdefault(keys[home_id], {}).update(written)
    return found


def _settle_under_cut(
    seed: int,
    rows: list[Connection],
    ties: Sequence[Tie],
    gifts: Mapping[str, Mapping[str, str]],
    dates: Calendar,
    by: Person,
) -> None:
    """Bring one home's visits in the window to just under a cut, whatever the weekday."""
    key, wanted = UNDER_CUT
    filler = next(tie for tie in ties if tie.plan["partner"] == FILLER)
    home_id = filler.partnership.home_id
    first = dates.today - dt.timedelta(days=WINDOW_DAYS - 1)
    counted = [row for row in rows if row.home_id == home_id and _is_visit(row, first)]
    spare = [row for row in counted if row.partnership == filler.partnership]
    for row in spare[2 : 2 + max(0, len(counted) - wanted)]:
        rows.remove(row)
    roll = dice(seed, "just under")
    for number in range(max(0, wanted - len(counted))):
        day = dates.today - dt.timedelta(days=1 + 2 * number)
        rows.append(_row(roll, filler, day, gifts[key], by))


def _is_visit(row: Connection, first: dt.date) -> bool:
    community = row.partnership.partner.kind not in (
        PartnerKind.FAMILY,
        PartnerKind.PROFESSIONAL,
    )
    return (
        community
        and row.direction == Direction.IN
        and not row.paid
        and row.happened_on >= first
    )


def _look_back(ties: Sequence[Tie], dates: Calendar, by: Person) -> list[Connection]:
    """Make the rows that staff remembered at the start, for the 28 days up to it."""
    found = {(tie.home_key, tie.plan["partner"]): tie for tie in ties}
    rows = []
    for key, remembered in words("ties")["look_back"].items():
        for partner, direction, occurrences, people in remembered:
            tie = found[key, partner]
            rows.append(
                Connection(
                    partnership=tie.partnership,
                    home_id=tie.partnership.home_id,
                    happened_on=dates.start - dt.timedelta(days=WINDOW_DAYS - 1),
                    until_on=dates.start,
                    occurrences=occurrences,
                    direction=direction,
                    type=tie.plan["type"],
                    community_count=people,
                    source=LogSource.RECALL,
                    logged_by=by,
                )
            )
    return rows


def _log_on_the_day(rows: Sequence[Connection]) -> None:
    """Date each entry to the evening of its day: nobody may undo it any more."""
    evening = dt.timedelta(hours=17, minutes=40)
    when: Any = Cast(F("happened_on"), DateTimeField()) + evening
    Connection.objects.filter(pk__in=[row.pk for row in rows]).update(logged_at=when)
