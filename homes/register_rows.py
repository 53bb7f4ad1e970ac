"""Writes a register's rows into homes and registrations: new, changed or same."""

from collections.abc import Sequence
from typing import Final

from django.contrib.gis.geos import Point

from geo.geocoding import POSTCODE_SOURCE, PostcodePoint, distances_m, locate_many
from geo.models import Precision
from geo.srid import WGS84
from homes.models import Home, Registration
from homes.registers.row import RegisterRow
from homes.sameness import same_phone, same_text, same_website
from intake.report import Outcome, Report

REGISTER: Final = "register"
"""``location_source`` of a point that the register itself gave."""

STILL_M: Final = 1.0
"""A move under a metre is the rounding of somebody's spreadsheet."""


def write_rows(rows: Sequence[RegisterRow], report: Report) -> list[Registration]:
    """Write every row; return the registrations that are new."""
    before = {
        registration.regulator_id: registration
        for registration in Registration.objects.filter(
            regulator="cqc", regulator_id__in=[row.regulator_id for row in rows]
        )
        .select_related("home")
        .select_for_update(of=("self", "home"))
    }
    points = locate_many({row.postcode for row in rows if row.lon is None})
    moved_m = _moves_m(rows, before)
    new: list[Registration] = []
    for row in rows:
        registration = before.get(row.regulator_id)
        if registration is None:
            new.append(_create(row, points.get(row.postcode)))
            report.count(Outcome.NEW)
            continue
        metres = moved_m.get(row.regulator_id, 0.0)
        changed = _update(registration, row, points.get(row.postcode), metres)
        report.count(Outcome.CHANGED if changed else Outcome.SAME)
    return new


def _moves_m(rows: Sequence[RegisterRow], before: dict[str, Registration]) -> dict[str, float]:
    """Return how many metres each home's point moved, in one query."""
    pairs = {
        row.regulator_id: (known.home.location, _point(row))
        for row in rows
        if row.lon is not None
        and (known := before.get(row.regulator_id)) is not None
        and known.home.location is not None
    }
    return dict(zip(pairs, distances_m(list(pairs.values())), strict=True))


def _point(row: RegisterRow) -> Point:
    return Point(row.lon, row.lat, srid=WGS84)


def _create(row: RegisterRow, located: PostcodePoint | None) -> Registration:
    home = Home(
        name=row.name,
        kind=row.kind,
        address=row.address,
        postcode=row.postcode,
        phone=row.phone,
        website=row.website,
        local_authority=row.local_authority,
    )
    _set_place(home, row, located)
    home.save()
    return Registration.objects.create(
        home=home,
        regulator="cqc",
        regulator_id=row.regulator_id,
        provider=row.provider,
        name=row.name,
        local_authority=row.local_authority,
        beds=row.beds,
        from_on=row.from_on,
    )


def _set_place(home: Home, row: RegisterRow, located: PostcodePoint | None) -> None:
    if row.lon is not None:
        # Registers place a home by its postcode, whatever the number of decimals.
        home.location, home.location_precision = _point(row), Precision.POSTCODE
        home.location_source = REGISTER
    elif located is not None:
        home.location, home.location_precision = located.point, located.precision
        home.location_source = located.source


def _update(
    registration: Registration, row: RegisterRow, located: PostcodePoint | None, metres: float
) -> bool:
    """Bring one registration and its home up to date; say whether anything differed."""
    home = registration.home
    changed = _update_home(home, row) | _update_place(home, row, located, metres)
    changed |= _update_registration(registration, row)
    if changed:
        home.save()
        registration.save()
    return changed


def _update_home(home: Home, row: RegisterRow) -> bool:
    checks = (
        ("name", same_text(home.name, row.name)),
        ("address", same_text(home.address, row.address)),
        ("postcode", home.postcode == row.postcode),
        ("phone", same_phone(home.phone, row.phone)),
        ("website", same_website(home.website, row.website)),
        ("kind", home.kind == row.kind),
        ("local_authority", home.local_authority == row.local_authority),
    )
    changed = [name for name, same in checks if not same]
    for name in changed:
        setattr(home, name, getattr(row, name))
    return bool(changed)


def _update_place(
    home: Home, row: RegisterRow, located: PostcodePoint | None, metres: float
) -> bool:
    placed_by_hand = home.location_source not in {"", REGISTER, POSTCODE_SOURCE}
    if placed_by_hand:
        return False  # somebody who was there knows better than a file
    if row.lon is None and (located is None or home.location is not None):
        return False
    if home.location is not None and metres < STILL_M:
        return False
    _set_place(home, row, located)
    return True


def _update_registration(registration: Registration, row: RegisterRow) -> bool:
    wanted = {
        "name": row.name,
        "provider": row.provider,
        "local_authority": row.local_authority,
        "beds": row.beds if row.beds is not None else registration.beds,
        "from_on": row.from_on or registration.from_on,
        "until": None,  # it is listed (again)
    }
    changed = [
        name for name, value in wanted.items() if not _alike(getattr(registration, name), value)
    ]
    for name in changed:
        setattr(registration, name, wanted[name])
    return bool(changed)


def _alike(before: object, now: object) -> bool:
    if isinstance(before, str) and isinstance(now, str):
        return same_text(before, now)
    return before == now
