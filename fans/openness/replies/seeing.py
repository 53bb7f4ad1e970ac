"""Who sees what a home's picture of a wave says, and from when on.

Private first. A wave's figures are closed to everybody while it is open: only the home's
own page shows how they move, and only so much of it as tells nobody's answer. Once the
wave is closed the home's own team sees it; its facilitator does as soon as the home has
shared it or replied to it, and otherwise a fortnight later; others see it only while
the home shares it with them. Nobody else ever does.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from fans.cohorts.models import Enrolment
from fans.openness.few_answers import LEAST_ELSEWHERE, LEAST_RESPONDENTS
from fans.openness.models import Wave
from fans.openness.replies.models import Audience, Reply, Share
from fans.people.models import Membership, Person, Role
from fans.people.permissions import (
    cohorts_of_homes,
    homes_in_areas,
    memberships_of,
)
from fans.people.table import ACTIONS
from homes.models import Home

VIEW: Final = "openness.view_score"
VIEW_SHARED: Final = "openness.view_shared"
DAYS_TO_REPLY: Final = 14
"""So long after closing the home has its picture to itself, unless it shares or replies."""

OWN_TEAM: Final = frozenset({Role.MANAGER, Role.COORDINATOR, Role.NAVIGATOR})
READERS: Final[Mapping[str, frozenset[str]]] = {
    Audience.FACILITATOR: frozenset({Role.FACILITATOR}),
    Audience.COHORT: frozenset({Role.MANAGER, Role.COORDINATOR}),
    Audience.CHAMPION: frozenset({Role.CHAMPION}),
    Audience.RELATIVES: frozenset({Role.RELATIVE}),
    Audience.PROVIDER: frozenset({Role.PROVIDER}),
}
"""The roles that each audience is made of."""


def may_see_score(person: Person | AnonymousUser, wave: Wave) -> bool:
    """Say whether somebody may see a wave's figures: stored ones, of a closed wave."""
    return wave in visible_waves(person, [wave])


def visible_waves(person: Person | AnonymousUser, waves: Iterable[Wave]) -> list[Wave]:
    """Keep the closed waves whose figures somebody may see, in the order given.

    None while its close can still be taken back.

    At most five queries for any number of waves, if their enrolments were read with them.
    """
    today = timezone.localdate()
    now = timezone.now()
    closed = [w for w in waves if w.state_on(today) == "closed" and not w.may_reopen(now)]
    if not closed or not isinstance(person, Person) or not person.is_active:
        return []
    held = _Held.by(person)
    unsure = [w for w in closed if w.enrolment.home_id not in held.own_homes]
    seen = _seen_by(held, unsure, today) if unsure else set()
    return [w for w in closed if w.enrolment.home_id in held.own_homes or w.pk in seen]


def is_own_team(person: Person | AnonymousUser, home: Home) -> bool:
    """Say whether somebody belongs to the home itself: to those who reply and share."""
    return isinstance(person, Person) and home.pk in _Held.by(person).own_homes


def least_respondents(person: Person | AnonymousUser, home: Home) -> int:
    """Return how many people a group needs before this person is shown its answers."""
    if not isinstance(person, Person):
        return LEAST_ELSEWHERE
    own = any(m.home_id == home.pk for m in memberships_of(person) if m.role in OWN_TEAM)
    return LEAST_RESPONDENTS if own else LEAST_ELSEWHERE


def facilitator_sees_from(wave: Wave) -> dt.date:
    """Return the day from which the facilitator sees the wave, whatever the home does."""
    return wave.closes_on + dt.timedelta(days=DAYS_TO_REPLY)


@dataclass(frozen=True)
class _Held:
    """The scopes that somebody holds today for seeing pictures."""

    own_homes: frozenset[int]
    cohorts: frozenset[int]
    readers: tuple[Membership, ...]

    @classmethod
    def by(cls, person: Person) -> "_Held":
        held = memberships_of(person) if person.is_active else []
        own = [m for m in held if m.role in ACTIONS[VIEW].roles]
        return cls(
            own_homes=frozenset(m.home_id for m in own if m.home_id),
            cohorts=frozenset(m.cohort_id for m in own if m.cohort_id),
            readers=tuple(m for m in held if m.role in ACTIONS[VIEW_SHARED].roles),
        )

    def of(self, audience: str) -> list[Membership]:
        """Return the memberships that make somebody one of an audience."""
        return [m for m in self.readers if m.role in READERS[audience]]


