"""Writes a register's rows into homes and registrations: new, changed or same.

What the register said last is kept beside each registration. A row that says the same
changes nothing; one that says something else changes what still stands as the register
had put it, and leaves alone what somebody here has put right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from geo.geocoding import PostcodePoint, distances_m, locate_many
from homes.models import Home, Registration, RegistrationQuestion
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
from homes.registers.dual import primaries
from homes.registers.row import RegisterRow

AT_ONCE: Final = 2_000
"""Rows in one statement."""

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
    """What became of the rows, by registration number."""

    created: dict[str, Registration] = field(default_factory=dict)
    differences: dict[str, tuple[Registration, Difference]] = field(default_factory=dict)
    # Second registrations that stand as homes of their own, and the first ones.
    apart: list[tuple[Registration, Registration]] = field(default_factory=list)


class _Writing:
    """One file's rows on their way into the database."""

    def __init__(self, rows: Sequence[RegisterRow]) -> None:
        self.rows = rows
        self.known = _known(rows)
        self.points = locate_many({row.postcode for row in rows if row.lon is None})
        self.moved_m = _moves_m(rows, self.known)
        self.primaries = primaries(rows, self.known)
        self.done = RowsWritten()

    def registration_of(self, number: str) -> Registration:
        """Return a registration of the file, or one that was known."""
        return self.done.created.get(number) or self.known[number]

    def create(self, rows: Sequence[RegisterRow]) -> None:
        """Add the rows nobody knows; second registrations after the first ones."""
        homes: list[Home] = []
        registrations: list[Registration] = []
        for row in rows:
            registration = _new_registration(row)
            if primary := self.primaries.get(row.regulator_id):
                registration.dual_of = self.registration_of(primary)
                registration.home, registration.beds = registration.dual_of.home, None
            else:
                registration.home = _new_home(row, self.points.get(row.postcode))
                homes.append(registration.home)
            registrations.append(registration)
            self.done.created[row.regulator_id] = registration
        Home.objects.bulk_create(homes, batch_size=AT_ONCE)
        Registration.objects.bulk_create(registrations, batch_size=AT_ONCE)

    def update(self, rows: Sequence[RegisterRow]) -> None:
        """Bring the known ones up to date; only what differs is written."""
        changed: list[Registration] = []
        again: list[Registration] = []
        for row in rows:
            registration = self.known[row.regulator_id]
            found = self._compare(registration, row)
            self.done.differences[row.regulator_id] = (registration, found)
            if found.changes:
                registration.source_values = said_by(row)
                changed.append(registration)
            if "until" in found.changes:
                again.append(registration)
        _save(changed)
        # What is listed again needs no answer any more.
        RegistrationQuestion.objects.waiting().filter(gone__in=again).delete()

    def _compare(self, registration: Registration, row: RegisterRow) -> Difference:
        found = Difference(moved_m=self.moved_m.get(row.regulator_id, 0.0))
        self._pair(registration, row, found)
        if registration.dual_of is None:  # else its home is the first one's to tell of
            before, located = said_before(registration), self.points.get(row.postcode)
            take_over(registration.home, before, said_by(row), found)
            take_over_place(registration.home, before, row, located, found)
        take_over_registration(registration, row, found)
        return found

    def _pair(self, registration: Registration, row: RegisterRow, found: Difference) -> None:
        """Make a registration the second one of its home, or let it stand by itself."""
        number = self.primaries.get(row.regulator_id)
        primary = self.registration_of(number) if number else None
        if primary is not None and primary.home_id != registration.home_id:
            self.done.apart.append((registration, primary))
            primary = None
        if row.primary_id is None or registration.dual_of == primary:
            return
        found.changes["dual_of"] = (registration.dual_of, primary)
        registration.dual_of = primary
        if primary is not None:
            registration.beds = None


def write_rows(rows: Sequence[RegisterRow]) -> RowsWritten:
    """Write every row, in the caller's transaction."""
    writing = _Writing(rows)
    new = [row for row in rows if row.regulator_id not in writing.known]
    writing.create([row for row in new if row.regulator_id not in writing.primaries])
    writing.create([row for row in new if row.regulator_id in writing.primaries])
    writing.update([row for row in rows if row.regulator_id in writing.known])
    return writing.done


def _known(rows: Sequence[RegisterRow]) -> dict[str, Registration]:
    """Return the registrations that the rows name; of each home one object."""
    numbers = {row.regulator_id for row in rows}
    numbers |= {row.primary_id for row in rows if row.primary_id}
    found = (
        Registration.objects.filter(regulator="cqc", regulator_id__in=numbers)
        .select_related("home")
        .select_for_update(of=("self", "home"))
    )
    known = {registration.regulator_id: registration for registration in found}
    homes: dict[int, Home] = {}
    by_pk = {registration.pk: registration for registration in known.values()}
    for registration in known.values():
        registration.home = homes.setdefault(registration.home_id, registration.home)
        if registration.dual_of_id in by_pk:
            registration.dual_of = by_pk[registration.dual_of_id]
    return known


def _save(registrations: Sequence[Registration]) -> None:
    """Write many rows that stand already, in a statement for each few thousand."""
    homes = {registration.home_id: registration.home for registration in registrations}
    Home.objects.bulk_create(
        homes.values(),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_HOME_FIELDS,
    )
    Registration.objects.bulk_create(
        registrations,
        batch_size=AT_ONCE,
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
    pairs = {}
    for row in rows:
        registration = known.get(row.regulator_id)
        if registration is None or row.lon is None:
            continue
        before = said_before(registration)
        if before.get("lon") is not None and (before["lon"], before["lat"]) != (
            row.lon,
            row.lat,
        ):
            pairs[row.regulator_id] = (point_said(before), point_of(row))
    return dict(zip(pairs, distances_m(list(pairs.values())), strict=True))
