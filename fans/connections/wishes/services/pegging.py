"""A wish goes up on the line, is put in better words, and comes off again as a slip."""

import uuid
from collections.abc import Iterable
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from fans.connections.errors import PersonNumberError
from fans.connections.services.checks import check_note
from fans.connections.wishes.errors import TooLateError, WishesError
from fans.connections.wishes.models import Wish
from fans.connections.wishes.services.asking import KEEP, PEG, hold, refuse_if_over, require
from fans.people.audit.erasing import erasing
from fans.people.models import Person
from fans.people.privacy.forgetting import delete_with_history
from homes.models import Home

SAID: Final = ("text", "tags", "from_whom", "how_many")
"""What two submissions with one number have to say alike to be one wish."""


@transaction.atomic
def peg(
    *,
    by: Person,
    home: Home,
    text: str,
    tags: Iterable[str] = (),
    from_whom: str = "resident",
    how_many: str = "one",
    client_uuid: uuid.UUID | None = None,
) -> Wish:
    """Peg up a wish, today; the same submission sent again gives the same wish.

    Raises:
        PermissionDenied: ``by`` may not peg up wishes here.
        WishesError: the submission was saved before with other words.
        PersonNumberError: the words hold an NHS number.
        ValidationError: a constraint is broken.
    """
    require(by, PEG, home)
    wish = Wish(
        home=home,
        text=_tidied(text),
        tags=list(dict.fromkeys(tags)),
        from_whom=from_whom,
        how_many=how_many,
        taken_by=by,
        taken_on=timezone.localdate(),
        client_uuid=client_uuid,
    )
    return _pegged_before(wish) or _keep(wish)


def _pegged_before(wish: Wish) -> Wish | None:
    """Return the wish that this submission pegged up before, if it says the same."""
    if wish.client_uuid is None:
        return None
    # Two at once: the second waits here for the first to end.
    Home.objects.select_for_update(no_key=True).only("pk").get(pk=wish.home_id)
    row = Wish.objects.filter(client_uuid=wish.client_uuid).first()
    if row is None:
        return None
    same = all(getattr(row, name) == getattr(wish, name) for name in SAID)
    if row.home_id != wish.home_id or row.taken_by_id != wish.taken_by_id or not same:
        raise WishesError(
            "This was pegged up before you changed it. Send again to peg it up as well.",
            field="client_uuid",
        )
    return row


@transaction.atomic
def change(
    *, wish: Wish, by: Person, text: str, tags: Iterable[str], from_whom: str, how_many: str
) -> Wish:
    """Put an open wish in better words.

    Raises:
        NotOpenError: it was granted or let go.
        PersonNumberError: the words hold an NHS number.
    """
    require(by, KEEP, wish.home)
    row = hold(wish)
    refuse_if_over(row)
    row.text, row.tags = _tidied(text), list(dict.fromkeys(tags))
    row.from_whom, row.how_many = from_whom, how_many
    return _keep(row)


@transaction.atomic
def take_back(*, wish: Wish, by: Person) -> None:
    """Take a wish off as if it had never hung there, with its history: a slip of the pen.

    Whoever pegged it up may, and whoever keeps the home's wishes.

    Raises:
        PermissionDenied: ``by`` may not.
        TooLateError: ten minutes have passed, or it no longer waits: let it go instead.
    """
    row = hold(wish)
    own = row.taken_by_id == by.pk and by.has_perm(PEG, row.home)
    if not own and not by.has_perm(KEEP, row.home):
        raise PermissionDenied("Your roles do not let you take this wish off the line.")
    if not row.can_be_taken_back(timezone.now()):
        raise TooLateError("The ten minutes to take this back are over. Let it go instead.")
    with erasing():  # words that were a slip may name somebody
        delete_with_history(Wish.objects.filter(pk=row.pk))


def _keep(wish: Wish) -> Wish:
    try:
        check_note(wish.text)
    except PersonNumberError as error:
        raise PersonNumberError(
            "This holds what looks like an NHS number. A wish never tells who somebody is.",
            field="text",
        ) from error
    wish.full_clean(validate_unique=False)
    wish.save()
    return wish


def _tidied(text: str) -> str:
    return " ".join(text.split())
