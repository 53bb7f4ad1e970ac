"""Whom a lead accompanies, and what a page about one of them tells."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.gis.db.models import GeometryField
from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from fans.people.models import Membership, Person
from fans.people.permissions import Reach
from fans.people.volunteers.models import PATHWAY, Stage, StageEvent, Volunteer
from fans.people.volunteers.models.volunteer import VolunteerQuerySet
from fans.people.volunteers.roles import role_of
from fans.people.volunteers.services.needs import next_stage, open_needs
from fans.people.volunteers.services.pathway import returns_to
from geo.models import Area, AreaKind
from geo.srid import WGS84

RECHECK_SOON: Final = dt.timedelta(days=30)
"""A decision that is to be looked at again is shown so long before."""

_FINEST_FIRST: Final = (
    AreaKind.NEIGHBOURHOOD,
    AreaKind.WARD,
    AreaKind.LOCAL_AUTHORITY,
    AreaKind.COUNTY,
)


def accompanied_by(reach: Reach) -> VolunteerQuerySet:
    """Return the volunteers of a reach's areas; without a place, only for all areas."""
    if reach.everywhere:
        return Volunteer.objects.all()
    return Volunteer.objects.in_areas(reach.area_ids)


def people_accompanied(membership: Membership) -> QuerySet[Person]:
    """Return the people whose roles as volunteers somebody ends by this membership."""
    areas = [membership.area_id] if membership.area_id else []
    return Person.objects.filter(volunteer__in=Volunteer.objects.in_areas(areas))


def with_place_name(volunteers: VolunteerQuerySet) -> VolunteerQuerySet:
    """Annotate ``place_name``: the finest area that holds their rough place."""
    # Boundaries are planar, points geography: PostGIS wants them alike.
    point = Cast(OuterRef("location"), GeometryField(srid=WGS84))
    order = Case(
        *(When(kind=kind, then=Value(rank)) for rank, kind in enumerate(_FINEST_FIRST)),
        output_field=IntegerField(),
    )
    around = Area.objects.filter(boundary__intersects=point).order_by(order, "pk")
    return volunteers.annotate(place_name=Subquery(around.values("name")[:1]))


def areas_with_volunteers(reach: Reach) -> list[Area]:
    """Return the areas to choose from: a lead's own; for all, councils with volunteers."""
    if not reach.everywhere:
        return list(Area.objects.filter(pk__in=reach.area_ids))
    point = Cast("location", GeometryField(srid=WGS84))
    inside = Volunteer.objects.alias(point=point).filter(point__intersects=OuterRef("boundary"))
    councils = Area.objects.filter(kind=AreaKind.LOCAL_AUTHORITY)
    return list(councils.filter(Exists(inside)))


def counts_of(volunteers: VolunteerQuerySet, today: dt.date) -> dict[str, int]:
    """Return how many stand at each stage, are quiet, or have a decision to look at."""
    stages = {f"stage_{stage}": Count("pk", filter=Q(stage=stage)) for stage in Stage.values}
    counts: dict[str, int] = volunteers.order_by().aggregate(**stages)
    counts["quiet"] = volunteers.quiet_on(today).count()
    counts["recheck"] = volunteers.recheck_due(today + RECHECK_SOON).count()
    return counts


@dataclass(frozen=True)
class Step:
    """One stage of the way, as a lead sees it; ``state`` is done, now or later."""

    number: int
    label: str
    state: str
    event: StageEvent | None


@dataclass(frozen=True)
class Way:
    """How far somebody has come, what comes next, and what is missing for it."""

    steps: list[Step]
    following: Stage | None
    missing: list[str]
    back_to: Stage | None
    returns_to: Stage | None


def way_of(volunteer: Volunteer, events: list[StageEvent]) -> Way:
    """Gather the way of a volunteer; ``events`` are theirs, the latest first."""
    rests = volunteer.stage == Stage.RESTING
    home = returns_to(volunteer) if rests else None
    reached = home or (Stage(volunteer.stage) if volunteer.stage in PATHWAY else None)
    following = next_stage(volunteer)
    needs = open_needs(volunteer, following) if following else []
    stages = _stages(volunteer)
    before = [stage for stage in stages if reached and _rank(stage) < _rank(reached)]
    return Way(
        steps=_steps(stages, reached, events),
        following=following,
        missing=[str(need) for need in needs],
        back_to=before[-1] if before and not rests else None,
        returns_to=home,
    )


def induction_of(volunteer: Volunteer) -> list[dict[str, Any]]:
    """Return the role's list with what is done, when, and by whom."""
    role = role_of(volunteer.role_slug)
    ticks = {tick.item: tick for tick in volunteer.inductions.select_related("by")}
    return [
        {"item": item, "tick": ticks.get(item.slug)}
        for item in (role.induction if role else ())
    ]


def minutes_of(volunteer: Volunteer) -> int:
    """Return the minutes that somebody has given, those taken back left out."""
    given = volunteer.hours.filter(undone_at__isnull=True)
    return sum(given.values_list("minutes", flat=True))


def is_quiet(volunteer: Volunteer) -> bool:
    """Say whether nothing was heard of an active one for four weeks."""
    return Volunteer.objects.quiet_on(timezone.localdate()).filter(pk=volunteer.pk).exists()


def _stages(volunteer: Volunteer) -> list[Stage]:
    """Return the stages of their way: references only where their role asks for some."""
    role = role_of(volunteer.role_slug)
    skipped = role is not None and not role.references
    return [stage for stage in PATHWAY if not (skipped and stage == Stage.REFERENCES)]


def _rank(stage: Stage) -> int:
    return PATHWAY.index(stage)


def _steps(stages: list[Stage], reached: Stage | None, events: list[StageEvent]) -> list[Step]:
    came = {event.stage: event for event in reversed(events)}
    done = sum(reached is not None and _rank(stage) <= _rank(reached) for stage in stages)
    steps = []
    for number, stage in enumerate(stages, start=1):
        state = "done" if number <= done else "now" if number == done + 1 else "later"
        event = came.get(stage) if state == "done" else None
        steps.append(Step(number, str(stage.label), state, event))
    return steps
