"""What a place's own people see of its ties: the home, the purpose, what they were asked."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from fans.connections.models import Partnership, PartnershipStatus, TieSide
from fans.connections.ties.models import Approach
from fans.people.models import Person
from fans.people.partners.reports import places_of

_KNOWN: Final = (
    PartnershipStatus.ASKED,
    PartnershipStatus.AGREED,
    PartnershipStatus.ACTIVE,
    PartnershipStatus.QUIET,
)


@dataclass(frozen=True)
class Seen:
    """One tie as the partner's side reads it: nothing of the home's own notes."""

    pk: int
    home: str
    home_id: int
    place: str
    purpose: str
    words: str  # of the last invitation
    asked_on: dt.date | None
    standing: str
    said_yes_on: dt.datetime | None
    may_answer: bool


def ties_of_places(person: Person) -> QuerySet[Partnership]:
    """Return the ties of the places that somebody keeps right, as far as they know of them.

    A home's mere idea is its own; so is a no that the partner's side did not say.
    """
    theirs = Q(status__in=_KNOWN) | Q(status=PartnershipStatus.ENDED)
    own_no = Q(status=PartnershipStatus.DECLINED, declined_side=TieSide.PARTNER)
    said_yes = Q(partner_confirmed_at__isnull=False)
    asked = Q(approaches__undone_at__isnull=True, approaches__isnull=False)
    ties = Partnership.objects.filter(partner__asset__in=places_of(person.pk))
    ties = ties.filter(said_yes | ((theirs | own_no) & asked)).distinct()
    return ties.select_related("home", "partner__asset").order_by("home__name", "pk")


def asked_last(tie: Partnership) -> Approach | None:
    """Return the last time that a home asked."""
    return tie.approaches.standing().order_by("-asked_on", "-pk").first()


def seen_by(person: Person) -> list[Seen]:
    """Return the ties of somebody's places in the words that they may read."""
    return [_seen(tie, asked_last(tie)) for tie in ties_of_places(person)]


def _seen(tie: Partnership, asked: Approach | None) -> Seen:
    return Seen(
        pk=tie.pk,
        home=tie.home.name,
        home_id=tie.home_id,
        place=str(tie.partner),
        purpose=tie.purpose,
        words=asked.words if asked else "",
        asked_on=asked.asked_on if asked else None,
        standing=_standing(tie),
        said_yes_on=tie.partner_confirmed_at,
        may_answer=asked is not None and not tie.is_over and not tie.partner_confirmed_at,
    )


def _standing(tie: Partnership) -> str:
    """Say how it stands without a word of the home's own."""
    if tie.is_over:
        return "Over"
    if tie.partner_confirmed_at and tie.home_confirmed_at:
        return "Both of you said yes"
    if tie.partner_confirmed_at:
        return "You said yes; the home has not yet"
    return "They ask"
