"""What becomes of rows that hang on two records of one thing; rooms fill it when they load.

Most rows need nothing: their key is pointed at the record that stays. A model whose rows
can clash there (one tie of a home and a partner) says here how two of them become one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.db.models import Model

Columns = dict[str, Any]
Combine = Callable[[Any, Any], Columns]


class Notes(Protocol):
    """Where a merge writes down, and does, what it changes: see ``assets.twins.ledger``."""

    def change(self, rows: Iterable[Model], **values: Any) -> None:
        """Write the same values into rows of one model."""

    def remove(self, row: Model, *, into: Model) -> None:
        """Take out a row that another now stands for."""


MakeNew = Callable[[Any], Columns]
ByHand = Callable[[Notes, Any, Any], None]


def nothing_to_add(kept: Any, lost: Any) -> Columns:
    """Combine two rows of which the one that stays says it all."""
    return {}


def nothing_new(row: Any) -> Columns:
    """Let a row that has to be made beside another say what that one says."""
    return {}


@dataclass(frozen=True)
class Rule:
    """What happens to the rows of one model."""

    words: tuple[str, str] = ("", "")  # one, many: told before the button; "" for nothing
    combine: Combine | None = None  # given: a row that clashes goes into its twin
    new: MakeNew = nothing_new  # how a row beside it begins, for what came since a merge
    stays: bool = False  # rows remain with the record that leaves
    by_hand: ByHand | None = None  # the room moves its rows itself


@dataclass(frozen=True)
class Beside:
    """Something that the database keeps by itself beside the records, such as reach."""

    note: Callable[[int, int], Any]
    """Given the ids of both before anything is written; returns what to remember."""
    settle: Callable[[int, int, Any], Any]
    """Given both ids and that, once the two are one; what it returns is kept as JSON."""
    give_back: Callable[[int, int, Any], None]
    """Given both ids and what was kept, once the two are two again."""
    touched: Callable[[Any], set[str]]
    """Given what was kept; names what changed at the record that stays."""


_rules: dict[str, Rule] = {}
_beside: dict[str, Beside] = {}
PLAIN: Final = Rule()


def register(
    label: str,
    combine: Combine = nothing_to_add,
    *,
    new: MakeNew = nothing_new,
    words: tuple[str, str] = ("", ""),
) -> None:
    """Say how two rows of ``label`` (app.Model) become one where both cannot stand.

    ``combine(kept, lost)`` returns the columns to write into the row that stays. The
    other is taken out, and what hangs on it goes over first; undoing brings it back.

    A row that went over whole goes back whole. For what was hung on it meanwhile another
    is made at the record that stood, as this one is but for the columns of ``new(row)``.
    """
    _rules[label.lower()] = Rule(words=words, combine=combine, new=new)


def register_words(label: str, one: str, many: str) -> None:
    """Say what rows that simply move are called, before somebody merges."""
    _rules[label.lower()] = Rule(words=(one, many))


def register_parting(label: str, *, words: tuple[str, str] = ("", "")) -> None:
    """Say that a row that cannot stand beside one of the other record remains where it is."""
    _rules[label.lower()] = Rule(words=words)


def register_staying(label: str) -> None:
    """Say that rows remain with the record that leaves: they are about that one alone."""
    _rules[label.lower()] = Rule(stays=True)


def register_by_hand(label: str, move: ByHand, *, words: tuple[str, str] = ("", "")) -> None:
    """Say that ``move(notes, keep, lose)`` moves the rows, through ``notes`` alone."""
    _rules[label.lower()] = Rule(words=words, by_hand=move)


def register_beside(label: str, beside: Beside) -> None:
    """Say how something kept by triggers follows; its rows are left to them."""
    _rules[label.lower()] = Rule(stays=True)
    _beside[label] = beside


def rule_of(model: type[Model]) -> Rule:
    """Return what was said of a model."""
    return _rules.get(model._meta.label_lower, PLAIN)


def is_known(model: type[Model]) -> bool:
    """Say whether a room has said anything of a model."""
    return model._meta.label_lower in _rules


def all_beside() -> dict[str, Beside]:
    """Return what follows a merge by itself."""
    return dict(_beside)
