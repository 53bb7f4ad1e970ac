"""The demo's volunteers: each at another stage, with the history that led there."""

import datetime as dt
from typing import Any

from django.utils import timezone

from config.demo.calendar import Calendar
from config.demo.ground import Spot
from config.demo.words import words
from fans.people.models import Membership, Person
from fans.people.volunteers.models import (
    PATHWAY,
    HoursEntry,
    InductionTick,
    Reference,
    Stage,
    StageEvent,
    Vetting,
    Volunteer,
)
from fans.people.volunteers.placing import find_place, put_at
from fans.people.volunteers.roles import VolunteerRole, role_of
from fans.people.volunteers.suggesting import Facts, suggest
from homes.models import Home

WEEK = dt.timedelta(days=7)


def make_volunteers(
    people: dict[str, Person], among: list[Spot], home: Home, dates: Calendar
) -> list[Volunteer]:
    """Make the volunteers: one to look around as, the rest without a way to sign in."""
    lead, looking = people["volunteer_lead"], people["volunteer"]
    made = []
    for row in words("volunteers")["volunteers"]:
        person = looking if row["name"] == looking.name else _somebody(row["name"])
        volunteer = _volunteer(person, row, among, dates.today)
        reached = _write_way(volunteer, row, lead, dates.today)
        role = role_of(volunteer.role_slug)
        if role is not None:
            _fulfil(volunteer, role, reached, row, lead)
        _log_hours(volunteer, row, home, dates.today)
        made.append(volunteer)
    return made


def _somebody(name: str) -> Person:
    """Make a person whom nobody can sign in as."""
    address = f"{name.lower().replace(' ', '.')}@example.org"
    person = Person(name=name, email=address, is_demo=True)
    person.set_unusable_password()
    person.save()
    return person


def _volunteer(
    person: Person, row: dict[str, Any], among: list[Spot], today: dt.date
) -> Volunteer:
    volunteer = Volunteer(
        person=person,
        age_band="18+",
        interests=row["interests"],
        languages=row["languages"],
        times=row["times"],
        travel_m=row["travel_m"],
        phone=row.get("phone", ""),
        role_slug=row.get("role", ""),
        stage=row["stage"],
        stage_since=timezone.now(),
        last_heard_on=today - dt.timedelta(days=row["heard_days_ago"]),
    )
    if "group" in row:
        volunteer.kind = "group"
        name, people_count, children_count = row["group"]
        volunteer.group_name = name
        volunteer.group_people_count = people_count
        volunteer.group_children_count = children_count
    sector = row["sector"].replace(" ", "")
    spot = next(spot for spot in among if spot.code[:-2] == sector)
    put_at(volunteer, find_place(spot.written(), is_young=False))
    volunteer.full_clean()
    volunteer.save()
    return volunteer


def _write_way(
    volunteer: Volunteer, row: dict[str, Any], lead: Person, today: dt.date
) -> list[Stage]:
    """Write the steps, a week apart; return the stages passed."""
    last = Stage.ACTIVE if row["stage"] == Stage.RESTING else Stage(row["stage"])
    role = role_of(volunteer.role_slug)
    passed = [
        stage
        for stage in PATHWAY[: PATHWAY.index(last) + 1]
        if stage != Stage.REFERENCES or (role is not None and role.references)
    ]
    began = today - dt.timedelta(days=row["days_ago"])
    days = {stage: began + number * WEEK for number, stage in enumerate(passed)}
    if row["stage"] == Stage.RESTING:
        days[Stage.RESTING] = today - dt.timedelta(days=row["heard_days_ago"])
    own = {Stage.APPLIED, Stage.RESTING}
    steps = [
        StageEvent(
            volunteer=volunteer,
            stage=stage,
            at=_noon(day),
            by=volunteer.person if stage in own else lead,
        )
        for stage, day in days.items()
    ]
    StageEvent.objects.bulk_create(steps)
    Volunteer.objects.filter(pk=volunteer.pk).update(stage_since=steps[-1].at)
    if row["stage"] == Stage.ACTIVE and not volunteer.person.memberships.exists():
        Membership.objects.create(
            person=volunteer.person, role="volunteer", from_on=days[Stage.ACTIVE], given_by=lead
        )
    return passed


def _fulfil(
    volunteer: Volunteer,
    role: VolunteerRole,
    reached: list[Stage],
    row: dict[str, Any],
    lead: Person,
) -> None:
    """Let happen what the role asks for, as far as they have come."""
    came = dict(volunteer.events.values_list("stage", "at"))
    if Stage.REFERENCES in reached:
        day = timezone.localdate(came[Stage.REFERENCES])
        Reference.objects.bulk_create(
            Reference(
                volunteer=volunteer,
                answer="good",
                asked_on=day - WEEK,
                answered_on=day,
                taken_by=lead,
            )
            for _ in range(role.references)
        )
    if Stage.CHECKED in reached:
        day = timezone.localdate(came[Stage.CHECKED])
        _decide(volunteer, role, day, row, lead)
    if Stage.INDUCTED in reached:
        day = timezone.localdate(came[Stage.INDUCTED])
        InductionTick.objects.bulk_create(
            InductionTick(volunteer=volunteer, item=item, done_on=day, by=lead)
            for item in sorted(role.required_items)
        )


def _decide(
    volunteer: Volunteer, role: VolunteerRole, day: dt.date, row: dict[str, Any], lead: Person
) -> None:
    answers = {**role.answers, "tasks": frozenset(role.answers["tasks"])}
    suggested = suggest(Facts(**answers), "dbs")
    needed = suggested.level != "none"
    days = row.get("recheck_days")
    Vetting.objects.create(
        volunteer=volunteer,
        role_slug=role.slug,
        level=suggested.level or "none",
        level_reason=suggested.why,
        authority="dbs",
        outcome="ok" if needed else "not_needed",
        asked_on=day - WEEK,
        decided_on=day,
        decided_by=lead,
        recheck_on=timezone.localdate() + dt.timedelta(days=days) if days and needed else None,
    )


def _log_hours(volunteer: Volunteer, row: dict[str, Any], home: Home, today: dt.date) -> None:
    people_count = volunteer.group_people_count or 1
    HoursEntry.objects.bulk_create(
        HoursEntry(
            volunteer=volunteer,
            home=home,
            day=today - dt.timedelta(days=days),
            minutes=minutes,
            people_count=people_count,
        )
        for days, minutes in row.get("hours", ())
    )


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
