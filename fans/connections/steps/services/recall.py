"""What is from memory goes into the log as such, where the look-back asks for it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from fans.connections.models import PERIOD_DAYS, Connection, LogSource, Partnership
from fans.connections.services import log_connection
from fans.connections.signals import log_changed
from fans.connections.steps.errors import NothingAskedError, UnclearRecallError
from fans.connections.steps.look_back import LookBack, look_back_of
from fans.connections.steps.models import Acquaintance
from fans.people.models import Person


def recall(row: Acquaintance, *, by: Person) -> None:
    """Let the log say what is remembered of the look-back's days: one row, or none.

    The caller holds the home's log and saves the row.

    Raises:
        NothingAskedError: no look-back asks, or it is closed.
        UnclearRecallError: the way or the last day does not fit.
        ConnectionsError: the log refuses it.
    """
    if _says_as_before(row):
        return
    wanted = _wanted(row)
    before = row.recalled
    if before is None and wanted is None:
        return
    asked = look_back_of(row.home)
    if asked is None or not asked.is_open:
        raise NothingAskedError(
            "The look-back at your start is closed. How often you met stays as it was.",
            field="times",
        )
    if before is not None:
        _take_out(before)
        row.recalled = None
    if wanted is not None:
        row.recalled = log_connection(
            by=by, home=row.home, partnership=row.partnership, **wanted
        )


def _wanted(row: Acquaintance) -> dict[str, Any] | None:
    """Return what the log shall say, as ``log_connection`` takes it."""
    if not row.times or row.partnership is None or row.removed_at is not None:
        return None
    if not row.direction:
        raise UnclearRecallError("Choose which way it mostly went.", field="direction")
    asked = look_back_of(row.home)
    if asked is None:
        raise NothingAskedError(
            "Nobody asks how often you met before your start. Leave it open.", field="times"
        )
    last = _last_day(row, asked)
    first = max(asked.first, last - dt.timedelta(days=PERIOD_DAYS - 1))
    happened_on, until_on = (last, None) if row.times == 1 or first == last else (first, last)
    return {
        "happened_on": happened_on,
        "until_on": until_on,
        "occurrences": row.times,
        "direction": row.direction,
        "source": LogSource.RECALL,
    }


def _last_day(row: Acquaintance, asked: LookBack) -> dt.date:
    if row.last_on is None:
        return asked.last
    if row.last_on < asked.first:
        raise UnclearRecallError(
            f"You met last before {asked.first.day} {asked.first:%B}: then it was not once in "
            "these weeks. Put 0, or another day.",
            field="times",
        )
    return min(row.last_on, asked.last)


def _says_as_before(row: Acquaintance) -> bool:
    """Say whether what the log has of somebody still holds: the days asked about may not."""
    if row.recalled is None or row.recalled.undone_at is not None:
        return False
    said = ("times", "direction", "last_on", "partnership_id", "removed_at")
    kept = Acquaintance.objects.filter(pk=row.pk).values_list(*said).first()
    return kept == tuple(getattr(row, name) for name in said)


def _take_out(row: Connection) -> None:
    """Take a recalled row off the log: while the look-back is open, at any time."""
    if row.undone_at is None:
        row.undone_at = timezone.now()
        row.save(update_fields=["undone_at"])
        log_changed.send(Connection, home_ids={row.home_id})


def forget_recalled(tie: Partnership) -> None:
    """Delete rows from memory that were taken off: nothing of the tie shall be left.

    The record of changes keeps them.

    Raises:
        ProtectedError: something hangs on one of them.
    """
    taken_off = tie.connections.filter(source=LogSource.RECALL, undone_at__isnull=False)
    taken_off.delete()
