"""What has to have happened before somebody comes to a stage."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.utils import timezone

from fans.people.volunteers.errors import (
    AdultMissingError,
    CheckMissingError,
    InductionMissingError,
    ReferencesMissingError,
    RoleMissingError,
    VolunteersError,
)
from fans.people.volunteers.models import PATHWAY, Reference, Stage, Vetting, Volunteer
from fans.people.volunteers.roles import role_of

Need = Callable[[Volunteer], VolunteersError | None]


def open_needs(volunteer: Volunteer, stage: str) -> list[VolunteersError]:
    """Return what is missing for ``stage``, in words, what comes first on the way first."""
    if stage not in PATHWAY:
        return []
    reached = PATHWAY.index(Stage(stage))
    needs = (need for since, need in _NEEDS if PATHWAY.index(since) <= reached)
    return [missing for need in needs if (missing := need(volunteer)) is not None]


def next_stage(volunteer: Volunteer) -> Stage | None:
    """Return the stage after theirs; references are passed over where the role asks none."""
    if volunteer.stage not in PATHWAY or volunteer.stage == Stage.ACTIVE:
        return None
    following = PATHWAY[PATHWAY.index(Stage(volunteer.stage)) + 1]
    role = role_of(volunteer.role_slug)
    if following == Stage.REFERENCES and role is not None and not role.references:
        return Stage.CHECKED
    return following


def furthest(volunteer: Volunteer, up_to: str) -> Stage:
    """Return the furthest stage, not beyond ``up_to``, for which nothing is missing."""
    reached = PATHWAY.index(Stage(up_to))
    passed = (stage for stage in reversed(PATHWAY[: reached + 1]))
    return next(stage for stage in passed if not open_needs(volunteer, stage))


def decision(volunteer: Volunteer) -> Vetting | None:
    """Return the latest decision for their role; None where none was made."""
    decided = volunteer.vettings.filter(role_slug=volunteer.role_slug)
    decided = decided.exclude(outcome=Vetting.Outcome.WAITING)
    return decided.order_by("-decided_on", "-pk").first()


def is_good(vetting: Vetting | None, on: dt.date) -> bool:
    """Say whether a decision lets somebody start, and is not due anew before ``on``."""
    if vetting is None or vetting.outcome not in Vetting.GOOD:
        return False
    return vetting.recheck_on is None or vetting.recheck_on >= on


def _adult(volunteer: Volunteer) -> VolunteersError | None:
    if not volunteer.is_young or volunteer.adult_confirmed_at is not None:
        return None
    return AdultMissingError("A parent or leader has to say yes first.")


def _role(volunteer: Volunteer) -> VolunteersError | None:
    role = role_of(volunteer.role_slug)
    if role is None:
        return RoleMissingError("Choose first what they would do.")
    if not role.fits(kind=volunteer.kind, is_young=volunteer.is_young):
        return RoleMissingError("Their role is for others now: choose another.")
    return None


def _references(volunteer: Volunteer) -> VolunteersError | None:
    role = role_of(volunteer.role_slug)
    wanted = role.references if role else 0
    good = volunteer.references.filter(answer=Reference.Answer.GOOD).count()
    if good >= wanted:
        return None
    return ReferencesMissingError(f"{good} of {wanted} references speak for them so far.")


def _check(volunteer: Volunteer) -> VolunteersError | None:
    latest = decision(volunteer)
    if is_good(latest, timezone.localdate()):
        return None
    if latest is None:
        return CheckMissingError("Decide about a check for their role first.")
    if latest.outcome in Vetting.GOOD:
        return CheckMissingError("Their check is due anew: decide about it first.")
    return CheckMissingError("The last decision was that this role does not suit them.")


def _induction(volunteer: Volunteer) -> VolunteersError | None:
    role = role_of(volunteer.role_slug)
    required = role.required_items if role else frozenset()
    done = set(volunteer.inductions.values_list("item", flat=True))
    left = len(required - done)
    if not left:
        return None
    things = "1 thing" if left == 1 else f"{left} things"
    return InductionMissingError(f"{things} on the role's list to do.")


_NEEDS: Final[tuple[tuple[Stage, Need], ...]] = (
    (Stage.MET, _adult),
    (Stage.REFERENCES, _role),
    (Stage.REFERENCES, _references),
    (Stage.CHECKED, _check),
    (Stage.INDUCTED, _induction),
)
