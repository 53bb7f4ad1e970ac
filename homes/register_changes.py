"""Puts what a register says anew into the queue that people look through."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from homes.models import ChangeKind, RegisterChange, Registration
from homes.register_facts import Difference
from homes.register_rows import AT_ONCE, RowsWritten

MOVED_M: Final = 50.0
"""A home whose point moves less stands where it stood."""


def note_changes(
    written: RowsWritten, gone: Sequence[Registration], *, known_in: Collection[str]
) -> None:
    """Note every change, in the import's own transaction.

    ``known_in``: the authorities, casefolded, whose register was known before; the first
    register of a place is no news.
    """
    noted = [
        *_arrivals(written.created.values(), known_in),
        *_differences(written),
        *(_change(each, ChangeKind.CLOSED, before=each.name) for each in gone),
    ]
    RegisterChange.objects.bulk_create(noted, batch_size=AT_ONCE)


def _arrivals(
    created: Iterable[Registration], known_in: Collection[str]
) -> Iterator[RegisterChange]:
    for registration in created:
        if registration.local_authority.casefold() in known_in:
            yield _change(registration, ChangeKind.NEW, after=registration.name)


def _differences(written: RowsWritten) -> Iterator[RegisterChange]:
    for registration, found in written.differences.values():
        changes = found.changes
        if "until" in changes:
            yield _change(registration, ChangeKind.REOPENED, after=registration.name)
        if "name" in changes:
            before, now = changes["name"]
            yield _change(registration, ChangeKind.RENAMED, before=before, after=now)
        if _has_moved(found):
            yield _moved(registration, found)
        before, now = changes.get("beds", (None, None))
        if before is not None and now is not None:
            yield _change(registration, ChangeKind.BEDS_CHANGED, before=before, after=now)


def _has_moved(found: Difference) -> bool:
    return "postcode" in found.changes or found.moved_m >= MOVED_M


def _moved(registration: Registration, found: Difference) -> RegisterChange:
    home = registration.home
    before, now = (
        ", ".join(
            str(found.changes[name][side] if name in found.changes else getattr(home, name))
            for name in ("address", "postcode")
        ).strip(", ")
        for side in (0, 1)
    )
    if before == now:
        now = f"{now} ({found.moved_m:,.0f} m away)"
    return _change(registration, ChangeKind.MOVED, before=before, after=now)


def _change(
    registration: Registration, kind: ChangeKind, *, before: Any = "", after: Any = ""
) -> RegisterChange:
    return RegisterChange(
        registration=registration, kind=kind, before=str(before)[:400], after=str(after)[:400]
    )
