"""Answers questions from the permission table: may this person do this to that?"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.db.models import GeometryField
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from assets.models import Asset
from fans.cohorts.models import Enrolment
from fans.people.models import UNSCOPED_ROLES, Membership, Person
from fans.people.table import ACTIONS, Action
from geo.models import Area
from homes.models import Home

Scope = dict[str, set[int]]
NOWHERE: Final[Scope] = {}

STAYING_CHECKS: Final = dt.timedelta(days=183)
"""How long a cohort's people still reach a home after its part has ended: the programme
looks again at months 9 and 12."""
_asked: ContextVar[dict[tuple[frozenset[int], frozenset[int]], bool] | None] = ContextVar(
    "asked", default=None
)
_OF_A_MODEL: Final = re.compile(r"(?P<room>\w+)\.(?:add|change|delete|view)_(?P<model>\w+)")


@dataclass(frozen=True)
class Reach:
    """Where somebody may do one thing: everywhere, or the scopes they hold."""

    everywhere: bool = False
    home_ids: frozenset[int] = field(default_factory=frozenset)
    cohort_ids: frozenset[int] = field(default_factory=frozenset)
    area_ids: frozenset[int] = field(default_factory=frozenset)
    asset_ids: frozenset[int] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(
            self.everywhere
            or self.home_ids
            or self.cohort_ids
            or self.area_ids
            or self.asset_ids
        )


def memberships_of(person: Person) -> list[Membership]:
    """Return the memberships that hold today; read once per request's person."""
    today = timezone.localdate()
    cached: tuple[dt.date, list[Membership]] | None = getattr(person, "_memberships", None)
    if cached is None or cached[0] != today:
        cached = (today, list(person.memberships.on(today)))
        person._memberships = cached  # type: ignore[attr-defined]
    return cached[1]


def reach_of(user: Person | AnonymousUser, action: str) -> Reach:
    """Return where ``user`` may do ``action``: plain ids, for querysets of lower rooms."""
    held = list(_holding(user, action))
    return Reach(
        everywhere=any(m.role == "administrator" for m in held),
        home_ids=frozenset(m.home_id for m in held if m.home_id),
        cohort_ids=frozenset(m.cohort_id for m in held if m.cohort_id),
        area_ids=frozenset(m.area_id for m in held if m.area_id),
        asset_ids=frozenset(m.asset_id for m in held if m.asset_id),
    )


def allows(user: Person | AnonymousUser, action: str, obj: object = None) -> bool:
    """Say whether ``user`` may do ``action``, to ``obj`` where one is given.

    Without an object: whether they may do it anywhere at all. An action that the
    table does not name is refused.
    """
    row = _row_of(action)
    if row is None:
        return False
    if row.public or (row.signed_in and user.is_authenticated):
        return True
    held = list(_holding(user, action))
    if obj is None or not held:
        return bool(held)
    scope = scope_of(obj)
    return any(covers(membership, scope) for membership in held)


def roles_for(user: Person | AnonymousUser, obj: object) -> set[str]:
    """Return the roles that ``user`` holds today and that reach ``obj``."""
    if not isinstance(user, Person) or not user.is_active:
        return set()
    scope = scope_of(obj)
    return {m.role for m in memberships_of(user) if covers(m, scope)}


def homes_in_reach(reach: Reach) -> Any:
    """Return the homes a reach covers: its own, those enrolled, those in its areas."""
    if reach.everywhere:
        return Home.objects.all()
    ids = set(reach.home_ids)
    ids |= set(homes_of_cohorts(reach.cohort_ids))
    ids |= set(_in_areas(Home, reach.area_ids))
    return Home.objects.filter(pk__in=ids)


def homes_in_areas(areas: Iterable[int], *, among: Iterable[int]) -> list[int]:
    """Return ids of those of some homes that lie in one of ``areas``."""
    return _in_areas(Home, areas, among)