def _seen_by(held: _Held, waves: Collection[Wave], today: dt.date) -> set[int]:
    """Return the ids of the waves that are seen from outside their home."""
    seen = _facilitated(held, waves, today)
    shared: dict[int, set[str]] = defaultdict(set)
    for wave_id, audience in (
        Share.objects.standing()
        .filter(wave__in=[w.pk for w in waves])
        .values_list("wave", "audience")
    ):
        shared[wave_id].add(audience)
    to_look_at = [wave for wave in waves if wave.pk in shared]
    reached = _reached(held, to_look_at) if to_look_at else {}
    for wave in to_look_at:
        if any(wave.pk in reached[audience] for audience in shared[wave.pk]):
            seen.add(wave.pk)
    return seen


def _facilitated(held: _Held, waves: Collection[Wave], today: dt.date) -> set[int]:
    """Return those whose fortnight is over, or to which the home has replied."""
    own = [wave for wave in waves if wave.enrolment.cohort_id in held.cohorts]
    waiting = [wave.pk for wave in own if today < facilitator_sees_from(wave)]
    seen = {wave.pk for wave in own} - set(waiting)
    if waiting:
        replied = Reply.objects.standing().filter(wave__in=waiting)
        seen |= set(replied.values_list("wave", flat=True))
    return seen


def _reached(held: _Held, waves: Collection[Wave]) -> dict[str, set[int]]:
    """Return, by audience, the ids of the waves whose home it could share them with."""
    by_home: dict[int, set[int]] = defaultdict(set)
    by_cohort: dict[int, set[int]] = defaultdict(set)
    for wave in waves:
        by_home[wave.enrolment.home_id].add(wave.pk)
        by_cohort[wave.enrolment.cohort_id].add(wave.pk)
    areas = [m.area_id for m in held.of(Audience.CHAMPION) if m.area_id]
    teams = [m.home_id for m in held.of(Audience.COHORT) if m.home_id]
    homes: dict[str, Collection[int]] = {
        Audience.RELATIVES: [m.home_id for m in held.of(Audience.RELATIVES) if m.home_id],
        Audience.PROVIDER: [m.home_id for m in held.of(Audience.PROVIDER) if m.home_id],
        Audience.CHAMPION: homes_in_areas(areas, among=by_home),
    }
    cohorts: dict[str, Collection[int]] = {
        Audience.FACILITATOR: held.cohorts,
        Audience.COHORT: cohorts_of_homes(teams),
    }
    return {
        **{audience: _joined(by_home, ids) for audience, ids in homes.items()},
        **{audience: _joined(by_cohort, ids) for audience, ids in cohorts.items()},
    }


def _joined(waves: Mapping[int, set[int]], ids: Collection[int]) -> set[int]:
    return {wave for id in ids if id in waves for wave in waves[id]}


def visible_to_others(person: Person) -> list[Wave]:
    """Return the closed waves that other homes share with somebody, newest first."""
    held = _Held.by(person)
    shared = Share.objects.standing().exclude(audience=Audience.FACILITATOR)
    audiences = [a for a in READERS if a != Audience.FACILITATOR and held.of(a)]
    ids = shared.filter(audience__in=audiences).values("wave")
    waves = Wave.objects.filter(pk__in=ids).select_related("enrolment__home")
    others = waves.exclude(enrolment__home__in=held.own_homes).order_by("-closes_on", "pk")
    return visible_waves(person, others)


def others_of(wave: Wave) -> list[Home]:
    """Return the other homes of a wave's cohort, by name: whom sharing with it reaches."""
    enrolled = Enrolment.objects.filter(cohort=wave.enrolment.cohort_id)
    others = enrolled.exclude(home=wave.enrolment.home_id).select_related("home")
    return sorted({e.home for e in others}, key=lambda home: home.name)
