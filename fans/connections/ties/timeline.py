"""The story of a tie: what was said and done, and when they met, newest first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from fans.connections.models import (
    Arranger,
    Connection,
    DeclinedReason,
    Depth,
    Partnership,
    PartnershipStatus,
)
from fans.connections.ties.models import LIFE, Answer, How, Kind, TieEvent
from fans.connections.ties.services.undoing import may_undo
from fans.people.models import Person

_LEFT: Final = "Somebody who has left"
_SAYS: Final[dict[str, Any]] = {
    "status": dict(PartnershipStatus.choices),
    "depth": dict(Depth.choices),
    "arranged_by": dict(Arranger.choices),
    "answer": dict(Answer.choices),
    "declined_reason": dict(DeclinedReason.choices),
}
_CALLED: Final = {
    "status": "How it stands",
    "depth": "How deep",
    "arranged_by": "Arranged by",
    "answer": "Their answer",
    "declined_reason": "Why",
    "generations": "Old and young",
    "home_named_ok": "The home may be named with it",
    "partner_named_ok": "The partner may be named with it",
    "purpose": "What it is for",
    "follow_up_on": "Come back to it on",
}
_NOTHING: Final = "not said"


@dataclass(frozen=True)
class Change:
    """One thing that stood otherwise before, in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One line of the story."""

    at: dt.datetime
    is_day: bool  # of a meeting only the day is known
    title: str
    who: str
    words: str = ""
    changes: tuple[Change, ...] = ()
    event: TieEvent | None = None  # for a step; None for a meeting
    met: Connection | None = None
    can_undo: bool = False


def timeline(tie: Partnership, *, person: Person) -> list[Entry]:
    """Return the story of a tie, newest first, as somebody who may see it reads it."""
    steps = tie.events.select_related("by", "undone_by", "approach")
    last: dict[Any, int] = {}
    for event in steps:
        if event.undone_at is None:
            last[_line(event)] = event.pk
    standing = set(last.values())
    entries = [_step(event, event.pk in standing, tie, person) for event in steps]
    entries += [_meeting(row) for row in tie.connections.standing()]
    entries.append(_beginning(tie))
    return sorted(entries, key=_order, reverse=True)


def _order(entry: Entry) -> tuple[dt.datetime, int]:
    return entry.at, entry.event.pk if entry.event else 0


def _line(event: TieEvent) -> Any:
    """Name what has to be taken back last one first."""
    return "life" if event.kind in LIFE else (event.kind, event.side)


def _step(event: TieEvent, is_last: bool, tie: Partnership, person: Person) -> Entry:
    can_undo = is_last and event.undone_at is None and may_undo(event, person, tie)
    return Entry(
        at=event.at,
        is_day=False,
        title=_title(event),
        who=_who(event),
        words=event.words or _asked_in(event),
        changes=tuple(_changes(event)),
        event=event,
        can_undo=can_undo,
    )


def _asked_in(event: TieEvent) -> str:
    """Return the words that somebody was asked in."""
    return event.approach.words if event.kind == Kind.ASKED and event.approach else ""


def _title(event: TieEvent) -> str:
    side = event.get_side_display()
    if event.kind == Kind.ASKED and event.approach is not None:
        return f"Asked: {event.approach.get_channel_display().lower()}"
    if event.kind in (Kind.YES, Kind.DECLINED, Kind.ENDED) and side:
        return f"{event.get_kind_display()}: {side.lower()}"
    return event.get_kind_display()


def _who(event: TieEvent) -> str:
    if event.how == How.LINK:
        return f"The partner, {event.get_how_display()}"
    if event.by is None:
        return _LEFT
    if event.how == How.PARTNER:
        return f"{event.by}, {event.get_how_display()}"
    return str(event.by)


def _changes(event: TieEvent) -> list[Change]:
    return [
        Change(_CALLED[name], _in_words(name, event.before.get(name)), _in_words(name, now))
        for name, now in event.after.items()
        if name in _CALLED and event.before.get(name) != now
    ]


def _in_words(name: str, value: Any) -> str:
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "follow_up_on":
        day = dt.date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    said = _SAYS.get(name, {}).get(value)
    return str(value) if said is None else str(said).lower()


def _meeting(row: Connection) -> Entry:
    noon = dt.time(12)
    at = dt.datetime.combine(row.counted_day, noon, timezone.get_current_timezone())
    times = f", {row.occurrences} times" if row.occurrences > 1 else ""
    title = f"{row.get_direction_display()}: {row.get_type_display().lower()}{times}"
    return Entry(at=at, is_day=True, title=title, who="", words=row.note, met=row)


def _beginning(tie: Partnership) -> Entry:
    who = str(tie.created_by) if tie.created_by else ""
    return Entry(at=tie.created_at, is_day=False, title="Put down as a tie", who=who)
