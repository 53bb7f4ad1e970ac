"""Writes a register's rows into homes and registrations: new, changed or same.

What the register said last is kept beside each registration. A row that says the same
changes nothing; one that says something else changes what still stands as the register
had put it, and leaves alone what somebody here has put right.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.contrib.gis.geos import Point

from geo.geocoding import PostcodePoint, distances_m, locate_many
from homes.copying import copy_new
from homes.models import Home, RegisterChange, Registration, RegistrationQuestion
from homes.register_changes import changes_of
from homes.register_facts import (
    OF_HOME,
    OF_REGISTRATION,
    Difference,
    point_of,
    point_said,
    said_before,
    said_by,
    set_place,
    take_over,
    take_over_place,
    take_over_registration,
)
from homes.registers.row import RegisterRow
from intake.importers import Verdict
from intake.report import Outcome

AT_ONCE: Final = 2_000
"""Rows in one statement, and in memory as records."""

_HOME_FIELDS: Final = (
    *OF_HOME,
    "location",
    "location_precision",
    "location_source",
    "updated_at",
)
_REGISTRATION_FIELDS: Final = (*OF_REGISTRATION, "until", "dual_of", "source_values")


@dataclass
class RowsWritten:
    """What became of the rows."""

    created: list[Registration] = field(default_factory=list)
    # One a row that was known, by registration number.
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    changes: list[RegisterChange] = field(default_factory=list)
    # Second registrations that stand as homes of their own, and the first ones.
    apart: list[tuple[Registration, Registration]] = field(default_factory=list)
    homes: int = 0
    beds: int | None = None
    second: int = 0
    dormant: int = 0
    nowhere: int = 0


def write_rows(rows: Iterable[dict[str, Any]], primaries: Mapping[str, str]) -> RowsWritten:
    """Write every row (as ``RegisterRow.as_json``), in the caller's transaction.

    ``primaries``: for each second registration of a home the first one, which is written
    before it.
    """
    done = RowsWritten()
    firsts: list[dict[str, Any]] = []
    seconds: list[dict[str, Any]] = []
    for row in rows:
        (seconds if row["regulator_id"] in primaries else firsts).append(row)
    for batch in (*_batches(firsts), *_batches(seconds)):
        _Batch([RegisterRow.from_json(row) for row in batch], primaries, done).write()
    return done


def _batches(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(rows)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch


class _Batch:
    """Some of a file's rows on their way into the database."""

    def __init__(
        self, rows: Sequence[RegisterRow], primaries: Mapping[str, str], done: RowsWritten
    ) -> None:
        self.rows, self.primaries, self.done = rows, primaries, done
        numbers = {row.regulator_id for row in rows}
        self.known = _known(numbers | {primaries[n] for n in numbers & primaries.keys()})
        self.points = locate_many({row.postcode for row in rows if row.lon is None})
        self.moved_m = _moves_m(rows, self.known)

    def write(self) -> None:
        """Add the rows nobody knows, and bring the others up to date."""
        created = [self._new(row) for row in self.rows if row.regulator_id not in self.known]
        copy_new([each.home for each in created if each.dual_of is None])
        for each in created:
            each.home = each.home  # whose key is known by now
        copy_new(created)
        self.done.created.extend(created)
        self._update([row for row in self.rows if row.regulator_id in self.known])
        standing = self.known | {each.regulator_id: each for each in created}
        for row in self.rows:
            self._count(row, standing[row.regulator_id])

    def _new(self, row: RegisterRow) -> Registration:
        registration = _new_registration(row)
        if primary := self.primaries.get(row.regulator_id):
            registration.dual_of = self.known[primary]
            registration.home, registration.beds = registration.dual_of.home, None
        else:
            registration.home = _new_home(row, self.points.get(row.postcode))
        return registration

    def _update(self, rows: Sequence[RegisterRow]) -> None:
        changed: list[Registration] = []
        again: list[Registration] = []
        for row in rows:
            registration = self.known[row.regulator_id]
            found = self._compare(registration, row)
            outcome = Outcome.CHANGED if found.changes else Outcome.SAME
            self.done.verdicts[row.regulator_id] = Verdict(
                row.number, outcome, found.reason(), found.in_words()
            )
            if found.changes:
                registration.source_values = said_by(row)
                changed.append(registration)
                self.done.changes.extend(changes_of(registration, found))
            if "until" in found.changes:
                again.append(registration)
        _save(changed)
        # What is listed again needs no answer any more.
        RegistrationQuestion.objects.waiting().filter(gone__in=again).delete()

    def _compare(self, registration: Registration, row: RegisterRow) -> Difference:
        found = Difference(moved_m=self.moved_m.get(row.regulator_id, 0.0))
        self._pair(registration, row, found)
        if registration.dual_of_id is None:  # else its home is the first one's to tell of
            before, located = said_before(registration), self.points.get(row.postcode)
            take_over(registration.home, before, said_by(row), found)
            take_over_place(registration.home, before, row, located, found)
        take_over_registration(registration, row, found)
        return found

    def _pair(self, registration: Registration, row: RegisterRow, found: Difference) -> None:
        """Make a registration the second one of its home, or let it stand by itself."""
        number = self.primaries.get(row.regulator_id)
        primary = self.known[number] if number else None
        if primary is not None and primary.home_id != registration.home_id:
            self.done.apart.append((registration, primary))
            primary = None
        before, now = registration.dual_of_id, primary.pk if primary else None
        if row.primary_id is None or before == now:
            return
        found.changes["dual_of"] = (registration.dual_of, primary)
        registration.dual_of = primary
        if primary is not None:
            registration.beds = None

    def _count(self, row: RegisterRow, registration: Registration) -> None:
        done = self.done
        done.nowhere += registration.home.location is None
        done.dormant += registration.dormant
        if registration.dual_of_id is not None:
            done.second += 1
            return
        done.homes += 1
        if row.beds is not None:
            done.beds = (done.beds or 0) + row.beds


