"""Who may change a tie, and holding it while they do."""

from typing import Final

from django.core.exceptions import PermissionDenied

from fans.connections.models import Partnership
from fans.connections.services.partners import CONFIRMS, Side, hold_tie, how_of
from fans.connections.ties.models import How
from fans.people.models import Person

EDIT: Final = "connections.edit_tie"


def held_for(partnership: Partnership, by: Person) -> Partnership:
    """Return a tie, held, for somebody of the home's side who may change it.

    Raises:
        PermissionDenied: their roles do not let them.
    """
    if not by.has_perm(EDIT, partnership.home):
        raise PermissionDenied("Your roles do not let you change this tie.")
    return hold_tie(partnership)


def held_for_side(partnership: Partnership, by: Person, side: Side) -> tuple[Partnership, How]:
    """Return a tie, held, for somebody who speaks for a side, and how they came.

    Whoever may change the tie may note what the partner told them; a no harms nobody.

    Raises:
        PermissionDenied: they speak for neither.
    """
    speaks = by.has_perm(CONFIRMS[side], partnership)
    notes = side is Side.PARTNER and by.has_perm(EDIT, partnership.home)
    if not (speaks or notes):
        raise PermissionDenied(f"Your roles do not let you speak for the {side.value}.")
    return hold_tie(partnership), how_of(by, partnership)
