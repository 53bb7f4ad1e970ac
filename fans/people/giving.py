"""Who may give and end which role where: read from the table, within one's own reach."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from assets.models import Asset
from fans.cohorts.models import Cohort
from fans.people.models import (
    HOME_ROLES,
    Invitation,
    Membership,
    Person,
    Role,
    RoleInScope,
    scope_key,
)
from fans.people.permissions import (
    assets_of_areas,
    covers,
    homes_of_cohorts,
    memberships_of,
    scope_of,
)
from fans.people.table import GIVES
from geo.models import Area
from homes.models import Home

MODELS: dict[str, type[Home] | type[Cohort] | type[Area] | type[Asset]] = {
    "home": Home,
    "cohort": Cohort,
    "area": Area,
    "asset": Asset,
}


PeopleOf = Callable[[Membership], QuerySet[Person]]
_people_of: dict[str, PeopleOf] = {}


def register_people(role: str, people_of: PeopleOf) -> None:
    """Say whom somebody looks after by a membership, for a role that has no scope.

    Parts of the room above fill it in when they are ready. Without a word from them only
    administrators reach who holds the role.
    """
    _people_of[role] = people_of


def looks_after(by: Person, person: Person) -> bool:
    """Say whether ``by`` looks after ``person``, as the parts above tell it."""
    return any(
        _people_of[role](membership).filter(pk=person.pk).exists()
        for membership in memberships_of(by)
        for role in GIVES.get(membership.role, ())
        if role in _people_of
    )


def roles_to_give(person: Person) -> list[Role]:
    """Return the roles that ``person`` may give today, in the order of the table."""
    given = {role for held in memberships_of(person) for role in GIVES.get(held.role, ())}
    return [role for role in Role if role in given]


def may_give(person: Person, role: str, scope: Any) -> bool:
    """Say whether ``person`` may give or end ``role`` for ``scope`` (None for no scope)."""
    if not person.is_active:
        return False
    held = [m for m in memberships_of(person) if role in GIVES.get(m.role, ())]
    if not scope_key(role):
        return bool(held)
    where = scope_of(scope)
    return any(covers(membership, where) for membership in held)


def may_give_row(person: Person, row: RoleInScope) -> bool:
    """Say whether ``person`` may give or end what a membership or an invitation says."""
    if scope_key(row.role):
        return may_give(person, row.role, row)
    of = type(row)
    mine = of._default_manager.filter(givable(person, of), pk=row.pk)
    return person.is_active and mine.exists()


def scopes_to_give(person: Person, role: str) -> QuerySet[Any]:
    """Return the homes, cohorts, areas or assets that ``person`` may give ``role`` for."""
    key = scope_key(role)
    if not key:
        raise ValueError(f"{role} is held for no scope.")
    rows = MODELS[key]._default_manager.all()
    found = Q(pk__in=[])
    for membership in memberships_of(person):
        if role in GIVES.get(membership.role, ()):
            found |= _reached(membership, key)
    return rows.filter(found)


def givable(person: Person, of: type[RoleInScope] = Membership) -> Q:
    """Return the condition on rows with a role that ``person`` may give and end there.

    Of a role without a scope: those of the people they look after (``register_people``),
    and their own invitations.
    """
    found = Q(pk__in=[])
    for membership in memberships_of(person):
        for role in GIVES.get(membership.role, ()):
            key = scope_key(role)
            if key or membership.role == Role.ADMINISTRATOR:
                within = _reached(membership, key, f"{key}__" if key else "")
            elif of is Invitation:
                within = Q(invited_by=person)
            else:
                within = _looked_after(membership, role)
            found |= Q(role=role) & within
    return found


def shown(person: Person) -> Q:
    """Return the condition on rows that ``person`` is shown.

    Beside those that are theirs to give: a manager sees who else has a role at the home.
    """
    found = givable(person)
    for membership in memberships_of(person):
        if membership.role == Role.MANAGER:
            found |= Q(role__in=HOME_ROLES, home_id=membership.home_id)
    return found


def _reached(membership: Membership, key: str, prefix: str = "") -> Q:
    """Return the condition on rows of one kind that a membership's own scope reaches."""
    if membership.role == Role.ADMINISTRATOR:
        return Q(pk__isnull=False)  # an empty Q would vanish beside others
    if key == "home" and membership.home_id:
        return Q(**{f"{prefix}pk": membership.home_id})
    if key == "home" and membership.cohort_id:
        return Q(**{f"{prefix}pk__in": homes_of_cohorts([membership.cohort_id])})
    if key == "asset" and membership.area_id:
        return Q(**{f"{prefix}pk__in": assets_of_areas([membership.area_id])})
    return Q(pk__in=[])


def _looked_after(membership: Membership, role: str) -> Q:
    people_of = _people_of.get(role)
    return Q(person__in=people_of(membership)) if people_of else Q(pk__in=[])
