"""Writes on the log: an entry goes in, and within ten minutes out again."""

import datetime as dt
import uuid
from typing import Any, Final, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from assets.models import Asset
from fans.connections.errors import AlreadyLoggedError, NotAPartnerError, TooLateToUndoError
from fans.connections.models import Connection, ConnectionType, Direction, Partnership
from fans.connections.services.checks import check_entry
from fans.connections.services.locks import hold_log
from fans.connections.services.partners import (
    find_or_start_partnership,
    partner_for_asset,
    refuse_if_over,
    standing_tie,
)
from fans.connections.signals import log_changed
from fans.people.models import Person
from homes.models import Home


class Details(TypedDict, total=False):
    """What may be said of a connection beyond who, when and which way."""

    until_on: dt.date | None  # a period's last day, at most 31 days in all
    occurrences: int  # how often it happened: 1 unless it is a period
    type: str  # a ConnectionType; without one, what the direction usually is
    origin: str  # an Origin, or '' where nobody knows
    arranged_by: str  # an Arranger: who saw to it that it took place; '' where nobody said
    residents_count: int | None
    community_count: int | None
    children_count: int | None  # of the community_count
    home_gives: list[str]  # Gift values, or "asset:<id>" of the home's own list
    partner_gives: list[str]  # Gift values
    paid: bool
    staff_roles: list[str]  # StaffRole values
    rating: int | None  # 1 hard to 5 lovely
    note: str
    source: str  # a LogSource


USUAL_TYPE: Final[dict[str, str]] = {
    Direction.IN: ConnectionType.VISIT,
    Direction.OUT: ConnectionType.TRIP,
    Direction.ONLINE: ConnectionType.ONLINE,
    Direction.LETTER: ConnectionType.LETTER,
}

SAID: Final = (
    "partnership_id",
    "happened_on",
    "until_on",
    "occurrences",
    "direction",
    "type",
    "origin",
    "arranged_by",
    "residents_count",
    "community_count",
    "children_count",
    "home_gives",
    "partner_gives",
    "paid",
    "staff_roles",
    "rating",
    "note",
    "source",
)
"""What a row says; two submissions that say the same are one."""


@transaction.atomic
def log_connection(
    *,
    by: Person | None,
    home: Home,
    happened_on: dt.date,
    direction: str,
    partnership: Partnership | None = None,
    asset: Asset | None = None,
    client_uuid: uuid.UUID | None = None,
    **details: Unpack[Details],
) -> Connection:
    """Log what happened between ``home`` and a partner, given as a tie or as an asset.

    A first log with an asset starts a tie, as an idea: logging never says yes for the
    other side. The same submission sent again (``client_uuid``) gives the same row.

    Raises:
        ConnectionsError: one of its kinds, naming the field.
        ValidationError: a constraint of the log is broken.
    """
    hold_log(home)
    tie = _tie(home=home, partnership=partnership, asset=asset, by=by)
    said = {"happened_on": happened_on, "direction": direction, **details}
    entry = Connection(
        home=home, partnership=tie, client_uuid=client_uuid, logged_by=by, **_tidied(said)
    )
    return _logged_before(entry) or _keep(entry)


def _tidied(said: dict[str, Any]) -> dict[str, Any]:
    """Fill in the type that nobody gave, and name everything in a list once."""
    usual = USUAL_TYPE.get(said["direction"], ConnectionType.OTHER)
    lists = {
        name: list(dict.fromkeys(said.get(name, [])))
        for name in ("home_gives", "partner_gives", "staff_roles")
    }
    return {**said, "type": said.get("type") or usual, **lists}


def _tie(
    *, home: Home, partnership: Partnership | None, asset: Asset | None, by: Person | None
) -> Partnership:
    if (partnership is None) == (asset is None):
        raise NotAPartnerError("Choose who it was with.", field="partnership")
    if asset is not None:
        partner = partner_for_asset(asset)
        return find_or_start_partnership(home=home, partner=partner, by=by)
    assert partnership is not None  # noqa: S101 (one of the two is given)
    if partnership.home_id != home.pk:
        raise NotAPartnerError(f"This is not a tie of {home}.", field="partnership")
    return standing_tie(partnership)


def _logged_before(entry: Connection) -> Connection | None:
    """Return the row that this submission made before, if it says the same.

    Raises:
        AlreadyLoggedError: it says something else, was taken back, or is another home's.
    """
    if entry.client_uuid is None:
        return None
    row = Connection.objects.filter(client_uuid=entry.client_uuid).first()
    if row is None:
        return None
    if row.home_id != entry.home_id:
        raise _taken()
    if row.undone_at is not None:
        raise AlreadyLoggedError(
            "You took this back. Save again to log it after all.", field="client_uuid"
        )
    if any(getattr(row, name) != getattr(entry, name) for name in SAID):
        raise AlreadyLoggedError(
            "This was saved before you changed it. Save again to log it a second time.",
            field="client_uuid",
        )
    return row


def _taken() -> AlreadyLoggedError:
    return AlreadyLoggedError("This did not save. Save again.", field="client_uuid")


def _keep(entry: Connection) -> Connection:
    refuse_if_over(entry.partnership)
    check_entry(entry)
    entry.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:  # another home's form, at the same instant
        if "client_uuid" not in str(error):
            raise
        raise _taken() from error
    log_changed.send(Connection, home_ids={entry.home_id})
    return entry


@transaction.atomic
def undo_connection(*, connection: Connection, by: Person) -> Connection:
    """Take a row back within ten minutes of logging; it stays, out of every count.

    Whoever may log for the home may take it back; doing it twice changes nothing.

    Raises:
        PermissionDenied: ``by`` may not log for the home.
        TooLateToUndoError: more than ten minutes have passed.
    """
    if not by.has_perm("connections.log", connection.home):
        raise PermissionDenied("Your roles do not let you change this home's log.")
    hold_log(connection.home)
    row = Connection.objects.get(pk=connection.pk)
    if row.undone_at is not None:
        return row
    now = timezone.now()
    if not row.can_be_undone(now):
        raise TooLateToUndoError("The ten minutes to take this back are over.")
    row.undone_at = now
    row.save(update_fields=["undone_at"])
    log_changed.send(Connection, home_ids={row.home_id})
    return row
