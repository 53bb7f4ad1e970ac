"""Tells recorded changes in words: who, when, and what each field was and became."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from fans.people.audit.in_words import Names, in_words, label_of
from fans.people.models import Person

INSERT, UPDATE, DELETE = "insert", "update", "delete"
_DONE: Final = {INSERT: "added", UPDATE: "changed", DELETE: "deleted"}


@dataclass(frozen=True)
class Difference:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One recorded change, told."""

    at: dt.datetime
    done: str  # added, changed, deleted
    what: str  # membership
    kind: str  # people.membership
    row: int
    name: str  # what the row is called now, where it still is
    who: str
    person_id: int | None
    where: str  # a route, where it was a request
    differences: Sequence[Difference]
    # What became of it cannot be told: it is no longer here, and nobody noted it going.
    after_unknown: bool = False

    @property
    def history(self) -> str:
        """Return the address of all changes of this row."""
        return f"{reverse('audit:changes')}?kind={self.kind}&row={self.row}"


def tell(lines: Sequence[tuple[str, Any]]) -> list[Change]:
    """Tell lines in words, each with what followed it."""
    following = _following(lines)
    people = Person.objects.in_bulk({pk for _, line in lines if (pk := _who(line))})
    names = Names(line for line in [*(line for _, line in lines), *following.values()])
    return [_tell(kind, line, following, people, names) for kind, line in lines]


def _tell(
    kind: str,
    line: Any,
    following: dict[tuple[str, int], Any],
    people: dict[int, Person],
    names: Names,
) -> Change:
    meta = line.pgh_tracked_model._meta
    before = None if line.pgh_label == INSERT else line
    after = None if line.pgh_label == DELETE else following.get((kind, line.pgh_id))
    return Change(
        at=line.pgh_created_at,
        done=_DONE.get(line.pgh_label, line.pgh_label),
        what=str(meta.verbose_name),
        kind=kind,
        row=line.pgh_obj_id,
        name=names.of(line.pgh_tracked_model, line.pgh_obj_id),
        who=_doer(line, people),
        person_id=_who(line),
        where=_where(line),
        differences=_differences(line, before, after, names),
        after_unknown=after is None and line.pgh_label != DELETE,
    )


def _following(lines: Sequence[tuple[str, Any]]) -> dict[tuple[str, int], Any]:
    """Return for each line what its row was next: by the line after it, else as it is."""
    found: dict[tuple[str, int], Any] = {}
    grouped: dict[str, list[Any]] = defaultdict(list)
    for kind, line in lines:
        grouped[kind].append(line)
    for kind, of_kind in grouped.items():
        model, tracked = type(of_kind[0]), of_kind[0].pgh_tracked_model
        later = model.objects.filter(
            pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id")
        ).exclude(pgh_label=INSERT)
        first = Subquery(later.order_by("pgh_id").values("pgh_id")[:1])
        asked = model.objects.filter(pgh_id__in=[line.pgh_id for line in of_kind])
        next_ids = dict(asked.values_list("pgh_id", first))
        next_lines = model.objects.in_bulk({pk for pk in next_ids.values() if pk})
        rows = tracked._base_manager.in_bulk({line.pgh_obj_id for line in of_kind})
        for line in of_kind:
            next_id = next_ids.get(line.pgh_id)
            after = next_lines.get(next_id) if next_id else rows.get(line.pgh_obj_id)
            if after is not None:
                found[kind, line.pgh_id] = after
    return found


def _differences(line: Any, before: Any, after: Any, names: Names) -> list[Difference]:
    if before is None and after is None:
        return []
    found = []
    for field in told_fields(line):
        was = getattr(before, field.attname) if before is not None else None
        now = getattr(after, field.attname) if after is not None else None
        if was == now or (was in (None, "") and now in (None, "")):
            continue
        words = [in_words(field, value, names) for value in (was, now)]
        if before is None:
            words[0] = ""
        if after is None:
            words[1] = ""
        found.append(Difference(label_of(field), words[0], words[1]))
    return found


def told_fields(line: Any) -> Iterable[Any]:
    """Yield the fields that a change is told by: not the key, not the time of saving."""
    tracked = line.pgh_tracked_model._meta
    own = {f.name for f in tracked.fields if f.primary_key or getattr(f, "auto_now", False)}
    kept = {field.name for field in line._meta.fields}
    return (f for f in tracked.fields if f.name in kept and f.name not in own)


def _who(line: Any) -> int | None:
    noted = line.pgh_context.metadata if line.pgh_context else {}
    return noted.get("person")


def _doer(line: Any, people: dict[int, Person]) -> str:
    person_id = _who(line)
    if person_id is not None:
        person = people.get(person_id)
        return str(person) if person else f"Person {person_id}, erased"
    noted = line.pgh_context.metadata if line.pgh_context else {}
    if noted.get("command"):
        return f"The command {noted['command']}"
    if noted.get("task"):
        return f"The job {noted['task']}"
    return "Nobody signed in" if noted else "Somebody at the database"


def _where(line: Any) -> str:
    noted = line.pgh_context.metadata if line.pgh_context else {}
    return str(noted.get("route", ""))
