"""Writes rows down for the person whom they are about, and leaves other people out."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db.models import ForeignKey, Model
from django.utils import timezone

from fans.people.models import Membership, Person
from fans.people.privacy.names import words_of
from fans.people.privacy.registry import is_secret, registered
from fans.people.privacy.subject import Subject

NOT_SHOWN: Final = "held, not shown: it is a key"
NOT_YOURS: Final = "held, not shown: it is about somebody else"
WITHHELD: Final = "held, not shown: an administrator makes sure first that it is you"
_EMAIL: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_MOST_WORDS: Final = 5
"""Names of others are looked for up to so many words long."""


@dataclass(frozen=True)
class Shown:
    """How values are shown to whom a pack is for."""

    subject: Subject
    on_request: bool
    """Made by an administrator, who knows whom a name stands for."""
    roles: dict[str, str] = field(default_factory=dict)
    """What stands for somebody else: by id, address and name (words in lower case)."""
    made_by: str = ""
    """The key by which a row of others points at the person; then only it is shown."""

    def as_made_by(self, key: str) -> "Shown":
        """Show of a row what it is and when, and not what it says: it is about others."""
        return replace(self, made_by=key)

    def somebody(self, person_id: int) -> str:
        """Return what stands for a person."""
        if person_id == self.subject.person_id:
            return "you"
        return self.roles.get(f"#{person_id}", "somebody else")

    def text(self, text: str) -> str:
        """Return a text in which other people are their roles."""
        without = _EMAIL.sub(self._address, text)
        return self._names_out(without)

    def value(self, value: Any) -> Any:
        """Return a value as JSON and people read it."""
        if isinstance(value, dt.datetime):
            return timezone.localtime(value).isoformat(timespec="seconds")
        if isinstance(value, list | tuple):
            return [self.value(each) for each in value]
        if isinstance(value, dict):
            return {self.text(str(key)): self.value(each) for key, each in value.items()}
        if value is None or isinstance(value, bool | int | float):
            return value
        if hasattr(value, "wkt"):
            return f"{value.x:.5f}, {value.y:.5f} (degrees east and north)"
        return self.text(str(value))

    def named(self, table: str, column: str, value: Any) -> Any:
        """Return words of somebody else that name the person, if they may be shown."""
        label = registered.label_of(table)
        if is_secret(label, column):
            return NOT_SHOWN
        is_proved = self.subject.confirmed.clean(value) != value
        return self.value(value) if self.on_request or is_proved else WITHHELD

    def _address(self, found: re.Match[str]) -> str:
        address = found.group().lower()
        if self.subject.finder.is_in(address):
            return found.group()
        return f"[{self.roles.get(address, 'an address')}]"

    def _names_out(self, text: str) -> str:
        said = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[^\W_]+", text)]
        pieces: list[str] = []
        at, index = 0, 0
        while index < len(said):
            for length in range(min(_MOST_WORDS, len(said) - index), 1, -1):
                name = " ".join(word for word, *_ in said[index : index + length]).lower()
                if name in self.roles:
                    pieces += [text[at : said[index][1]], f"[{self.roles[name]}]"]
                    at = said[index + length - 1][2]
                    index += length - 1
                    break
            index += 1
        return "".join([*pieces, text[at:]])


def shown_to(subject: Subject, *, on_request: bool = False) -> Shown:
    """Return how values are shown to a person, or to an administrator for them."""
    return Shown(subject=subject, on_request=on_request, roles=_roles(subject.person_id))


def shown_fields(row: Model, shown: Shown) -> dict[str, Any]:
    """Return what a row says, by its columns' labels."""
    if shown.made_by:
        return dict(_traces(row, shown))
    label = _of(row)._meta.label
    others = registered.others.get(label.lower(), set())
    said = {}
    for column in row._meta.concrete_fields:
        if column.attname.startswith("pgh_") and column.attname not in _OF_HISTORY:
            continue
        said[_OF_HISTORY.get(column.attname) or _label(column)] = (
            NOT_SHOWN
            if is_secret(label, column.name)
            else NOT_YOURS
            if column.name in others
            else _value(row, column, shown)
        )
    return said


_OF_HISTORY: Final = {"pgh_created_at": "Changed", "pgh_label": "How"}


def _traces(row: Model, shown: Shown) -> Iterator[tuple[str, Any]]:
    """Yield what a row is, when, and in which way it names the person."""
    yield "What", shown.text(str(row))
    yield "You as", _label(row._meta.get_field(shown.made_by))
    for column in row._meta.concrete_fields:
        if column.get_internal_type() in {"DateTimeField", "DateField"}:
            value = getattr(row, column.attname)
            if value is not None:
                yield _label(column), shown.value(value)


def _value(row: Model, column: Any, shown: Shown) -> Any:
    raw = getattr(row, column.attname)
    if raw is None:
        return None
    if isinstance(column, ForeignKey):
        if column.related_model is Person:
            return shown.somebody(raw)
        # History points at rows that may be gone.
        other = column.related_model._base_manager.filter(pk=raw).first()
        return shown.text(str(other)) if other else f"number {raw}"
    if column.choices:
        display = getattr(row, f"get_{column.name}_display", None)
        return str(display()) if display else shown.value(raw)
    return shown.value(raw)


def _of(row: Model) -> Any:
    return getattr(row, "pgh_tracked_model", None) or type(row)


def _label(column: Any) -> str:
    name = str(column.verbose_name)
    return name[:1].upper() + name[1:]


def _roles(person_id: int) -> dict[str, str]:
    """Name everybody else by a role that they hold or held."""
    held: dict[int, str] = {}
    for membership in Membership.objects.order_by("pk").only("person_id", "role"):
        held[membership.person_id] = membership.get_role_display().lower()
    roles = {}
    others = Person.objects.exclude(pk=person_id).values_list("pk", "name", "email")
    for pk, name, email in others.iterator():
        role = roles[f"#{pk}"] = held.get(pk, "somebody else")
        if email:
            roles[email.lower()] = role
        words = [part for word in words_of(name) for part in re.split(r"['’]", word)]
        if len(words) > 1:
            roles[" ".join(words).lower()] = role
    return roles
