"""How a place stands with its own people: read for its page, and for champions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from assets.models import Asset, AssetQuerySet, FactCheck, OpenState, Visibility
from fans.people.models import Membership, Role
from fans.people.partners.models import Answer, Claim, Question
from fans.people.permissions import Reach
from geo.inside import inside_areas


def partners_of(asset: Asset) -> QuerySet[Membership]:
    """Return who keeps a place's entry right today."""
    held = Membership.objects.on(timezone.localdate())
    return held.filter(role=Role.PARTNER, asset=asset, person__is_active=True)


def kept_by_itself(asset: Asset) -> bool:
    """Say whether the place itself keeps its entry right."""
    return partners_of(asset).exists()


def kept_among(ids: Iterable[int]) -> set[int]:
    """Return which of these places keep their own entries right."""
    held = Membership.objects.on(timezone.localdate()).filter(
        role=Role.PARTNER, asset__in=list(ids), person__is_active=True
    )
    return {pk for pk in held.values_list("asset_id", flat=True) if pk is not None}


def places_of(person_id: int) -> AssetQuerySet:
    """Return the places that a person keeps right."""
    held = Membership.objects.on(timezone.localdate()).filter(
        role=Role.PARTNER, person=person_id
    )
    return Asset.objects.filter(pk__in=held.values("asset"), merged_into__isnull=True)


def assets_unanswered(
    area_ids: Iterable[int] = (), *, everywhere: bool = False
) -> AssetQuerySet:
    """Return places in these areas that never answered our mails, and nobody has checked since.

    Somebody has to go, or ring.
    """
    asked = Question.objects.filter(answer=Answer.UNANSWERED, asset=OuterRef("pk"))
    asked = asked.annotate(ended_on=TruncDate("ended_at"))
    checked = FactCheck.objects.filter(
        asset=OuterRef("asset"), checked_on__gte=OuterRef("ended_on")
    )
    rows = Asset.objects.published().filter(Exists(asked.filter(~Exists(checked))))
    if everywhere:
        return rows
    mine = Question.objects.filter(
        inside_areas(area_ids, column="asset__location"), asset=OuterRef("pk")
    )
    return rows.filter(Exists(mine))


def unanswered_among(ids: Iterable[int]) -> set[int]:
    """Return which of these places never answered: they come first in a round."""
    found = assets_unanswered(everywhere=True).filter(pk__in=list(ids))
    return set(found.values_list("pk", flat=True))


def claims_waiting(reach: Reach) -> QuerySet[Claim]:
    """Return the claims that somebody with this reach may decide about."""
    rows = Claim.objects.waiting().within(everywhere=reach.everywhere, area_ids=reach.area_ids)
    return rows.select_related("asset")


@dataclass(frozen=True)
class Standing:
    """What the page of a place says of its own people."""

    is_kept: bool
    may_claim: bool
    may_keep: bool


def standing_of(asset: Asset, *, person_id: int | None) -> Standing:
    """Return how a place stands with its own people, for whoever looks at it."""
    keepers = set(partners_of(asset).values_list("person_id", flat=True))
    is_public = asset.visibility == Visibility.PUBLISHED and asset.state == OpenState.OPEN
    may_keep = person_id is not None and person_id in keepers
    return Standing(
        is_kept=bool(keepers), may_claim=is_public and not may_keep, may_keep=may_keep
    )
