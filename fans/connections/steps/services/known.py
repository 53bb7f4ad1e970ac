"""Step 1: names are put down, sorted into ties, put right, taken out and brought back."""

import datetime as dt
from typing import Final, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from assets.models import Asset
from fans.connections.candidates import Candidate
from fans.connections.errors import NotAPartnerError, TieInUseError
from fans.connections.models import PartnerKind, Partnership
from fans.connections.services import (
    find_or_start_partnership,
    partner_for_asset,
    start_tie_with_new,
    take_back_tie,
)
from fans.connections.services.locks import hold_log
from fans.connections.services.partners import refuse_if_over
from fans.connections.steps.errors import KnownAlreadyError, TooManyNamesError
from fans.connections.steps.models import Acquaintance
from fans.connections.steps.services.recall import forget_recalled, recall
from fans.people.models import Person
from homes.models import Home

MOST_NAMES: Final = 40
"""So many lines at once; more can follow."""


class Known(TypedDict, total=False):
    """What may be said of somebody whom a home knows."""

    known_by: list[str]  # KnownBy values: roles, never names
    how_often: str  # a HowOften, or ''
    direction: str  # a Direction, or ''
    last_on: dt.date | None
    times: int | None  # in the look-back's days


def refuse_unless_allowed(by: Person, home: Home) -> None:
    """Refuse whoever may not log for the home.

    Raises:
        PermissionDenied: their roles do not reach it.
    """
    if not by.has_perm("connections.log", home):
        raise PermissionDenied("Your roles do not let you change this home's ties.")


@transaction.atomic
def put_down(
    *,
    by: Person,
    home: Home,
    name: str = "",
    kind: str = "",
    category: str = "",
    who: Candidate | None = None,
    seen_alike: bool = False,
    **said: Unpack[Known],
) -> Acquaintance:
    """Put down somebody whom the home knows: a name alone, or sorted into a tie at once.

    ``who``: the tie or place that is meant; else a ``kind`` makes somebody new.

    Raises:
        PermissionDenied: ``by`` may not log for the home.
        ConnectionsError: one of its kinds, naming the field.
        ValidationError: a rule of the table is broken.
    """
    refuse_unless_allowed(by, home)
    hold_log(home)
    row = Acquaintance(home=home, added_by=by, name=" ".join(name.split()), **said)
    return _sorted(row, by=by, kind=kind, category=category, who=who, seen_alike=seen_alike)


@transaction.atomic
def put_down_many(*, by: Person, home: Home, names: list[str]) -> list[Acquaintance]:
    """Put down names alone, to be sorted later; one that stands there already is passed over.

    Raises:
        PermissionDenied: ``by`` may not log for the home.
        TooManyNamesError: more than 40 at once.
        ValidationError: a name is too long.
    """
    refuse_unless_allowed(by, home)
    hold_log(home)
    wanted = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    if len(wanted) > MOST_NAMES:
        raise TooManyNamesError(
            f"Put down at most {MOST_NAMES} at once: these are {len(wanted)}.", field="names"
        )
    there = {str(each).casefold() for each in _standing(home)}
    rows = [
        Acquaintance(home=home, added_by=by, name=name)
        for name in wanted
        if name.casefold() not in there
    ]
    for row in rows:
        row.full_clean()
    return Acquaintance.objects.bulk_create(rows)


@transaction.atomic
def sort_known(
    *,
    acquaintance: Acquaintance,
    by: Person,
    kind: str = "",
    category: str = "",
    name: str = "",
    who: Candidate | None = None,
    seen_alike: bool = False,
    **said: Unpack[Known],
) -> Acquaintance:
    """Say more of a name that was put down; with a kind, or whom it means, it is a tie.

    Raises: as ``put_down``.
    """
    row = _held(acquaintance, by)
    row.name = " ".join(name.split()) or row.name
    for column, value in said.items():
        setattr(row, column, value)
    if row.partnership_id is not None:
        return _kept(row, by)
    return _sorted(row, by=by, kind=kind, category=category, who=who, seen_alike=seen_alike)