def cohorts_of_homes(homes: Iterable[int]) -> list[int]:
    """Return ids of the cohorts that homes take part in, or did within the staying checks."""
    ids = list(homes)
    if not ids:
        return []
    since = timezone.localdate() - STAYING_CHECKS
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=since)
    enrolments = Enrolment.objects.filter(lasting, home__in=ids)
    return list(enrolments.values_list("cohort_id", flat=True))


def _row_of(action: str) -> Action | None:
    """Find an action's row; Django's admin asks for ``room.change_model`` and the like."""
    if action in ACTIONS:
        return ACTIONS[action]
    asked = _OF_A_MODEL.fullmatch(action)
    if asked and _is_model(asked["room"], asked["model"]):
        return ACTIONS["site.administer"]
    return None


def _is_model(room: str, name: str) -> bool:
    try:
        apps.get_model(room, name)
    except LookupError:
        return False
    return True


def _holding(user: Person | AnonymousUser, action: str) -> Iterable[Membership]:
    row = _row_of(action)
    if row is None or not isinstance(user, Person) or not user.is_active:
        return []
    return (m for m in memberships_of(user) if m.role in row.roles)


def scope_of(obj: object) -> Scope:
    """Return the scope that an object tells; nowhere where it tells none."""
    tell = getattr(obj, "permission_scope", None)
    return tell() if tell else NOWHERE


def covers(membership: Membership, scope: Scope) -> bool:
    """Say whether a membership's own scope reaches ``scope``."""
    if membership.role in UNSCOPED_ROLES:
        return True
    homes, assets = scope.get("home", set()), scope.get("asset", set())
    if membership.home_id:
        return membership.home_id in homes
    if membership.asset_id:
        return membership.asset_id in assets
    if membership.cohort_id:
        if "cohort" in scope:  # what belongs to a cohort is not its homes' other cohorts'
            return membership.cohort_id in scope["cohort"]
        return bool(homes & set(homes_of_cohorts([membership.cohort_id])))
    areas = {membership.area_id} if membership.area_id else set()
    return bool(
        areas & scope.get("area", set())
        or (homes and _in_areas(Home, areas, homes))
        or (assets and _assets_in(areas, assets))
    )


def homes_of_cohorts(cohorts: Iterable[int]) -> list[int]:
    """Return ids of homes enrolled, or whose enrolment ended within the staying checks."""
    since = timezone.localdate() - STAYING_CHECKS
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=since)
    enrolments = Enrolment.objects.filter(lasting, cohort__in=list(cohorts))
    return list(enrolments.values_list("home_id", flat=True))


@contextmanager
def places_asked_once() -> Iterator[None]:
    """Look up once where each asset lies, for a page that asks for many actions of it.

    Only around what reads: an asset that is moved meanwhile would be judged by where it was.
    """
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def _assets_in(areas: set[int], assets: set[int]) -> bool:
    asked = _asked.get()
    if asked is None:
        return bool(_in_areas(Asset, areas, assets))
    key = (frozenset(areas), frozenset(assets))
    if key not in asked:
        asked[key] = bool(_in_areas(Asset, areas, assets))
    return asked[key]


def assets_of_areas(areas: Iterable[int]) -> list[int]:
    """Return ids of the assets whose point lies in one of ``areas``."""
    return _in_areas(Asset, areas)


def _in_areas(
    model: type[Home] | type[Asset],
    areas: Iterable[int],
    among: Iterable[int] | None = None,
) -> list[int]:
    """Return ids of rows whose point lies in one of ``areas``."""
    ids = list(areas)
    if not ids:
        return []
    # Boundaries are planar, points geography: PostGIS wants them alike.
    point = Cast(OuterRef("location"), GeometryField(srid=4326))
    holding = Area.objects.filter(pk__in=ids, boundary__intersects=point)
    rows = model._default_manager.filter(Exists(holding))
    if among is not None:
        rows = rows.filter(pk__in=list(among))
    return list(rows.values_list("pk", flat=True))
