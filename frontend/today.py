"""What waits for somebody today, for each part that they have."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from assets.checking.standing import due_facts
from assets.models import Asset, Fact
from fans.cohorts.models import Cohort, Enrolment
from fans.connections.candidates import same_again
from fans.connections.models import Connection
from fans.connections.quick.models import QuickEntry
from fans.connections.reports import MonthCounts, Tie, month_counts, ties_of
from fans.connections.steps.progress import Progress, steps_to_take
from fans.learning.reports import Waiting, waiting_for
from fans.openness.models import PROGRAMME_MONTHS, Wave
from fans.people.models import Membership, Person, Role
from fans.people.partners.reports import places_of
from fans.people.permissions import memberships_of, reach_of
from fans.people.volunteers.accompanied import accompanied_by, counts_of
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.own_way import way_of
from frontend.today_champion import MOST_SHOWN, ChampionDesk, champion_desk
from homes.models import Home

HOME_TEAM: Final = (Role.MANAGER, Role.COORDINATOR)


@dataclass(frozen=True)
class HomeDesk:
    """A home's own people: what to note, whom to ring, where the wave stands."""

    home: Home
    same_again: list[Connection]
    quiet: list[Tie]
    month: MonthCounts
    has_tally: bool
    wave: Wave | None
    may_see_score: bool
    steps: Progress | None = None  # the first three, while there is one to take
    noted_count: int = 0  # from the home's sheets, and waiting to be confirmed
    plans: Waiting | None = None  # first steps and looks back that are this person's


@dataclass(frozen=True)
class WaveState:
    """Where one wave of one home stands."""

    month: int
    words: str
    is_open: bool = False
    is_over: bool = False


@dataclass(frozen=True)
class BoardRow:
    """One home of a cohort, on its facilitator's board."""

    home: Home
    waves: list[WaveState]
    ties_count: int
    quiet_count: int


@dataclass(frozen=True)
class CohortBoard:
    """A cohort, its homes in order of name: never sorted by any score."""

    cohort: Cohort
    rows: list[BoardRow]


@dataclass(frozen=True)
class VolunteerDesk:
    """Somebody who volunteers: where they stand, and what happens next."""

    volunteer: Volunteer
    next_words: str
    needs_adult: bool


@dataclass(frozen=True)
class LeadDesk:
    """A volunteer lead: who waits to be met, whom nothing was heard of, which check is due."""

    areas: list[str]
    counts: dict[str, int]


@dataclass(frozen=True)
class PlaceDesk:
    """One of a place's own people: what of its entry is to be looked at."""

    place: Asset
    due: list[Fact]


@dataclass(frozen=True)
class Desk:
    """Everything that one person's day begins with."""

    homes: list[HomeDesk] = field(default_factory=list)
    homes_of_relative: list[Home] = field(default_factory=list)
    homes_of_provider: list[Home] = field(default_factory=list)
    champion: ChampionDesk | None = None
    boards: list[CohortBoard] = field(default_factory=list)
    studies_of: list[Cohort] = field(default_factory=list)
    commissioner_of: list[str] = field(default_factory=list)
    volunteer: VolunteerDesk | None = None
    lead: LeadDesk | None = None
    places: list[PlaceDesk] = field(default_factory=list)
    is_administrator: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.homes
            or self.homes_of_relative
            or self.homes_of_provider
            or self.champion
            or self.boards
            or self.studies_of
            or self.commissioner_of
            or self.volunteer
            or self.lead
            or self.places
            or self.is_administrator
        )