@transaction.atomic
def change_known(
    *, acquaintance: Acquaintance, by: Person, **said: Unpack[Known]
) -> Acquaintance:
    """Put right what was said of somebody, whom they are staying as it is.

    Raises: as ``put_down``.
    """
    return sort_known(acquaintance=acquaintance, by=by, **said)


@transaction.atomic
def take_out(*, acquaintance: Acquaintance, by: Person) -> Acquaintance:
    """Take somebody out again, with what is from memory; a tie made for it goes if unused.

    Raises:
        PermissionDenied: ``by`` may not log for the home.
        NothingAskedError: it holds what the look-back asked, and that is closed.
    """
    row = _held(acquaintance, by)
    if row.removed_at is not None:
        return row
    row.removed_at = timezone.now()
    recall(row, by=by)
    tie = row.partnership
    if tie is not None and row.started_tie:
        row.partnership = None
        row.save()
        try:
            with transaction.atomic():
                forget_recalled(tie)
                take_back_tie(partnership=tie, by=by)
        except (TieInUseError, ProtectedError):  # something happened with it since: it stays
            row.partnership = tie
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def restore_known(*, acquaintance: Acquaintance, by: Person) -> Acquaintance:
    """Bring somebody back who was taken out, as they were.

    Raises: as ``put_down``.
    """
    row = _held(acquaintance, by)
    if row.removed_at is None:
        return row
    row.removed_at = None
    if row.partnership is not None or not row.kind:
        return _kept(row, by)
    kind, who = row.kind, row.place
    if kind == PartnerKind.ASSET and who is None:  # the place is on no map any more
        kind = row.kind = row.category = ""
    return _sorted(row, by=by, kind=kind, category=row.category, who=who, seen_alike=True)


def _standing(home: Home) -> list[Acquaintance]:
    rows = Acquaintance.objects.standing().filter(home=home)
    return list(rows.select_related("partnership__partner__asset"))


def _held(acquaintance: Acquaintance, by: Person) -> Acquaintance:
    refuse_unless_allowed(by, acquaintance.home)
    hold_log(acquaintance.home)
    rows = Acquaintance.objects.select_for_update(of=["self"])
    return rows.select_related("partnership__partner__asset", "home").get(pk=acquaintance.pk)


def _sorted(
    row: Acquaintance,
    *,
    by: Person,
    kind: str,
    category: str,
    who: Candidate | None,
    seen_alike: bool,
) -> Acquaintance:
    """Make a tie of a name, where it is said who that is."""
    if who is None and not kind:
        if not any(letter.isalnum() for letter in row.name):
            raise NotAPartnerError("Say whom you know.", field="name")
        return _kept(row, by)
    before = set(row.home.partnerships.values_list("pk", flat=True))
    tie = _tie(row, by=by, kind=kind, category=category, who=who, seen_alike=seen_alike)
    refuse_if_over(tie)
    others = Acquaintance.objects.standing().filter(home=row.home, partnership=tie)
    if others.exclude(pk=row.pk).exists():
        raise KnownAlreadyError(f"You have put down {tie.partner} already.", field="name")
    row.partnership, row.started_tie = tie, tie.pk not in before
    row.kind, row.category = tie.partner.kind, tie.partner.category
    row.place = tie.partner.asset
    row.name = str(tie.partner)
    return _kept(row, by)


def _tie(
    row: Acquaintance,
    *,
    by: Person,
    kind: str,
    category: str,
    who: Candidate | None,
    seen_alike: bool,
) -> Partnership:
    if isinstance(who, Partnership):
        return who
    if isinstance(who, Asset):
        return find_or_start_partnership(home=row.home, partner=partner_for_asset(who), by=by)
    return start_tie_with_new(
        by=by, home=row.home, kind=kind, name=row.name, category=category, seen_alike=seen_alike
    )


def _kept(row: Acquaintance, by: Person) -> Acquaintance:
    row.full_clean(exclude=["recalled"], validate_constraints=False)
    recall(row, by=by)
    row.full_clean()
    row.save()
    return row
