"""How two come to a match: a side asks the other, or somebody brings them together."""

from django.db import transaction
from django.utils import timezone

from fans.connections.matches.errors import NotFoundHereError
from fans.connections.matches.finding import FIND, homes_for, volunteers_near
from fans.connections.matches.models import OPEN, Happening, Match, MatchStatus, Side
from fans.connections.matches.services.answering import say_yes
from fans.connections.matches.services.sides import accompanies, require_side
from fans.connections.matches.services.standing import (
    hold_volunteer,
    require_can_go_on,
    write,
)
from fans.people.models import Person
from fans.people.permissions import reach_of
from fans.people.volunteers.models import Volunteer
from homes.models import Home


@transaction.atomic
def propose(*, home: Home, volunteer: Volunteer, by: Person) -> Match:
    """Bring a volunteer and a home together; nobody has said yes by it.

    Where there is a match of the two that is not over, it is that one, unchanged.

    Raises:
        NotTheirsError: ``by`` brings neither together.
        NotFoundHereError: ``by`` does not find this volunteer for this home.
        NotActiveError, HomeClosedError: one of the two is not there to be visited.
    """
    row = hold_volunteer(volunteer.pk)
    require_side(Side.BROKER, home=home, volunteer=row, by=by)
    found = _open(home, row)
    if found is not None:
        return found
    if not accompanies(row, by):
        _require_found(home, row, by)
    match = Match(home=home, volunteer=row)
    require_can_go_on(match)
    write(match, what=Happening.PROPOSED, side=Side.BROKER, by=by)
    return match


@transaction.atomic
def ask(*, home: Home, volunteer: Volunteer, side: str, by: Person) -> Match:
    """Say yes for one side before anybody brought the two together; the other is asked.

    Where there is a match of the two that is not over, the yes is said to that one.

    Raises:
        NotTheirsError: ``by`` does not speak for the side.
        NotFoundHereError: the side does not find the other.
        NotActiveError, HomeClosedError: one of the two is not there to be visited.
    """
    row = hold_volunteer(volunteer.pk)
    require_side(side, home=home, volunteer=row, by=by)
    found = _open(home, row)
    if found is not None:
        return say_yes(match=found, side=side, by=by)
    if side == Side.HOME:
        _require_found(home, row, by)
    elif not homes_for(row).filter(pk=home.pk).exists():
        raise NotFoundHereError("This home is further than you would go, or not on the list.")
    match = Match(home=home, volunteer=row)
    require_can_go_on(match)
    said = {f"{Side(side)}_yes_at": timezone.now(), "status": MatchStatus.ASKED}
    write(match, what=Happening.PROPOSED, side=side, by=by, **said)
    return match


def _open(home: Home, volunteer: Volunteer) -> Match | None:
    rows = Match.objects.filter(home=home, volunteer=volunteer, status__in=OPEN)
    return rows.first()


def _require_found(home: Home, volunteer: Volunteer, by: Person) -> None:
    near = volunteers_near(home, reach_of(by, FIND)).filter(pk=volunteer.pk)
    if not (by.has_perm(FIND, home) and near.exists()):
        raise NotFoundHereError("Nobody like that would come to this home.")
