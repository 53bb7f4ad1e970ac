"""The home team looks at what was noted: into the log, or not; and ten minutes to undo."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from fans.connections.errors import ConnectionsError
from fans.connections.models import Connection
from fans.connections.quick.errors import (
    DecidedMeanwhileError,
    TooLateToTakeBackError,
    WhoIsItError,
)
from fans.connections.quick.models import EntryState, QuickEntry, QuickEntryQuerySet
from fans.connections.services import log_connection, undo_connection
from fans.connections.services.locks import hold_log
from fans.connections.services.telling import tell
from fans.people.models import Person
from homes.models import Home

CONFIRM: Final = "quick.confirm"
_AS_NOTED: Final = (
    *("happened_on", "direction", "residents_count", "community_count", "rating", "note"),
)


@dataclass(frozen=True)
class Outcome:
    """What became of several at once."""

    done: list[QuickEntry] = field(default_factory=list)
    left: list[tuple[QuickEntry, str]] = field(default_factory=list)  # and why, in words


@transaction.atomic
def confirm(*, entry: QuickEntry, by: Person, **said: Any) -> Connection:
    """Put what was noted into the log, as it was noted or as ``said`` (see ``tell``).

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        DecidedMeanwhileError: somebody decided first.
        WhoIsItError: only a name was noted, and nobody has said who that is.
        ConnectionsError, ValidationError: the log refuses it.
    """
    home = _home(entry, by)
    hold_log(home)
    if (before := _saved_before(entry, said)) is not None:
        return before
    held = _waiting(entry, home)
    logged = tell(by=by, home=home, **(said or _as_noted(held)))
    _decide([held], EntryState.CONFIRMED, by, logged)
    return logged


@transaction.atomic
def refuse(*, entry: QuickEntry, by: Person) -> QuickEntry:
    """Say that something is not for the log.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        DecidedMeanwhileError: somebody decided first.
    """
    held = _waiting(entry, _home(entry, by))
    _decide([held], EntryState.REFUSED, by)
    return held


@transaction.atomic
def confirm_several(*, home: Home, ids: Collection[int], by: Person) -> Outcome:
    """Put several into the log as they were noted; what cannot be is left, with the reason.

    They are one decision: ``undo`` takes all of it back.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
    """
    _check(home, by)
    hold_log(home)
    outcome = Outcome()
    for entry in _held(home).waiting().filter(pk__in=ids):
        try:
            with transaction.atomic():
                logged = log_connection(by=by, home=home, **_as_noted(entry))
        except (ConnectionsError, ValidationError) as refusal:
            outcome.left.append((entry, _words(refusal)))
            continue
        entry.connection = logged
        outcome.done.append(entry)
    _decide(outcome.done, EntryState.CONFIRMED, by)
    return outcome


@transaction.atomic
def refuse_several(*, home: Home, ids: Collection[int], by: Person) -> Outcome:
    """Say of several that they are not for the log; they are one decision.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
    """
    _check(home, by)
    hold_log(home)
    entries = list(_held(home).waiting().filter(pk__in=ids))
    _decide(entries, EntryState.REFUSED, by)
    return Outcome(done=entries)


@transaction.atomic
def undo(*, entry: QuickEntry, by: Person) -> list[QuickEntry]:
    """Take back, within ten minutes, the decision that ``entry`` was part of.

    What came into the log by it goes out again, and all of it waits as before.

    Raises:
        PermissionDenied: ``by`` is not of the home's team.
        TooLateToTakeBackError: more than ten minutes have passed.
    """
    home = _home(entry, by)
    hold_log(home)
    held = _held(home).get(pk=entry.pk)
    if held.state == EntryState.WAITING:
        return []
    if not held.can_be_undone(timezone.now()):
        raise TooLateToTakeBackError("The ten minutes to take this back are over.")
    together = list(
        _held(home).filter(
            state=held.state, decided_at=held.decided_at, decided_by=held.decided_by_id
        )
    )
    for each in together:
        if each.connection is not None:
            undo_connection(connection=each.connection, by=by)
        each.state, each.connection = EntryState.WAITING, None
        each.decided_at = each.decided_by = None
        each.save(update_fields=["state", "connection", "decided_at", "decided_by"])
    return together


def _home(entry: QuickEntry, by: Person) -> Home:
    home = entry.code.home
    _check(home, by)
    return home


def _check(home: Home, by: Person) -> None:
    if not by.has_perm(CONFIRM, home):
        raise PermissionDenied("Your roles do not let you confirm for this home.")


def _held(home: Home) -> QuickEntryQuerySet:
    """Return the home's entries, each held until the transaction ends."""
    entries = QuickEntry.objects.of_homes([home]).select_for_update(of=("self",))
    return entries.select_related("partnership__partner__asset", "connection__home")


def _saved_before(entry: QuickEntry, said: dict[str, Any]) -> Connection | None:
    """Return the row that this very form made of the entry, when it was sent before."""
    key = said.get("client_uuid")
    made = Connection.objects.standing().filter(quick_entry=entry.pk)
    return made.filter(client_uuid=key).first() if key else None


def _waiting(entry: QuickEntry, home: Home) -> QuickEntry:
    """Return the entry, held, if nobody has decided yet.

    Raises:
        DecidedMeanwhileError: somebody has.
    """
    hold_log(home)
    held = _held(home).get(pk=entry.pk)
    if held.state != EntryState.WAITING:
        who = f"{held.decided_by.name} was" if held.decided_by else "Somebody was"
        what = held.get_state_display().lower()
        raise DecidedMeanwhileError(f"{who} quicker: this is {what} already.")
    return held


def _as_noted(entry: QuickEntry) -> dict[str, Any]:
    """Return what ``log_connection`` is told of an entry that nobody has changed."""
    if entry.partnership is None:
        raise WhoIsItError(
            f"Say first who “{entry.who}” is: one of your ties, a place or a new group.",
            field="who",
        )
    said = {name: getattr(entry, name) for name in _AS_NOTED}
    tie = entry.partnership
    return {"partnership": tie, "arranged_by": tie.arranged_by, **said}


def _decide(
    entries: Iterable[QuickEntry],
    state: EntryState,
    by: Person,
    logged: Connection | None = None,
) -> None:
    now = timezone.now()
    for entry in entries:
        entry.state, entry.decided_at, entry.decided_by = state, now, by
        entry.connection = logged or entry.connection
        entry.full_clean(validate_unique=False)
        entry.save(update_fields=["state", "decided_at", "decided_by", "connection"])


def _words(refusal: ConnectionsError | ValidationError) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal)
