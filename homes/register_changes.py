"""What a register says anew, as it goes into the queue that people look through."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from homes.models import ChangeKind, RegisterChange, Registration
from homes.register_facts import Difference

MOVED_M: Final = 50.0
"""A home whose point moves less stands where it stood."""


def arrivals(
    created: Iterable[Registration], *, known_in: Collection[str]
) -> Iterator[RegisterChange]:
    """Yield the new ones of a place whose register was known before.

    ``known_in``: those local authorities, casefolded. The first register of a place is no
    news.
    """
    for registration in created:
        if registration.local_authority.casefold() in known_in:
            yield _change(registration, ChangeKind.NEW, after=registration.name)


def closures(gone: Iterable[Registration]) -> Iterator[RegisterChange]:
    """Yield what is no longer listed."""
    for registration in gone:
        yield _change(registration, ChangeKind.CLOSED, before=registration.name)


def changes_of(registration: Registration, found: Difference) -> Iterator[RegisterChange]:
    """Yield what the register says anew of one home, and people should know."""
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
        registration_id=registration.pk,
        kind=kind,
        before=str(before)[:400],
        after=str(after)[:400],
    )
