"""Who may change a wish, and the row as it stands now."""

from django.core.exceptions import PermissionDenied

from fans.connections.wishes.errors import NotOpenError
from fans.connections.wishes.models import Wish
from fans.people.models import Person
from homes.models import Home

KEEP = "wishes.keep"
PEG = "wishes.peg"


def require(by: Person, action: str, home: Home) -> None:
    """Refuse whoever the permission table does not let.

    Raises:
        PermissionDenied: their roles do not reach this home's wishes.
    """
    if not by.has_perm(action, home):
        raise PermissionDenied("Your roles do not let you change this home's wishes.")


def hold(wish: Wish) -> Wish:
    """Return the wish as it stands, locked until the transaction ends."""
    return Wish.objects.select_for_update(of=("self",)).select_related("home").get(pk=wish.pk)


def refuse_if_over(wish: Wish) -> None:
    """Refuse a wish that no longer waits.

    Raises:
        NotOpenError: it was granted or let go.
    """
    if not wish.is_open:
        raise NotOpenError(
            f"This wish is off the line already ({wish.get_status_display().lower()})."
        )
