"""What rooms say about the data that they keep on people, and what no walk would find.

Rows that point at a person by a foreign key are found without being named anywhere, and
so is their history, and so are names and addresses in text columns of any table. A room
names here, in its ``AppConfig.ready``, what cannot be seen from that:

- ``describe``: in words, what a row of a model is, why it is held and for how long. Models
  without one are described by their own name.
- ``made_by``: a key that deletes with the person, and yet points at who made the row.
- ``address``: a column that holds the address of the person whom the row is about, where
  no key does. Such rows are theirs, and go with them.
- ``identifies``: columns of a person's own rows that hold a name, address or number of
  theirs, so that it is looked for elsewhere.
- ``hide``: a column that is never shown: a key, or half of one.
- ``about_others``: columns of a person's own rows that hold data on somebody else.
- ``public``: columns that hold the name, number or address of a home or place. There a
  name is taken out only when an administrator says so.
- ``add_source``: what is held outside tables, or where no column shows it: see ``Source``.
- ``stays``: a table whose words stay although they hold a name, and why.

Models are named by label, so that a room can speak of the rooms below it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from django.apps import apps

if TYPE_CHECKING:
    from fans.people.privacy.subject import Subject

SECRET_NAMES: Final = ("password", "token", "secret", "session_key", "hash", "message_id")
"""A column whose name holds one of these is never shown."""


class Relation(StrEnum):
    """How a row has to do with a person."""

    OWN = "about you"
    MADE = "made by you"
    HISTORY = "how it stood before"
    NAMED = "names you"


class Fate(StrEnum):
    """What erasure does with a row."""

    DELETED = "deleted"
    BARE = "kept without you"
    REMOVED = "your name is taken out"
    KEPT = "kept"


@dataclass(frozen=True)
class Kind:
    """One kind of data in words."""

    words: str
    why: str
    how_long: str
    source: str = "You, or whoever entered it for you"


@dataclass(frozen=True)
class Item:
    """One thing that a source holds on a person."""

    key: str
    fields: dict[str, str]


class Source(Protocol):
    """Data on people that no foreign key and no text column shows."""

    name: str
    kind: Kind
    fate: Fate

    def items(self, subject: "Subject") -> Iterator[Item]:
        """Yield what is held on a person."""

    def erase(self, subject: "Subject") -> int:
        """Take it away; return how many items were concerned. Twice does no harm."""


@dataclass
class _Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)
    made_by: set[str] = field(default_factory=set)
    addresses: dict[str, str] = field(default_factory=dict)
    identifying: dict[str, dict[str, str]] = field(default_factory=dict)
    hidden: dict[str, set[str]] = field(default_factory=dict)
    others: dict[str, set[str]] = field(default_factory=dict)
    public: dict[str, set[str]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    stays: dict[str, str] = field(default_factory=dict)

    def label_of(self, table: str) -> str:
        """Return the label of a table's model, of what it is the history of; else its name."""
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table == table:
                of = getattr(model, "pgh_tracked_model", None) or model
                return str(of._meta.label)
        return table

    def table_of(self, label: str) -> str:
        """Return the table of a model."""
        return str(apps.get_model(label)._meta.db_table)


registered: Final = _Registry()


def describe(label: str, kind: Kind) -> None:
    """Say in words what a row of a model is."""
    registered.kinds[label.lower()] = kind


def made_by(label: str, key: str) -> None:
    """Say that a key points at who made the row, not at whom it is about."""
    registered.made_by.add(f"{label}.{key}".lower())


def address(label: str, column: str) -> None:
    """Say that a text column holds the address of the person whom the row is about."""
    registered.addresses[label.lower()] = column


def identifies(label: str, **columns: str) -> None:
    """Say that columns of a person's own row hold their ``name``, ``email`` or ``phone``."""
    registered.identifying[label.lower()] = columns


def hide(label: str, *columns: str) -> None:
    """Say that columns hold keys."""
    registered.hidden.setdefault(label.lower(), set()).update(columns)


def about_others(label: str, *columns: str) -> None:
    """Say that columns of a person's own row hold data on somebody else."""
    registered.others.setdefault(label.lower(), set()).update(columns)


def public(label: str, *columns: str) -> None:
    """Say that columns hold the public name or number of a home or place."""
    registered.public.setdefault(label.lower(), set()).update(columns)


def add_source(source: Source) -> None:
    """Add what is held outside tables; the same name again replaces it."""
    registered.sources[source.name] = source


def stays(label: str, why: str) -> None:
    """Say that a model's words stay although they hold a name, and why."""
    registered.stays[label.lower()] = why


def is_secret(label: str, column: str) -> bool:
    """Say whether a column is never shown."""
    return column in registered.hidden.get(label.lower(), ()) or any(
        part in column for part in SECRET_NAMES
    )
