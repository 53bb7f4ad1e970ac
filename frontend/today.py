"""What waits for somebody today, for each part that they have."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.gis.db.models import GeometryField
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Cast

from assets.checking.models import SourceQuestion
from assets.checking.standing import due_facts
from assets.models import Asset, AssetQuerySet, CheckState, Fact, OpenState, Visibility
from assets.photos.models import Photo
from assets.proposals.queue import count_waiting
from assets.proposals.services import DECIDE
from assets.rounds.models import Round
from assets.twins.models import Pair
from fans.cohorts.models import Cohort, Enrolment
from fans.connections.candidates import same_again
from fans.connections.models import Connection
from fans.connections.reports import MonthCounts, Tie, month_counts, ties_of
from fans.openness.models import WAVE_MONTHS, Wave
from fans.people.models import Membership, Person, Role
from fans.people.partners.reports import assets_unanswered, claims_waiting, places_of
from fans.people.permissions import Reach, homes_in_reach, memberships_of, reach_of
from fans.people.volunteers.accompanied import accompanied_by, counts_of
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.own_way import way_of
from geo.models import Area
from geo.srid import WGS84
from homes.models import Home, RegisterChange, RegistrationQuestion

MOST_SHOWN: Final = 6
HOMES_LOOKED_THROUGH: Final = 40
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


@dataclass(frozen=True)
class ChampionDesk:
    """A community champion: what to review, what to check, who goes quiet."""

    areas: list[str]
    drafts: list[Asset]
    drafts_count: int
    suggestions_count: int
    to_check: list[Asset]
    to_check_count: int
    quiet: list[Tie]
    questions_count: int
    source_questions_count: int
    rounds_count: int
    changes_count: int
    claims_count: int = 0
    silent_count: int = 0
    photos_count: int = 0
    pairs_count: int = 0


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
    champion: ChampionDesk | None = None
    boards: list[CohortBoard] = field(default_factory=list)
    studies_of: list[Cohort] = field(default_factory=list)
    volunteer: VolunteerDesk | None = None
    lead: LeadDesk | None = None
    places: list[PlaceDesk] = field(default_factory=list)
    is_administrator: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.homes
            or self.champion
            or self.boards
            or self.studies_of
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
        homes=[home_desk(person, home, today) for home in _own_homes(held)],
        champion=_champion_desk(person, held, today),
        boards=[cohort_board(cohort, today) for cohort in cohorts],
        studies_of=_cohorts(held, Role.RESEARCHER),
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


def _own_homes(held: Iterable[Membership]) -> list[Home]:
    ids = {m.home_id for m in held if m.home_id and m.role in HOME_TEAM}
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
        quiet=[tie for tie in ties if tie.going_quiet][:MOST_SHOWN],
        month=month_counts(home, today),
        has_tally=home.tallies.filter(month=today.replace(day=1)).exists(),
        wave=waves.first(),
        may_see_score=person.has_perm("openness.view_score", home),
    )


def _champion_desk(
    person: Person, held: Iterable[Membership], today: dt.date
) -> ChampionDesk | None:
    areas = [m.area for m in held if m.role == Role.CHAMPION and m.area]
    if not areas:
        return None
    reach = reach_of(person, "assets.publish")
    seen = _assets_in(reach)
    drafts = seen.filter(visibility=Visibility.DRAFT)
    published = seen.filter(visibility=Visibility.PUBLISHED)
    to_check = published.exclude(check_state=CheckState.FRESH)
    return ChampionDesk(
        areas=[area.name for area in areas],
        drafts=list(drafts.order_by("created_at")[:MOST_SHOWN]),
        drafts_count=drafts.count(),
        suggestions_count=count_waiting(reach_of(person, DECIDE)),
        to_check=_longest_unchecked(to_check),
        to_check_count=to_check.count(),
        quiet=_quiet_ties(homes_in_reach(reach_of(person, "connections.view")), today),
        questions_count=_questions_for(reach_of(person, "homes.answer_question")),
        source_questions_count=SourceQuestion.objects.waiting_within(reach, today).count(),
        rounds_count=Round.objects.open().filter(assigned_to=person).count(),
        changes_count=_changes_for(reach_of(person, "homes.see_changes")),
        claims_count=claims_waiting(reach).count(),
        silent_count=assets_unanswered(reach.area_ids, everywhere=reach.everywhere).count(),
        photos_count=Photo.objects.waiting().inside(reach_of(person, "photos.publish")).count(),
        pairs_count=Pair.objects.waiting_within(reach).count(),
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


def _questions_for(reach: Reach) -> int:
    """Count the homes of which somebody has to say whether they are one."""
    waiting = RegistrationQuestion.objects.waiting()
    inside = waiting.about_homes_in(everywhere=reach.everywhere, area_ids=reach.area_ids)
    return inside.count()


def _changes_for(reach: Reach) -> int:
    """Count what the register says anew of homes, and nobody has seen."""
    unseen = RegisterChange.objects.unseen()
    inside = unseen.about_homes_in(everywhere=reach.everywhere, area_ids=reach.area_ids)
    return inside.count()


def _assets_in(reach: Reach) -> AssetQuerySet:
    """Return open assets inside a reach's areas, drafts included."""
    # Boundaries are planar, points geography: PostGIS wants them alike.
    point = Cast(OuterRef("location"), GeometryField(srid=WGS84))
    holding = Area.objects.filter(pk__in=reach.area_ids, boundary__intersects=point)
    return Asset.objects.filter(Exists(holding), state=OpenState.OPEN)


def _longest_unchecked(assets: AssetQuerySet) -> list[Any]:
    checked = assets.annotate(last_checked_on=Max("fact_checks__checked_on"))
    return list(checked.order_by("-check_state", "last_checked_on", "pk")[:MOST_SHOWN])


def _quiet_ties(homes: Any, today: dt.date) -> list[Tie]:
    tied = homes.filter(partnerships__isnull=False).distinct()[:HOMES_LOOKED_THROUGH]
    quiet = [tie for home in tied for tie in ties_of(home, on=today) if tie.going_quiet]
    return sorted(quiet, key=lambda tie: tie.last_on or dt.date.min)[:MOST_SHOWN]


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
        waves=[_wave_state(month, planned.get(month), today) for month in WAVE_MONTHS],
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