def _known(numbers: Iterable[str]) -> dict[str, Registration]:
    """Return registrations by number; of each home one object."""
    found = (
        Registration.objects.filter(regulator="cqc", regulator_id__in=numbers)
        .select_related("home")
        .select_for_update(of=("self", "home"))
    )
    known = {registration.regulator_id: registration for registration in found}
    homes: dict[int, Home] = {}
    for registration in known.values():
        registration.home = homes.setdefault(registration.home_id, registration.home)
    return known


def _save(registrations: Sequence[Registration]) -> None:
    """Write rows that stand already, in two statements."""
    homes = {registration.home_id: registration.home for registration in registrations}
    Home.objects.bulk_create(
        homes.values(),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_HOME_FIELDS,
    )
    Registration.objects.bulk_create(
        registrations,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_REGISTRATION_FIELDS,
    )


def _new_registration(row: RegisterRow) -> Registration:
    said = {name: getattr(row, name) for name in OF_REGISTRATION}
    return Registration(
        regulator="cqc",
        regulator_id=row.regulator_id,
        source_values=said_by(row),
        **said | {"dormant": bool(row.dormant)},
    )


def _new_home(row: RegisterRow, located: PostcodePoint | None) -> Home:
    home = Home(**{name: getattr(row, name) for name in OF_HOME})
    set_place(home, row, located)
    return home


def _moves_m(
    rows: Sequence[RegisterRow], known: Mapping[str, Registration]
) -> dict[str, float]:
    """Return how many metres the register has moved each home, in one query."""
    pairs: dict[str, tuple[Point, Point]] = {}
    for row in rows:
        registration = known.get(row.regulator_id)
        if registration is None or row.lon is None:
            continue
        before = said_before(registration)
        start = point_said(before)
        if start is not None and (before["lon"], before["lat"]) != (row.lon, row.lat):
            pairs[row.regulator_id] = (start, point_of(row))
    return dict(zip(pairs, distances_m(list(pairs.values())), strict=True))
