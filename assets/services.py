"""Writes with a rule: add, correct, publish and check an asset."""

import datetime as dt
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from assets import categories
from assets.checking.renewing import renew
from assets.checking.services import check_facts, partner_confirmed
from assets.errors import (
    ChangedMeanwhileError,
    PlaceNotWantedError,
    SentBySomebodyElseError,
)
from assets.models import (
    Asset,
    AssetSource,
    CheckMethod,
    Fact,
    FactCheck,
    Visibility,
)
from geo.models import Precision

__all__ = [
    "Details",
    "add_asset",
    "check_fact",
    "check_facts",
    "edit_asset",
    "partner_confirmed",
    "publish_asset",
]


class Details(TypedDict, total=False):
    """What a person may say of an asset; what is left out stays as it is."""

    name: str
    category: str
    description: str
    address: str
    postcode: str
    phone: str
    email: str
    website: str
    opening_hours: str
    closed_from: dt.date | None
    closed_until: dt.date | None
    closed_why: str
    wheelchair: str
    step_free: str
    wheelchair_toilet: str
    accessible_parking: str
    hearing_loop: str
    seating: str
    quiet: str
    access_notes: str
    cost: str
    cost_kind: str
    age_from: int | None
    age_to: int | None
    suits: str
    could_give: str
    would_love: str
    who_to_ask: str
    location: Point | None  # WGS 84, x = longitude
    location_precision: str
    location_source: str


def add_asset(*, by: Any, client_uuid: UUID | None = None, **details: Unpack[Details]) -> Asset:
    """Add an asset: public where ``by`` may publish at its place, else a draft.

    ``client_uuid``: the form's own id. Sent again by the same person, it returns the
    asset of the first time and changes nothing.

    Raises:
        PermissionDenied: ``by`` may not add assets.
        PlaceNotWantedError: a place was given for a category that must have none.
        SentBySomebodyElseError: somebody else has used ``client_uuid``.
        ValidationError: a value breaks a rule; fields are named.
    """
    if not by.has_perm("assets.add"):
        raise PermissionDenied("Your roles do not allow this: add a place or group.")
    if (sent := _sent_before(by, client_uuid)) is not None:
        return sent
    asset = Asset(source=AssetSource.LOCAL, created_by=by, client_uuid=client_uuid, **details)
    _settle(asset)
    if _may_publish(by, asset):
        _make_public(asset)
    asset.full_clean(exclude=["client_uuid"])
    try:
        with transaction.atomic():
            asset.save()
    except IntegrityError:
        # The same form, sent twice at once: the other one was first.
        if (sent := _sent_before(by, client_uuid)) is not None:
            return sent
        raise
    return asset


@transaction.atomic
def edit_asset(
    *, by: Any, asset: Asset, seen_at: dt.datetime, **details: Unpack[Details]
) -> Asset:
    """Correct an asset as ``by``, who saw it as it stood at ``seen_at``.

    Raises:
        PermissionDenied: ``by`` may not correct this asset.
        ChangedMeanwhileError: it has been saved since; nothing is written.
        PlaceNotWantedError, ValidationError: as when adding.
    """
    _require(by, "assets.edit", asset, "correct this place or group")
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    if asset.updated_at != seen_at:
        raise ChangedMeanwhileError("Somebody has changed this place since you opened it.")
    for field, value in details.items():
        setattr(asset, field, value)
    _settle(asset)
    asset.full_clean()
    asset.save()
    # A check was of what stood there: of what is new, nobody has said that it is right.
    if renew([asset.pk], today=timezone.localdate()):
        asset.refresh_from_db(fields=["check_state"])
    return asset


@transaction.atomic
def publish_asset(*, by: Any, asset: Asset) -> Asset:
    """Make a draft public.

    Raises:
        PermissionDenied: ``by`` may not publish this asset.
        ValidationError: a person's own gift, which is never public.
    """
    _require(by, "assets.publish", asset, "publish this place or group")
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    if asset.visibility != Visibility.PUBLISHED:
        _make_public(asset)
        asset.full_clean()
        asset.save()
    return asset


def check_fact(
    *, by: Any, asset: Asset, fact: Fact, how: CheckMethod, checked_on: dt.date | None = None
) -> FactCheck:
    """Note that ``by`` checked one fact of an asset; raises as ``check_facts``."""
    checks = check_facts(by=by, asset=asset, facts=[fact], how=how, checked_on=checked_on)
    return checks[0]


def _sent_before(by: Any, client_uuid: UUID | None) -> Asset | None:
    if client_uuid is None:
        return None
    sent = Asset.objects.filter(client_uuid=client_uuid).first()
    if sent is not None and sent.created_by_id != by.pk:
        raise SentBySomebodyElseError("Somebody else has sent this form. Please start again.")
    return sent


def _settle(asset: Asset) -> None:
    """Bring the columns that follow from others into line."""
    if asset.location is None:
        asset.location_precision = asset.location_source = ""
    elif asset.category in categories.UNLOCATED:
        label = categories.BY_SLUG[asset.category].label
        raise PlaceNotWantedError(
            f"“{label}” has no place on the map. Leave the place out, or choose another kind."
        )
    else:
        asset.location_precision = asset.location_precision or Precision.EXACT
        asset.location_source = asset.location_source or "map"
    if asset.category in categories.BY_SLUG:  # else full_clean() says so
        asset.abcd_type = categories.BY_SLUG[asset.category].abcd_type


def _may_publish(by: Any, asset: Asset) -> bool:
    if asset.category == categories.INDIVIDUAL_GIFT:
        return False  # a person's own gift is never public
    return bool(by.has_perm("assets.publish", asset))


def _make_public(asset: Asset) -> None:
    asset.visibility = Visibility.PUBLISHED
    asset.published_on = asset.published_on or timezone.localdate()


def _require(by: Any, action: str, asset: Asset, words: str) -> None:
    if not by.has_perm(action, asset):
        raise PermissionDenied(f"Your roles do not allow this: {words}.")
