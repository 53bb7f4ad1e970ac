"""A match as it stands, held until the end of the transaction, and what is written of it."""

import datetime as dt
from typing import Any, Final

from django.utils import timezone

from fans.connections.matches.errors import HomeClosedError, NotActiveError
from fans.connections.matches.finding import is_active
from fans.connections.matches.models import Happening, Match, MatchStep, Side
from fans.people.models import Person
from fans.people.volunteers.models import Vetting, Volunteer
from fans.people.volunteers.services.needs import decision, is_good
from homes.models import Home

STATE: Final = (
    *("status", "manner", "home_yes_at", "volunteer_yes_at", "started_at"),
    *("rested_side", "held_since", "reason"),
)
"""What a step remembers of how a match stood: no words, and nobody's name."""


def locked(match: Match) -> Match:
    """Return the match as it stands; nobody else changes it or its volunteer meanwhile.

    The volunteer first, as everywhere: else two at once would wait for each other.
    """
    hold_volunteer(match.volunteer_id)
    rows = Match.objects.select_for_update(of=("self",))
    return rows.select_related("home", "volunteer__person").get(pk=match.pk)


def hold_volunteer(pk: int) -> Volunteer:
    """Return a volunteer as they stand, held until the end of the transaction."""
    rows = Volunteer.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=pk)


def write(row: Match, *, what: str, side: str, by: Person | None, **changes: Any) -> MatchStep:
    """Change a match, held by the caller, and write down what, when and by whom.

    Raises:
        ValidationError: it breaks a rule of the table.
    """
    before = state_of(row) if row.pk else {}
    for name, value in changes.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return note(row, what=what, side=side, by=by, before=before)


def note(
    row: Match,
    *,
    what: str,
    side: str,
    by: Person | None,
    before: dict[str, Any],
    undoes: MatchStep | None = None,
) -> MatchStep:
    """Write down a step of a match that stands."""
    step = MatchStep(
        match=row,
        what=Happening(what),
        side=Side(side),
        at=timezone.now(),
        by=by,
        before=before,
        after=row.status,
        undoes=undoes,
    )
    step.save()
    return step


def state_of(row: Match) -> dict[str, Any]:
    """Return how a match stands, as plain values."""
    stands = {name: getattr(row, name) for name in STATE}
    return {
        name: value.isoformat() if isinstance(value, dt.datetime) else str(value or "")
        for name, value in stands.items()
    }


def state_from(before: dict[str, Any]) -> dict[str, Any]:
    """Read what ``state_of`` wrote."""
    days = {"home_yes_at", "volunteer_yes_at", "started_at", "held_since"}
    return {
        name: (dt.datetime.fromisoformat(value) if value else None) if name in days else value
        for name, value in before.items()
    }


def is_cleared(volunteer: Volunteer, on: dt.date) -> bool:
    """Say whether somebody may be alone with people who live there, on a day.

    It takes a decision that they are suitable, not due anew, and the word of their lead.
    """
    latest = decision(volunteer)
    suits = latest is not None and latest.outcome == Vetting.Outcome.OK
    return volunteer.may_be_alone and suits and is_good(latest, on)


def require_can_go_on(row: Match) -> None:
    """Refuse what needs a volunteer who visits and a home that is open.

    Raises:
        NotActiveError: the volunteer rests, has left, or is not so far.
        HomeClosedError: no register lists the home.
    """
    if not is_active(row.volunteer):
        raise NotActiveError("The volunteer is not visiting at the moment.")
    if not Home.objects.registered().filter(pk=row.home_id).exists():
        raise HomeClosedError("This home is on no register any more.")
