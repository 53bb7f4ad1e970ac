"""Writes on partners that are no place on the map: a group, a private person, a relative."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ManyToOneRel
from pghistory.models import Event

from assets import categories
from fans.connections.alike import alike, namesake
from fans.connections.errors import (
    AlikeError,
    NotAPartnerError,
    PartnerNameError,
    TieInUseError,
)
from fans.connections.models import Partner, PartnerKind, Partnership, PartnershipStatus
from fans.connections.services.locks import hold_log
from fans.connections.services.partners import find_or_start_partnership, refuse_if_over
from fans.people.models import Person
from homes.models import Home
from intake.free_text import doubts

NEW_KINDS = (
    *(PartnerKind.GROUP, PartnerKind.PERSON),
    *(PartnerKind.FAMILY, PartnerKind.PROFESSIONAL),
)
"""Kinds of partner that a home names itself."""

BY_WHAT_THEY_DO = (PartnerKind.PERSON, PartnerKind.FAMILY, PartnerKind.PROFESSIONAL)
"""Kinds called by a label, such as "Accordion player": never by somebody's name."""


@transaction.atomic
def start_tie_with_new(
    *,
    by: Person,
    home: Home,
    kind: str,
    name: str,
    category: str = "",
    seen_alike: bool = False,
) -> Partnership:
    """Return the home's tie with somebody who is no place on the map, made on first use.

    A name that the home has already is the tie that it has. ``seen_alike``: somebody has
    looked at those whose names are nearly the same, and means none of them.

    Raises:
        AlikeError: there are such, and nobody has looked at them.
        NotAPartnerError, PartnerNameError: the kind or the name will not do.
        PartnershipOverError: the tie of this name has ended or was declined.
        ValidationError: a group without a kind of place.
    """
    name = " ".join(name.split())
    _check(kind, name)
    hold_log(home)  # two at once make one "Ukulele group"
    if (known := namesake(home, name)) is not None:
        refuse_if_over(known)
        return known
    if not seen_alike and (found := alike(name, home=home, person=by)):
        raise AlikeError(found)
    partner = Partner(kind=kind, name=name, own_category=_category(kind, category))
    partner.full_clean()
    partner.save()
    return find_or_start_partnership(home=home, partner=partner, by=by)


@transaction.atomic
def take_back_tie(*, partnership: Partnership, by: Person) -> None:
    """Take away a tie that is an idea and nothing more; a partner made for it goes too.

    Raises:
        PermissionDenied: ``by`` may not log for the home.
        TieInUseError: something was logged, asked or said of it.
    """
    if not by.has_perm("connections.log", partnership.home):
        raise PermissionDenied("Your roles do not let you change this home's ties.")
    hold_log(partnership.home)
    tie = Partnership.objects.select_for_update().filter(pk=partnership.pk).first()
    if tie is None:
        return
    said = tie.status != PartnershipStatus.IDEA or tie.home_confirmed_at
    if said or tie.partner_confirmed_at or _hangs_on(tie):
        raise TieInUseError(
            f"Something has happened with {tie.partner} since. End the tie instead."
        )
    partner = tie.partner
    tie.delete()
    if partner.kind != PartnerKind.ASSET and not partner.partnerships.exists():
        partner.delete()


def _check(kind: str, name: str) -> None:
    if kind not in NEW_KINDS:
        raise NotAPartnerError("Choose what they are.", field="kind")
    if not any(letter.isalnum() for letter in name):
        raise PartnerNameError("Say what you call them.", field="name")
    if kind in BY_WHAT_THEY_DO and (found := doubts(name)):
        words = " ".join(doubt.words for doubt in found)
        raise PartnerNameError(
            f"{words} Say what they do instead, such as “Accordion player”.", field="name"
        )


def _category(kind: str, category: str) -> str:
    if kind == PartnerKind.PERSON:
        return categories.INDIVIDUAL_GIFT
    return category if kind == PartnerKind.GROUP else ""


def _hangs_on(tie: Partnership) -> bool:
    """Say whether any record points at a tie, but the history of its own changes."""
    for relation in Partnership._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        model = cast(Any, relation.related_model)
        if issubclass(model, Event):
            continue
        if model._base_manager.filter(**{relation.field.name: tie.pk}).exists():
            return True
    return False
