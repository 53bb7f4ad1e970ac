"""Changing a tie and writing down who, when, before and after: one step, never apart."""

import datetime as dt
from typing import Any, Final

from fans.connections.models import Partnership
from fans.connections.ties.models import Approach, How, Kind, TieEvent
from fans.people.models import Person

OF_APPROACH: Final = ("answer", "answered_on", "follow_up_on", "reply", "undone_at")
"""Columns of an approach that a step may change; all others are the tie's."""


def write(
    tie: Partnership,
    *,
    kind: Kind,
    by: Person | None,
    side: str = "",
    how: str = How.ACCOUNT,
    approach: Approach | None = None,
    words: str = "",
    **columns: Any,
) -> TieEvent:
    """Change columns of a tie that the caller holds, and of an approach; keep the step.

    Raises:
        ValidationError: a constraint of the tie is broken.
    """
    before = {name: plain(getattr(_row(name, tie, approach), name)) for name in columns}
    put(tie, approach, columns)
    event = TieEvent(
        partnership=tie,
        kind=kind,
        side=side,
        how=how,
        approach=approach,
        by=by,
        before=before,
        after={name: plain(value) for name, value in columns.items()},
        words=words,
    )
    event.full_clean(exclude=["by"])
    event.save()
    return event


def put(tie: Partnership, approach: Approach | None, columns: dict[str, Any]) -> None:
    """Write columns into the rows that they belong to."""
    for row in (tie, approach):
        if row is None:
            continue
        names = [name for name in columns if _row(name, tie, approach) is row]
        for name in names:
            setattr(row, name, columns[name])
        if names:
            row.full_clean(validate_unique=False)
            row.save(update_fields=names)


def _row(name: str, tie: Partnership, approach: Approach | None) -> Partnership | Approach:
    if name not in OF_APPROACH:
        return tie
    assert approach is not None  # noqa: S101 (such a column is never given without one)
    return approach


def plain(value: Any) -> Any:
    """Return a column's value as JSON keeps it: days and moments as ISO text."""
    return value.isoformat() if isinstance(value, dt.date) else value


def from_plain(name: str, value: Any) -> Any:
    """Return what ``plain`` made into JSON as the column's own value."""
    model: Any = Approach if name in OF_APPROACH else Partnership
    return model._meta.get_field(name).to_python(value)
