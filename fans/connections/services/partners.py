"""Writes on partners and partnerships."""

import enum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from assets import categories
from assets.models import Asset
from assets.standing import standing
from assets.twins import following
from fans.connections.errors import NotAPartnerError, PartnershipOverError
from fans.connections.models import Partner, PartnerKind, Partnership, PartnershipStatus
from fans.connections.ties.models import Approach, How, Kind
from fans.connections.ties.recording import write
from fans.people.models import Person, Role
from fans.people.permissions import roles_for
from homes.models import Home


class Side(enum.StrEnum):
    """The two sides of a tie."""

    HOME = "home"
    PARTNER = "partner"


CONFIRMS = {
    Side.HOME: "connections.confirm_home",
    Side.PARTNER: "connections.confirm_partner",
}
"""The action of the permission table that lets somebody say yes for a side."""

BEFORE_AGREED = (PartnershipStatus.IDEA, PartnershipStatus.ASKED)
BEFORE_ACTIVE = (*BEFORE_AGREED, PartnershipStatus.AGREED)
_ELSEWHERE = frozenset(Role) - {Role.PARTNER}


@transaction.atomic
def partner_for_asset(asset: Asset) -> Partner:
    """Return the partner that stands for ``asset``, made on first use.

    Raises:
        NotAPartnerError: a bus stop, bench or toilet supports trips and ties to nobody.
    """
    asset = standing(asset)
    if asset.category == categories.TRANSPORT_ACCESS:
        raise NotAPartnerError(
            f"{asset} helps people get about. A tie is with people: choose a place or group.",
            field="asset",
        )
    partner = Partner(kind=PartnerKind.ASSET, asset=asset)
    partner.full_clean(validate_unique=False)
    # Two at once both get the row that came first.
    Partner.objects.bulk_create([partner], ignore_conflicts=True)
    return Partner.objects.get(asset=asset)


@transaction.atomic
def find_or_start_partnership(
    *, home: Home, partner: Partner, by: Person | None
) -> Partnership:
    """Return the tie of ``home`` and ``partner``; a new one starts as an idea."""
    found = Partnership.objects.filter(home=home, partner=partner).first()
    if found is not None:
        return found
    tie = Partnership(home=home, partner=partner, created_by=by)
    tie.full_clean(validate_unique=False, validate_constraints=False)
    Partnership.objects.bulk_create([tie], ignore_conflicts=True)
    return Partnership.objects.get(home=home, partner=partner)


@transaction.atomic
def confirm(*, partnership: Partnership, side: Side, by: Person) -> Partnership:
    """Note that one side says yes; with both, the tie is active.

    Nobody says yes for the other side: see the two actions of the permission table.
    Saying it again keeps the day it was first said.

    Raises:
        PartnershipOverError: the tie has ended or was declined.
        PermissionDenied: ``by`` does not speak for that side.
    """
    if not by.has_perm(CONFIRMS[side], partnership):
        raise PermissionDenied(f"Your roles do not let you say yes for the {side.value}.")
    tie = hold_tie(partnership)
    note_yes(tie, side=side, by=by, how=how_of(by, tie))
    return tie


def note_yes(
    tie: Partnership,
    *,
    side: Side,
    by: Person | None,
    how: str = How.ACCOUNT,
    approach: Approach | None = None,
    **also: Any,
) -> bool:
    """Note a side's yes to a tie that is held, from whoever is known to speak for it.

    ``also`` is what it changes of an approach. Returns whether it was news.

    Raises:
        PartnershipOverError: the tie has ended or was declined.
    """
    refuse_if_over(tie)
    column = "home_confirmed_at" if side is Side.HOME else "partner_confirmed_at"
    if getattr(tie, column) is not None:
        return False
    other = tie.partner_confirmed_at if side is Side.HOME else tie.home_confirmed_at
    status = tie.status
    if other is not None and status in BEFORE_ACTIVE:
        status = PartnershipStatus.ACTIVE
    elif side is Side.PARTNER and status in BEFORE_AGREED:
        status = PartnershipStatus.AGREED
    said = {"status": str(status), column: timezone.now(), **also}
    write(tie, kind=Kind.YES, by=by, side=side.value, how=how, approach=approach, **said)
    return True


def how_of(person: Person, tie: Partnership) -> How:
    """Say whether somebody speaks from the home's side, or as one of the partner's people."""
    roles = roles_for(person, tie)
    return How.PARTNER if Role.PARTNER in roles and not roles & _ELSEWHERE else How.ACCOUNT


@transaction.atomic
def hold_tie(partnership: Partnership) -> Partnership:
    """Let nobody else change a tie until the transaction ends; return it as it stands now."""
    # At once as strongly as it is needed: two that hold it weakly would wait for each other.
    # Not its key: what is logged with it meanwhile need not wait.
    ties = Partnership.objects.select_for_update(of=("self",), no_key=True)
    pk = partnership.pk
    while (tie := ties.filter(pk=pk).first()) is None:
        pk = following.stands_for(Partnership, pk)
    return tie


def standing_tie(tie: Partnership) -> Partnership:
    """Hold a tie for a row that is about to point at it; return the one that stands.

    Where two places became one, a home that had a tie with each has one with it.
    """
    pk = following.hold(Partnership, tie.pk)
    return tie if pk == tie.pk else Partnership.objects.get(pk=pk)


def refuse_if_over(tie: Partnership) -> None:
    """Refuse a tie that somebody said is over.

    Raises:
        PartnershipOverError: it has ended or was declined.
    """
    if tie.is_over:
        raise PartnershipOverError(
            f"The tie with {tie.partner} is over ({tie.get_status_display().lower()}): "
            "choose another.",
            field="partnership",
        )
