"""What a plan or an action has to do with: signs, wishes and ties of its own home."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from fans.connections.models import Partnership
from fans.connections.wishes.models import Wish
from fans.learning.errors import UnknownLinkError
from fans.learning.models import Action, Link, Plan
from fans.learning.signs import signs as known_signs

MOST_LINKS: Final = 12
"""More of one kind, and a plan is about everything."""


@dataclass(frozen=True)
class Links:
    """What is chosen: ids of signs, keys of wishes and ties."""

    signs: tuple[str, ...] = ()
    wishes: tuple[int, ...] = ()
    ties: tuple[int, ...] = ()


def set_links(*, plan: Plan, action: Action | None, links: Links) -> None:
    """Make the links of a plan, or of one action, those that are given; the caller holds it.

    Raises:
        UnknownLinkError: another home's wish or tie, an unknown sign, or too many.
    """
    _check(plan, links)
    standing = Link.objects.filter(plan=plan, action=action)
    wanted: list[tuple[str, Any]] = [
        *(("sign", sign) for sign in dict.fromkeys(links.signs)),
        *(("wish_id", pk) for pk in dict.fromkeys(links.wishes)),
        *(("tie_id", pk) for pk in dict.fromkeys(links.ties)),
    ]
    keep = Q(pk__in=[])
    for name, value in wanted:
        keep |= Q(**{name: value})
    standing.exclude(keep).delete()
    there = {(row.sign, row.wish_id, row.tie_id) for row in standing}
    for name, value in wanted:
        row = Link(plan=plan, action=action, **{name: value})
        if (row.sign, row.wish_id, row.tie_id) not in there:
            row.full_clean()
            row.save()


def _check(plan: Plan, links: Links) -> None:
    for field, chosen in (
        ("signs", links.signs),
        ("wishes", links.wishes),
        ("ties", links.ties),
    ):
        if len(set(chosen)) > MOST_LINKS:
            raise UnknownLinkError(f"Choose at most {MOST_LINKS}.", field=field)
    if set(links.signs) - set(known_signs()):
        raise UnknownLinkError("Choose signs of the list.", field="signs")
    for model, field, keys in (
        (Wish, "wishes", links.wishes),
        (Partnership, "ties", links.ties),
    ):
        found: Any = model._base_manager.filter(pk__in=keys, home_id=plan.home_id)
        if found.count() != len(set(keys)):
            raise UnknownLinkError("Choose from this home’s own.", field=field)
