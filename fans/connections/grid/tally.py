"""The month's three numbers at the foot of a sheet."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from fans.connections.grid.cells import NUMBERS
from fans.connections.grid.errors import Problem
from fans.connections.grid.typed import TypedSheet
from fans.connections.services.tallies import put_tally
from fans.people.models import Person
from homes.models import Home

After = dict[str, int | None]
Change = tuple[str, int | None, int | None]
"""The number's name, what it was, what it is."""


@dataclass
class Numbers:
    """What becomes of the three numbers."""

    after: After = field(default_factory=dict)  # only those that were typed in
    problems: list[Problem] = field(default_factory=list)
    clashes: list[Problem] = field(default_factory=list)


def numbers_of(home: Home, month: dt.date) -> After:
    """Return the three numbers as they stand. One query."""
    found = home.tallies.filter(month=month).values(*NUMBERS).first()
    return dict(found or dict.fromkeys(NUMBERS))


def plan_numbers(*, home: Home, month: dt.date, sheet: TypedSheet) -> Numbers:
    """Bring what was typed together with what stands now."""
    made = Numbers()
    for name, why in sheet.unreadable.items():
        made.problems.append(Problem(name, NUMBERS[name], why))
    now = numbers_of(home, month) if sheet.numbers else {}
    for name, value in sheet.numbers.items():
        before = sheet.numbers_was[name]
        if value in (before, now[name]):
            continue
        if now[name] != before:
            theirs = "nothing" if now[name] is None else str(now[name])
            words = f"Somebody else put {theirs} here while you typed."
            made.clashes.append(Problem(name, NUMBERS[name], words))
        made.after[name] = value
    return made


def write_numbers(*, by: Person, home: Home, month: dt.date, numbers: After) -> list[Change]:
    """Write the numbers that changed; return what each was and is.

    Raises:
        ValidationError: more people out or reached than live there.
    """
    before = numbers_of(home, month) if numbers else {}
    changed = [(name, before[name], value) for name, value in numbers.items()]
    changed = [change for change in changed if change[1] != change[2]]
    if changed:
        after: Any = {**before, **numbers}
        values = tuple(after[name] for name in NUMBERS)
        put_tally(by=by, home=home, month=month, numbers=values)
    return changed


def take_back(
    *, by: Person, home: Home, month: dt.date, changes: Sequence[Sequence[Any]]
) -> tuple[list[Change], int]:
    """Put numbers back where nobody changed them since; count those that somebody did."""
    now = numbers_of(home, month)
    back = {name: before for name, before, after in changes if now[name] == after}
    try:
        changed = write_numbers(by=by, home=home, month=month, numbers=back)
    except ValidationError:  # beside a number that somebody changed since, it cannot stand
        return [], len(changes)
    return changed, len(changes) - len(back)
