"""What a tie is like: how deep, who arranges it, what it is for, whether it may be named."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fans.connections.models import Arranger, Depth, Partnership
from fans.connections.services.partners import CONFIRMS, Side, hold_tie, how_of, refuse_if_over
from fans.connections.ties.errors import TiesError
from fans.connections.ties.models import Approach, How, Kind, TieEvent
from fans.connections.ties.recording import write
from fans.connections.ties.services.held import held_for
from fans.people.models import Person

NAMED = {Side.HOME: "home_named_ok", Side.PARTNER: "partner_named_ok"}


@transaction.atomic
def set_depth(*, partnership: Partnership, by: Person, depth: int | None) -> Partnership:
    """Say how deep a tie is, 0 to 4; None where nobody has judged it.

    Raises:
        PermissionDenied: ``by`` may not change this tie.
        TiesError: no such depth.
    """
    if depth is not None and depth not in Depth.values:
        raise TiesError("Choose how deep the tie is from the list.", field="depth")
    return _set(partnership, by, Kind.DEPTH, depth=depth)


@transaction.atomic
def set_generations(*, partnership: Partnership, by: Person, generations: bool) -> Partnership:
    """Say whether a tie brings old and young together.

    Raises:
        PermissionDenied: ``by`` may not change this tie.
    """
    return _set(partnership, by, Kind.GENERATIONS, generations=generations)


@transaction.atomic
def set_purpose(*, partnership: Partnership, by: Person, purpose: str) -> Partnership:
    """Say what a tie is for, in words that the partner may read.

    Raises:
        PermissionDenied: ``by`` may not change this tie.
    """
    return _set(partnership, by, Kind.PURPOSE, purpose=purpose.strip())


@transaction.atomic
def hand_over(*, partnership: Partnership, by: Person, to: str) -> Partnership:
    """Say who arranges a tie from now on: the champion, the home or the partner.

    Raises:
        PermissionDenied: ``by`` may not change this tie.
        TiesError: nobody that can arrange it.
        PartnershipOverError: the tie is over.
    """
    if to not in Arranger.values:
        raise TiesError("Choose who arranges it from the list.", field="arranged_by")
    return _set(partnership, by, Kind.ARRANGER, arranged_by=to)


@transaction.atomic
def set_named(*, partnership: Partnership, side: Side, by: Person, ok: bool) -> Partnership:
    """Say for one side whether the tie may be named in public.

    Raises:
        PermissionDenied: ``by`` does not speak for that side.
    """
    if not by.has_perm(CONFIRMS[side], partnership):
        raise PermissionDenied(f"Your roles do not let you speak for the {side.value}.")
    tie = hold_tie(partnership)
    note_named(tie, side=side, ok=ok, by=by, how=how_of(by, tie))
    return tie


def note_named(
    tie: Partnership,
    *,
    side: Side,
    ok: bool,
    by: Person | None,
    how: str = How.ACCOUNT,
    approach: Approach | None = None,
) -> TieEvent | None:
    """Note what a side says of being named, of a tie that is held; None where it said so."""
    if getattr(tie, NAMED[side]) == ok:
        return None
    said: dict[str, Any] = {NAMED[side]: ok}
    return write(
        tie, kind=Kind.NAMED, by=by, side=side.value, how=how, approach=approach, **said
    )


def _set(partnership: Partnership, by: Person, kind: Kind, **columns: Any) -> Partnership:
    """Write what is new; saying the same again is no step."""
    tie = held_for(partnership, by)
    refuse_if_over(tie)
    if any(getattr(tie, name) != value for name, value in columns.items()):
        write(tie, kind=kind, by=by, **columns)
    return tie