def desk_of(person: Person, *, today: dt.date) -> Desk:
    """Gather what waits for a person, over all the roles they hold today."""
    held = memberships_of(person)
    cohorts = _cohorts(held, Role.FACILITATOR)
    return Desk(
        homes=[home_desk(person, home, today) for home in _homes_as(held, HOME_TEAM)],
        homes_of_relative=_homes_as(held, (Role.RELATIVE,)),
        homes_of_provider=_homes_as(held, (Role.PROVIDER,)),
        champion=champion_desk(person, held, today),
        boards=[cohort_board(cohort, today) for cohort in cohorts],
        studies_of=_cohorts(held, Role.RESEARCHER),
        commissioner_of=[m.area.name for m in held if m.role == Role.COMMISSIONER and m.area],
        volunteer=_volunteer_desk(person),
        lead=_lead_desk(person, held, today),
        places=[PlaceDesk(p, due_facts(p, today)) for p in places_of(person.pk)],
        is_administrator=any(m.role == Role.ADMINISTRATOR for m in held),
    )


def _lead_desk(person: Person, held: Iterable[Membership], today: dt.date) -> LeadDesk | None:
    areas = [m.area.name for m in held if m.role == Role.VOLUNTEER_LEAD and m.area]
    if not areas:
        return None
    return LeadDesk(
        areas, counts_of(accompanied_by(reach_of(person, "volunteers.view")), today)
    )


def _homes_as(held: Iterable[Membership], roles: Collection[str]) -> list[Home]:
    ids = {m.home_id for m in held if m.home_id and m.role in roles}
    return list(Home.objects.filter(pk__in=ids).order_by("name"))


def _cohorts(held: Iterable[Membership], role: Role) -> list[Cohort]:
    ids = {m.cohort_id for m in held if m.cohort_id and m.role == role}
    return list(Cohort.objects.filter(pk__in=ids).order_by("name"))


def home_desk(person: Person, home: Home, today: dt.date) -> HomeDesk:
    """Gather a home's day."""
    ties = [tie for tie in ties_of(home, on=today) if not tie.partnership.is_over]
    waves = Wave.objects.filter(enrolment__home=home).open_on(today)
    return HomeDesk(
        home=home,
        same_again=same_again(home),
        quiet=[tie for tie in ties if tie.going_quiet and tie.counts][:MOST_SHOWN],
        month=month_counts(home, today),
        has_tally=home.tallies.filter(month=today.replace(day=1)).exists(),
        wave=waves.first(),
        may_see_score=person.has_perm("openness.view_score", home),
        steps=steps_to_take(home),
        noted_count=QuickEntry.objects.waiting().of_homes([home]).count(),
        plans=waiting_for(person, home),
    )


def _volunteer_desk(person: Person) -> VolunteerDesk | None:
    volunteer = Volunteer.objects.present().filter(person=person).first()
    if volunteer is None:
        return None
    return VolunteerDesk(
        volunteer=volunteer,
        next_words=way_of(volunteer).next_words,
        needs_adult=volunteer.is_young and volunteer.adult_confirmed_at is None,
    )


def cohort_board(cohort: Cohort, today: dt.date) -> CohortBoard:
    """Gather a cohort's board: where each home's waves and ties stand."""
    enrolments = cohort.enrolments.select_related("home").prefetch_related("waves")
    ordered = sorted(enrolments, key=lambda enrolment: enrolment.home.name)
    return CohortBoard(cohort, [_board_row(enrolment, today) for enrolment in ordered])


def _board_row(enrolment: Enrolment, today: dt.date) -> BoardRow:
    planned = {wave.month: wave for wave in enrolment.waves.all()}
    ties = [tie for tie in ties_of(enrolment.home, on=today) if not tie.partnership.is_over]
    return BoardRow(
        home=enrolment.home,
        waves=[_wave_state(month, planned.get(month), today) for month in PROGRAMME_MONTHS],
        ties_count=len(ties),
        quiet_count=sum(tie.going_quiet for tie in ties),
    )


def _wave_state(month: int, wave: Wave | None, today: dt.date) -> WaveState:
    if wave is None:
        return WaveState(month, "Not planned")
    if today < wave.opens_on:
        return WaveState(month, f"From {wave.opens_on:%-d %B}")
    if wave.is_open_on(today):
        return WaveState(month, f"Open until {wave.closes_on:%-d %B}", is_open=True)
    return WaveState(month, f"Ended {wave.closes_on:%-d %B}", is_over=True)
