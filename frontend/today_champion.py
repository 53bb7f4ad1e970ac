"""A community champion's part of the day: what to review, to check, and who goes quiet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.gis.db.models import GeometryField
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Cast

from assets.checking.models import SourceQuestion
from assets.models import Asset, AssetQuerySet, CheckState, OpenState, Visibility
from assets.photos.models import Photo
from assets.proposals.queue import count_waiting
from assets.proposals.services import DECIDE
from assets.rounds.models import Round
from assets.twins.models import Pair
from fans.connections.going_quiet import QuietTie, quiet_ties
from fans.people.models import Membership, Person, Role
from fans.people.partners.reports import assets_unanswered, claims_waiting
from fans.people.permissions import Reach, homes_in_reach, reach_of
from geo.models import Area
from geo.srid import WGS84
from homes.models import RegisterChange, RegistrationQuestion

MOST_SHOWN: Final = 6


@dataclass(frozen=True)
class ChampionDesk:
    """A community champion: what to review, what to check, who goes quiet."""

    areas: list[str]
    drafts: list[Asset]
    drafts_count: int
    suggestions_count: int
    to_check: list[Asset]
    to_check_count: int
    quiet: list[QuietTie]
    quiet_count: int
    questions_count: int
    source_questions_count: int
    rounds_count: int
    changes_count: int
    claims_count: int = 0
    silent_count: int = 0
    photos_count: int = 0
    pairs_count: int = 0


def champion_desk(
    person: Person, held: Iterable[Membership], today: dt.date
) -> ChampionDesk | None:
    """Gather a champion's day; None for somebody who is none."""
    areas = [m.area for m in held if m.role == Role.CHAMPION and m.area]
    if not areas:
        return None
    reach = reach_of(person, "assets.publish")
    seen = _assets_in(reach)
    drafts = seen.filter(visibility=Visibility.DRAFT)
    published = seen.filter(visibility=Visibility.PUBLISHED)
    to_check = published.exclude(check_state=CheckState.FRESH)
    homes = homes_in_reach(reach_of(person, "connections.view"))
    found = quiet_ties(homes.values_list("pk", flat=True), on=today)
    quiet = [tie for tie in found if tie.counts]
    return ChampionDesk(
        areas=[area.name for area in areas],
        drafts=list(drafts.order_by("created_at")[:MOST_SHOWN]),
        drafts_count=drafts.count(),
        suggestions_count=count_waiting(reach_of(person, DECIDE)),
        to_check=_longest_unchecked(to_check),
        to_check_count=to_check.count(),
        quiet=quiet[:MOST_SHOWN],
        quiet_count=len(quiet),
        questions_count=_questions_for(reach_of(person, "homes.answer_question")),
        source_questions_count=SourceQuestion.objects.waiting_within(reach, today).count(),
        rounds_count=Round.objects.open().filter(assigned_to=person).count(),
        changes_count=_changes_for(reach_of(person, "homes.see_changes")),
        claims_count=claims_waiting(reach).count(),
        silent_count=assets_unanswered(reach.area_ids, everywhere=reach.everywhere).count(),
        photos_count=Photo.objects.waiting().inside(reach_of(person, "photos.publish")).count(),
        pairs_count=Pair.objects.waiting_within(reach).count(),
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
