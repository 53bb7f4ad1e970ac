"""People, and the roles they hold for a time and a scope."""

from fans.people.models.invitation import GOOD_FOR, MOST_SENT, Invitation, hash_of
from fans.people.models.membership import Membership
from fans.people.models.person import Person, display_name
from fans.people.models.roles import (
    AREA_ROLES,
    ASSET_ROLES,
    COHORT_ROLES,
    HOME_ROLES,
    SCOPE_KEYS,
    SCOPES,
    UNSCOPED_ROLES,
    Role,
    RoleInScope,
    scope_key,
)

__all__ = [
    "AREA_ROLES",
    "ASSET_ROLES",
    "COHORT_ROLES",
    "GOOD_FOR",
    "HOME_ROLES",
    "MOST_SENT",
    "SCOPES",
    "SCOPE_KEYS",
    "UNSCOPED_ROLES",
    "Invitation",
    "Membership",
    "Person",
    "Role",
    "RoleInScope",
    "display_name",
    "hash_of",
    "scope_key",
]
