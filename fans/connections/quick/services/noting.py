"""What somebody without an account notes from a sheet. It waits; nothing is logged."""

import datetime as dt
import uuid
from typing import Any, Final, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from fans.connections.errors import NotAPartnerError, StillToComeError
from fans.connections.models import Partnership
from fans.connections.quick.errors import (
    CodeIsOverError,
    ListIsFullError,
    TooLateToTakeBackError,
)
from fans.connections.quick.models import UNDO_WINDOW, EntryState, QuickCode, QuickEntry
from fans.connections.quick.offered import offered_ties
from fans.connections.services.checks import check_note
from fans.people.audit.erasing import erasing
from fans.people.models import hash_of
from fans.people.privacy.forgetting import delete_with_history

MOST_WAITING: Final = 100
"""More than anybody confirms in a week: then the home team has to look first."""

LONG_AGO: Final = dt.timedelta(days=31)
"""What is longer ago the home team logs itself."""

SAME_WITHIN: Final = dt.timedelta(hours=1)
"""The very same words again this soon are a second press, not a second visit."""

SAID: Final = (
    *("partnership_id", "who", "happened_on", "direction", "residents_count"),
    *("community_count", "rating", "note"),
)


class Said(TypedDict, total=False):
    """What may be noted."""

    partnership: Partnership | None
    who: str  # what somebody else is called, where none of the home's ties is meant
    happened_on: dt.date
    direction: str
    residents_count: int | None
    community_count: int | None
    rating: int | None  # 1 hard to 5 lovely
    note: str


def find_code(token: str) -> QuickCode | None:
    """Return the code that a token opens today; None where it opens nothing (more).

    Nothing is written: whatever follows a link comes this far.
    """
    if not token:
        return None
    found = QuickCode.objects.live().filter(token_hash=hash_of(token))
    return found.select_related("home").first()


@transaction.atomic
def note_entry(*, token: str, client_uuid: uuid.UUID, **said: Unpack[Said]) -> QuickEntry:
    """Keep what was noted until the home team has looked; the same form sent again is one.

    Raises:
        CodeIsOverError: the sheet works no longer.
        ListIsFullError: very much waits already.
        ConnectionsError: another of its kinds, naming the field.
        ValidationError: a constraint is broken.
    """
    code = _held(token)
    entry = QuickEntry(code=code, client_uuid=client_uuid, **said)
    if (before := _noted_before(entry)) is not None:
        return before
    if code.entries.waiting().count() >= MOST_WAITING:
        raise ListIsFullError(
            "Very much waits to be looked at already. Please tell the office, and try later."
        )
    _check(entry)
    entry.full_clean(validate_unique=False)
    entry.save()
    return entry


@transaction.atomic
def take_back(*, token: str, client_uuid: uuid.UUID) -> bool:
    """Take out what was noted within the last ten minutes; say whether there was anything.

    Raises:
        CodeIsOverError: the sheet works no longer.
        TooLateToTakeBackError: the home team has decided, or ten minutes have passed.
    """
    code = _held(token)
    entry = code.entries.select_for_update().filter(client_uuid=client_uuid).first()
    if entry is None:
        return False
    too_old = timezone.now() - entry.noted_at > UNDO_WINDOW
    if too_old or entry.state != EntryState.WAITING:
        raise TooLateToTakeBackError(
            "It is too late to take this back here. Tell the office: they can leave it out."
        )
    with erasing():  # a slip may name somebody
        delete_with_history(QuickEntry.objects.filter(pk=entry.pk))
    return True


def _held(token: str) -> QuickCode:
    """Return the code, held so that forms sent twice at once come one after the other."""
    found = find_code(token)
    if found is not None:
        found = QuickCode.objects.live().select_for_update().filter(pk=found.pk).first()
    if found is None:
        raise CodeIsOverError("This sheet works no longer.")
    return found


def _noted_before(entry: QuickEntry) -> QuickEntry | None:
    """Return what this very form, or a second press of it, noted before."""
    sent = QuickEntry.objects.filter(client_uuid=entry.client_uuid).first()
    if sent is not None:
        if sent.code_id != entry.code_id:
            raise ValidationError("This did not save. Send it once more.")
        return sent
    lately = entry.code.entries.waiting().filter(noted_at__gt=timezone.now() - SAME_WITHIN)
    said: dict[str, Any] = {name: getattr(entry, name) for name in SAID}
    return lately.filter(**_exactly(said)).first()


def _exactly(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name if value is not None else f"{name}__isnull": True if value is None else value
        for name, value in said.items()
    }


def _check(entry: QuickEntry) -> None:
    today = timezone.localdate()
    if entry.happened_on > today:
        raise StillToComeError("That day is still to come.", field="happened_on")
    if entry.happened_on < today - LONG_AGO:
        raise StillToComeError(
            "That is more than a month ago. Tell the office: they can log it.",
            field="happened_on",
        )
    tie = entry.partnership_id
    if tie is not None and not offered_ties(entry.code.home).filter(pk=tie).exists():
        raise NotAPartnerError("Choose who it was with.", field="who")
    for field in ("who", "note"):
        check_note(getattr(entry, field), field=field)
