"""The demo's volunteers and homes: coming, asked, blocked, resting and over."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from config.demo.calendar import Calendar
from config.demo.words import words
from fans.connections.matches.models import Match, MatchStep, ReadyTick
from fans.people.models import Person
from fans.people.volunteers.models import Volunteer
from homes.models import Home


def make_matches(
    homes: Mapping[str, Home],
    volunteers: Iterable[Volunteer],
    people: Mapping[str, Person],
    dates: Calendar,
) -> list[Match]:
    """Bring volunteers and homes together, with every step that led there."""
    said, by_name = words("matches"), {str(each.person): each for each in volunteers}
    free = [by_name[name].pk for name in said["may_be_alone"]]
    Volunteer.objects.filter(pk__in=free).update(may_be_alone=True)
    return [
        _match(row, homes[row["home"]], by_name[row["volunteer"]], people, dates.today)
        for row in said["matches"]
    ]


def _match(
    row: dict[str, Any],
    home: Home,
    volunteer: Volunteer,
    people: Mapping[str, Person],
    today: dt.date,
) -> Match:
    times = [(what, side, _noon(today, ago), after) for what, side, ago, after in row["steps"]]
    match = Match(
        home=home,
        volunteer=volunteer,
        status=row["status"],
        manner=row.get("manner", "accompanied"),
        rested_side=row.get("rested_side", ""),
        reason=row.get("reason", ""),
        words=row.get("words", ""),
        home_yes_at=_yes(times, "home"),
        volunteer_yes_at=_yes(times, "volunteer"),
        started_at=next((at for what, _, at, _ in times if what == "started"), None),
    )
    match.full_clean()
    match.save()
    MatchStep.objects.bulk_create(
        MatchStep(
            match=match, what=what, side=side, at=at, after=after,
            by=_who(side, home, volunteer, people),
        )
        for what, side, at, after in times
    )  # fmt: skip
    Match.objects.filter(pk=match.pk).update(created_at=times[0][2], changed_at=times[-1][2])
    _tick(match, row.get("ready", {}), times[-1][2], people)
    return match


def _yes(times: list[tuple[str, str, dt.datetime, str]], side: str) -> dt.datetime | None:
    """Return when a side said yes: by a step of its own before it started."""
    said = ("proposed", "yes")
    return next((at for what, who, at, _ in times if who == side and what in said), None)


def _who(
    side: str, home: Home, volunteer: Volunteer, people: Mapping[str, Person]
) -> Person | None:
    if side == "volunteer":
        return volunteer.person
    if side == "broker":
        return people["volunteer_lead"]
    manager = people["manager"]
    return manager if manager.memberships.filter(home=home).exists() else None


def _tick(
    match: Match, ready: dict[str, list[str]], at: dt.datetime, people: Mapping[str, Person]
) -> None:
    by = {"home": people["manager"], "volunteer": match.volunteer.person}
    ReadyTick.objects.bulk_create(
        ReadyTick(
            match=match, side=side, item=item, done_on=timezone.localdate(at), by=by[side]
        )
        for side, items in ready.items()
        for item in items
    )


def _noon(today: dt.date, days_ago: int) -> dt.datetime:
    day = today - dt.timedelta(days=days_ago)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
