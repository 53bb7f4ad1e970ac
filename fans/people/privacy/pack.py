"""The pack of everything held on a person: written as it is read, and kept nowhere."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from fans.people.models import Person
from fans.people.privacy.holdings import Group, holdings
from fans.people.privacy.registry import Fate, Item
from fans.people.privacy.subject import Subject, subject_of
from fans.people.privacy.values import shown_to

MOST_PRINTED: Final = 200
"""Of a longer group only as many rows are printed; the JSON file has all."""

NOT_IN_IT: Final = (
    "Keys: your password and your second steps are kept so that nobody can read them.",
    "Other people: they stand here by their role.",
    "What others wrote beside your name alone, until an administrator knows that it is you.",
    "Backups: whoever runs this site keeps them for a while, and reads them only to restore.",
)


@dataclass(frozen=True)
class Printed:
    """A group as it is printed: its first rows, and how many more there are."""

    group: Group
    items: list[Item]
    more: int


@dataclass(frozen=True)
class Pack:
    """What is held on one person, at one moment."""

    subject: Subject
    made_at: dt.datetime
    on_request: bool
    groups: list[Group]

    @property
    def count(self) -> int:
        """Return how many rows there are."""
        return sum(group.count for group in self.groups)

    def as_json(self) -> Iterator[str]:
        """Yield the pack as JSON, piece by piece."""
        yield f'{{\n"about": {_json(self._about())},\n"kinds": [\n'
        for number, group in enumerate(self.groups):
            yield f'{"," if number else ""}{_json(_head(group))[:-1]}, "rows": [\n'
            for row, item in enumerate(group.items()):
                yield f"{',' if row else ''}{_json({'id': item.key, 'fields': item.fields})}\n"
            yield "]}\n"
        yield f'],\n"not in here": {_json(NOT_IN_IT)}\n}}\n'

    def printed(self) -> Iterator[Printed]:
        """Yield the groups as they are printed."""
        for group in self.groups:
            items = [item for item, _ in zip(group.items(), range(MOST_PRINTED), strict=False)]
            yield Printed(group, items, group.count - len(items))

    def _about(self) -> dict[str, Any]:
        return {
            "person": self.subject.person_id,
            "made at": timezone.localtime(self.made_at).isoformat(timespec="seconds"),
            "made by": "an administrator, on request" if self.on_request else "you",
            "rows": self.count,
            "looked for in notes of others": _looked_for(self.subject),
            "not looked for": list(self.subject.unsearched),
        }


def make_pack(*, person: Person, on_request: bool = False, words: Iterable[str] = ()) -> Pack:
    """Gather what is held on a person; rows are read when the pack is written.

    ``on_request``: an administrator makes it, and answers for whom a name stands for.
    ``words``: what else is theirs, as the administrator knows.
    """
    subject = subject_of(person, words=list(words), shared=on_request)
    shown = shown_to(subject, on_request=on_request)
    return Pack(subject, timezone.now(), on_request, list(holdings(subject, shown)))


def _looked_for(subject: Subject) -> list[str]:
    marks = subject.marks
    return sorted({*marks.searchable_names(), *marks.emails, *marks.phones, *marks.words})


def _head(group: Group) -> dict[str, Any]:
    return {
        "kind": group.kind.words,
        "table": group.table,
        "how it has to do with you": group.relation.value,
        "why it is held": group.kind.why,
        "how long": group.kind.how_long,
        "where it came from": group.kind.source,
        "on erasure": group.fate.value if group.fate is not Fate.REMOVED else "taken out",
        "count": group.count,
        **({"columns": list(group.columns)} if group.columns else {}),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
