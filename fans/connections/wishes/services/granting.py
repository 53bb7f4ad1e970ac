"""A wish comes true, is let go, and waits again."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from fans.connections.models import Connection
from fans.connections.wishes.errors import WordsGoneError, WrongConnectionError, WrongDayError
from fans.connections.wishes.models import LetGoWhy, Wish, WishStatus
from fans.connections.wishes.services.asking import KEEP, hold, refuse_if_over, require
from fans.people.models import Person


@transaction.atomic
def grant(
    *,
    wish: Wish,
    by: Person,
    connection: Connection | None = None,
    on: dt.date | None = None,
) -> Wish:
    """Note that an open wish came true: by an entry of the home's log, or on a day.

    With an entry the day is the entry's own. Of two at once the second is refused.

    Raises:
        NotOpenError: it was granted or let go before.
        WrongConnectionError: the entry is another home's, taken back, or older.
        WrongDayError: neither entry nor day, or a day before the wish or still to come.
    """
    require(by, KEEP, wish.home)
    row = hold(wish)
    refuse_if_over(row)
    entry = _standing(row, connection) if connection is not None else None
    row.granted_on = entry.counted_day if entry else _day(row, on)
    row.status, row.connection = WishStatus.GRANTED, entry
    row.full_clean(validate_unique=False)
    row.save(update_fields=["status", "granted_on", "connection"])
    return row


def _standing(wish: Wish, connection: Connection) -> Connection:
    entry = Connection.objects.select_for_update().get(pk=connection.pk)
    if entry.home_id != wish.home_id:
        raise WrongConnectionError("This is not in the log of this home.", field="connection")
    if entry.undone_at is not None:
        raise WrongConnectionError("This was taken out of the log.", field="connection")
    if entry.counted_day < wish.taken_on:
        raise WrongConnectionError(
            f"This was before the wish, which was pegged up on {_words(wish.taken_on)}.",
            field="connection",
        )
    return entry


def _day(wish: Wish, on: dt.date | None) -> dt.date:
    if on is None:
        raise WrongDayError("Choose what granted it, or put the day.", field="on")
    if on < wish.taken_on:
        raise WrongDayError(
            f"The wish was pegged up on {_words(wish.taken_on)}: put that day or a later one.",
            field="on",
        )
    if on > timezone.localdate():
        raise WrongDayError("That day is still to come. Put today or a day before.", field="on")
    return on


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


@transaction.atomic
def let_go(*, wish: Wish, by: Person, why: str) -> Wish:
    """Take an open wish off the line without its having come true; ``why``: a LetGoWhy.

    Raises:
        NotOpenError: it was granted or let go before.
        ValidationError: no such reason.
    """
    require(by, KEEP, wish.home)
    row = hold(wish)
    refuse_if_over(row)
    row.status, row.let_go_on = WishStatus.LET_GO, timezone.localdate()
    row.let_go_why = LetGoWhy(why) if why in LetGoWhy.values else why
    row.full_clean(validate_unique=False)
    row.save(update_fields=["status", "let_go_on", "let_go_why"])
    return row


@transaction.atomic
def reopen(*, wish: Wish, by: Person) -> Wish:
    """Hang a granted or let-go wish up again, as it was; an open one stays open.

    Raises:
        WordsGoneError: its words are kept no longer.
    """
    require(by, KEEP, wish.home)
    row = hold(wish)
    if row.words_gone_on is not None:
        raise WordsGoneError("The words of this wish are kept no longer. Peg up a new one.")
    return wait_again(row)


def wait_again(row: Wish) -> Wish:
    """Let a wish wait; for callers that hold the row."""
    row.status, row.connection = WishStatus.OPEN, None
    row.granted_on = row.let_go_on = None
    row.let_go_why = ""
    row.full_clean(validate_unique=False)
    row.save(update_fields=["status", "connection", "granted_on", "let_go_on", "let_go_why"])
    return row
