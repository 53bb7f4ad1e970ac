"""Who speaks for which side of a match."""

from typing import Final

from fans.connections.matches.errors import NotTheirsError, SameHandError
from fans.connections.matches.models import Happening, Match, Side
from fans.people.models import Person
from fans.people.volunteers.models import AgeBand, Volunteer
from homes.models import Home

ANSWER_HOME: Final = "matches.answer_home"
PROPOSE: Final = "matches.propose"
ACCOMPANY: Final = "matches.accompany"

_REFUSALS: Final = {
    Side.HOME: "The home’s own people say this.",
    Side.VOLUNTEER: "The volunteer says this themselves.",
    Side.BROKER: "This is for the volunteer’s lead or the champion.",
}


def speaks_for(side: str, *, home: Home, volunteer: Volunteer, by: Person) -> bool:
    """Say whether ``by`` speaks for a side.

    For a child, who has no account, their lead says what the adult said who answers for
    it. Nobody speaks for a home about themselves.
    """
    is_own = by.pk == volunteer.person_id
    if side == Side.VOLUNTEER:
        return is_own or (volunteer.age_band == AgeBand.CHILD and accompanies(volunteer, by))
    if is_own:
        return False
    if side == Side.HOME:
        return by.has_perm(ANSWER_HOME, home)
    return by.has_perm(PROPOSE, home) or accompanies(volunteer, by)


def accompanies(volunteer: Volunteer, by: Person) -> bool:
    """Say whether ``by`` is the lead of a volunteer; nobody is their own."""
    return by.pk != volunteer.person_id and by.has_perm(ACCOMPANY, volunteer)


def require_side(side: str, *, home: Home, volunteer: Volunteer, by: Person) -> None:
    """Refuse whoever does not speak for a side.

    Raises:
        NotTheirsError: it is not theirs to say.
    """
    if not speaks_for(side, home=home, volunteer=volunteer, by=by):
        raise NotTheirsError(_REFUSALS[Side(side)])


def require_lead(volunteer: Volunteer, by: Person) -> None:
    """Refuse whoever does not accompany a volunteer.

    Raises:
        NotTheirsError: it is for the volunteer's lead.
    """
    if not accompanies(volunteer, by):
        raise NotTheirsError("This is for the lead of the volunteer’s area.")


def require_another_hand(row: Match, side: str, by: Person) -> None:
    """Refuse a second yes of the same hand, whatever roles it holds.

    Raises:
        SameHandError: ``by`` said yes for the other side.
    """
    said = (Happening.YES, Happening.PROPOSED)
    others = row.steps.filter(by=by, what__in=said, undone_by__isnull=True)
    if others.filter(side__in={Side.HOME, Side.VOLUNTEER} - {Side(side)}).exists():
        raise SameHandError("You said yes for the other side: somebody else says this one.")


def side_of(row: Match, by: Person) -> Side | None:
    """Return the side that somebody speaks for first: their own, the home, or between them."""
    for side in (Side.VOLUNTEER, Side.HOME, Side.BROKER):
        if side == Side.VOLUNTEER and by.pk != row.volunteer.person_id:
            continue
        if speaks_for(side, home=row.home, volunteer=row.volunteer, by=by):
            return side
    return None
