"""How far a home has come with its three steps, and what comes next."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from fans.cohorts.models import Enrolment
from fans.connections.models import Partnership, PartnershipStatus
from fans.connections.steps.models import Acquaintance, Step, StepDone
from homes.models import Home

YOUNG: Final = dt.timedelta(days=92)
"""So long after its start a home is led to the steps; they stay open to it for ever."""

ASKED: Final = (PartnershipStatus.ASKED, PartnershipStatus.AGREED)


@dataclass(frozen=True)
class Stage:
    """One of the three steps of a home."""

    step: Step
    number: int
    count: int  # known, on the shortlist, asked
    waiting: int  # to sort, -, still to ask
    done: bool

    @property
    def begun(self) -> bool:
        """Say whether anything stands there."""
        return bool(self.count or self.waiting or self.done)


@dataclass(frozen=True)
class Progress:
    """The three steps of a home."""

    home: Home
    stages: tuple[Stage, ...]

    @property
    def next(self) -> Stage | None:
        """The first step that is not done; None where all are."""
        return next((stage for stage in self.stages if not stage.done), None)

    @property
    def done_count(self) -> int:
        """How many steps are done."""
        return sum(stage.done for stage in self.stages)

    @property
    def begun(self) -> bool:
        """Say whether anything stands in any of them."""
        return any(stage.begun for stage in self.stages)


def progress_of(home: Home) -> Progress:
    """Return how far a home has come. Three queries."""
    known = (
        Acquaintance.objects.standing()
        .filter(home=home)
        .aggregate(
            sorted=Count("pk", filter=Q(partnership__isnull=False)),
            to_sort=Count("pk", filter=Q(partnership__isnull=True)),
        )
    )
    wanted = wanted_ties(home).aggregate(
        ideas=Count("pk", filter=Q(status=PartnershipStatus.IDEA)),
        asked=Count("pk", filter=Q(status__in=ASKED)),
        all=Count("pk"),
    )
    done = set(StepDone.objects.filter(home=home).values_list("step", flat=True))
    counts = {
        Step.KNOW: (known["sorted"], known["to_sort"]),
        Step.LIKE: (wanted["all"], 0),
        Step.ASK: (wanted["asked"], wanted["ideas"]),
    }
    stages = tuple(
        Stage(step, number, *counts[step], done=step in done)
        for number, step in enumerate(Step, start=1)
    )
    return Progress(home, stages)


def wanted_ties(home: Home) -> QuerySet[Partnership]:
    """Return the home's shortlist: ties not begun with those whom it did not know before."""
    known = Acquaintance.objects.sorted().filter(home=home).values("partnership")
    beginning = (PartnershipStatus.IDEA, *ASKED)
    ties = Partnership.objects.filter(home=home, status__in=beginning).exclude(pk__in=known)
    # Somebody met already is known, whatever anybody has said.
    return ties.exclude(connections__undone_at__isnull=True, connections__isnull=False)


def is_young(home: Home) -> bool:
    """Say whether the home's part in a programme began within three months."""
    return home.pk in young_homes([home.pk])


def steps_to_take(home: Home) -> Progress | None:
    """Return the steps of a home that has one to take: begun, or young in its programme."""
    progress = progress_of(home)
    if progress.next is None or not (progress.begun or is_young(home)):
        return None
    return progress


def young_homes(home_ids: Iterable[int]) -> set[int]:
    """Return those of some homes whose part in a programme began within three months."""
    today = timezone.localdate()
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    begun = Enrolment.objects.filter(
        lasting, home__in=list(home_ids), starts_on__gt=today - YOUNG, starts_on__lte=today
    )
    return set(begun.values_list("home_id", flat=True))
