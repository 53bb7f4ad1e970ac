"""Whose consent somebody may record for them: within their own reach.

Higher parts know where a person belongs (a volunteer's area). They register, in
``AppConfig.ready``, how to find the record of a person that tells its scope.
"""

from collections.abc import Callable
from typing import Any, Final

from fans.people.models import Person
from fans.people.permissions import allows, reach_of

RECORD: Final = "consent.record"
Finder = Callable[[Person], Any | None]

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Add a way to find a person's own record; again changes nothing."""
    if finder not in _finders:
        _finders.append(finder)


def may_record_for(by: Person, person: Person) -> bool:
    """Say whether ``by`` may record what ``person`` agrees to."""
    if reach_of(by, RECORD).everywhere:
        return True
    records = (finder(person) for finder in _finders)
    return any(record is not None and allows(by, RECORD, record) for record in records)
