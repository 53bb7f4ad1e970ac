"""What higher rooms tell rounds: who may walk one, and which places go first.

They register in their ``AppConfig.ready``.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

Who = Callable[[str, object], Iterable[Any]]
First = Callable[[Collection[int]], set[int]]

_who: list[Who] = []
_first: list[First] = []


def register_walkers(who: Who) -> None:
    """Say whom to ask who may do an action to an object; the last one counts."""
    _who[:] = [who]


def register_first(first: First) -> None:
    """Say which of some assets should be looked at before all others."""
    if first not in _first:
        _first.append(first)


def walkers(about: object) -> list[Any]:
    """Return the people who may walk rounds at an area or a round, by name."""
    found = {person for who in _who for person in who("rounds.walk", about)}
    return sorted(found, key=lambda person: (str(person), person.pk))


def go_first(asset_ids: Collection[int]) -> set[int]:
    """Return those of some assets that should be looked at before all others."""
    return {pk for first in _first for pk in first(asset_ids)}
