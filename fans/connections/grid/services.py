"""Writes on a month's sheet: all of it is saved or nothing, and a save can be taken back."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from assets.twins import following
from fans.connections.grid import tally
from fans.connections.grid.cells import NUMBERS, PEOPLE, RATING, Cell, LineKey
from fans.connections.grid.errors import NotSavedError, Problem, TooLateToUndoSaveError
from fans.connections.grid.lines import Own, undone
from fans.connections.grid.models import UNDO_WINDOW, GridSave
from fans.connections.grid.planning import Planned, plan_lines
from fans.connections.grid.reading import read_month
from fans.connections.grid.rows import Writing
from fans.connections.grid.typed import TypedSheet
from fans.connections.models import Connection, Partnership
from fans.connections.services.locks import hold_log
from fans.connections.signals import log_changed
from fans.people.models import Person
from homes.models import Home

Change = list[Any]
"""One of ``GridSave.changes``."""


@dataclass(frozen=True)
class Saved:
    """What came of a sheet."""

    save: GridSave | None  # None: it said what the log says already
    kept: list[Problem]  # cells in which the log holds more than was typed; it keeps it


@transaction.atomic
def save_month(
    *, by: Person, home: Home, month: dt.date, sheet: TypedSheet, others_meant: bool = False
) -> Saved:
    """Save what was typed into a sheet of ``month`` (its first day).

    A cell that nobody typed into keeps what it holds, whoever wrote it. A cell that
    somebody else changed meanwhile is not overwritten: then nothing is saved, and the
    two are shown side by side. ``others_meant`` says that days inside a period which is
    logged already are other times than those it counts.

    Raises:
        NotSavedError: with every cell that needs another look.
        PermissionDenied: ``by`` may not log for the home.
    """
    _refuse_others(by, home)
    hold_log(home)
    planned = plan_lines(by=by, home=home, month=month, sheet=sheet)
    numbers = tally.plan_numbers(home=home, month=month, sheet=sheet)
    overlaps = [] if others_meant else planned.overlaps
    problems = [*planned.problems, *numbers.problems]
    clashes = [*planned.clashes, *numbers.clashes]
    if problems or clashes or overlaps:
        raise NotSavedError(problems, clashes, overlaps)
    changes = _write_lines(by, home, month, planned)
    changes += _write_numbers(by, home, month, numbers)
    save = _keep(by=by, home=home, month=month, changes=changes) if changes else None
    return Saved(save, planned.kept)


def _refuse_others(by: Person, home: Home) -> None:
    if not by.has_perm("connections.log", home):
        raise PermissionDenied("Your roles do not let you change this home's log.")


def _write_lines(by: Person, home: Home, month: dt.date, planned: Planned) -> list[Change]:
    writing = Writing(home=home, month=month, by=by)
    changes: list[Change] = []
    for one in planned.lines:
        changes += _differences(one.tie, one.key.direction, one.known.line.own, one.own)
        writing.put(one.tie, one.key.direction, one.known, one.own)
    writing.write()
    return changes


def _differences(tie: Partnership, direction: str, before: Own, after: Own) -> list[Change]:
    days = sorted(before.days.keys() | after.days.keys())
    cells: list[Cell] = [*days, PEOPLE, RATING]
    return [
        [tie.pk, direction, cell, before.get(cell), after.get(cell)]
        for cell in cells
        if before.get(cell) != after.get(cell)
    ]


def _write_numbers(
    by: Person, home: Home, month: dt.date, numbers: tally.Numbers
) -> list[Change]:
    try:
        changed = tally.write_numbers(by=by, home=home, month=month, numbers=numbers.after)
    except ValidationError as refusal:
        raise NotSavedError(
            [
                Problem(name if name in NUMBERS else "", NUMBERS.get(name, ""), words)
                for name, lines in refusal.message_dict.items()
                for words in lines
            ]
        ) from refusal
    return [[None, "", *change] for change in changed]


def _keep(*, by: Person, home: Home, month: dt.date, **said: Any) -> GridSave:
    save = GridSave(home=home, month=month, saved_by=by, **said)
    save.full_clean(exclude={"changes"}, validate_unique=False)
    save.save()
    log_changed.send(Connection, home_ids={home.pk})
    return save


@transaction.atomic
def undo_save(*, save: GridSave, by: Person) -> tuple[GridSave, int]:
    """Put every cell back to what it was before a save; done twice, it changes nothing.

    A cell that somebody changed again since keeps what it says; how many those were is
    returned with the save that took this one back, which can be taken back as well.

    Raises:
        PermissionDenied: ``by`` may not log for the home, or not enter its tally.
        TooLateToUndoSaveError: more than a day has passed.
    """
    home = save.home
    _refuse_others(by, home)
    hold_log(home)
    before = GridSave.objects.filter(undoes=save).first()
    if before is not None:
        return before, 0
    if timezone.now() - save.at > UNDO_WINDOW:
        raise TooLateToUndoSaveError("The day to take this back as a whole is over.")
    changes, left = _take_back_lines(save, by)
    numbers = [change[2:] for change in save.changes if change[0] is None]
    if numbers:
        if not by.has_perm("connections.tally", home):
            raise PermissionDenied("Your roles do not let you change this home's tally.")
        changed, others = tally.take_back(by=by, home=home, month=save.month, changes=numbers)
        changes += [[None, "", *change] for change in changed]
        left += others
    return _keep(by=by, home=home, month=save.month, changes=changes, undoes=save), left


def _take_back_lines(save: GridSave, by: Person) -> tuple[list[Change], int]:
    of_line: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for tie_id, direction, *change in save.changes:
        if tie_id is not None:
            of_line[tie_id, direction].append(tuple(change))
    ties = _ties(save.home, {tie_id for tie_id, _ in of_line})
    month, changes, left = read_month(save.home, save.month), [], 0
    writing = Writing(home=save.home, month=save.month, by=by)
    for (tie_id, direction), done in of_line.items():
        tie = ties.get(tie_id)
        if tie is None:
            left += len(done)
            continue
        known = month[LineKey("tie", tie.pk, direction)]
        own, others = undone(known.line.own, done)
        left += others
        changes += _differences(tie, direction, known.line.own, own)
        writing.put(tie, direction, known, own)
    writing.write()
    return changes, left


def _ties(home: Home, pks: set[int]) -> dict[int, Partnership]:
    """Return the ties that stand for these, where places have become one since."""
    held = following.hold_all(Partnership, pks)
    found = home.partnerships.in_bulk(list(held.values()))
    return {pk: found[standing] for pk, standing in held.items() if standing in found}
