"""Writes a register's rows into homes and registrations: new, changed or same.

What the register said last is kept beside each registration. A row that says the same
changes nothing; one that says something else changes what still stands as the register
had put it, and leaves alone what somebody here has put right.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.contrib.gis.geos import Point

from geo.geocoding import POSTCODE_SOURCE, PostcodePoint, distances_m, locate_many
from geo.models import Precision
from geo.srid import WGS84
from homes.models import Home, Registration, RegistrationQuestion
from homes.registers.row import RegisterRow
from homes.sameness import same_phone, same_text, same_website
from intake.report import Outcome, Report

REGISTER: Final = "register"
"""``location_source`` of a point that the register itself gave."""

STILL_M: Final = 1.0
"""A move under a metre is the rounding of somebody's spreadsheet."""

_CLOSENESS: Final = ("", "outcode", "sector", "postcode", "exact")


def _equal(before: Any, now: Any) -> bool:
    return bool(before == now)


_OF_HOME: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "name": same_text,
    "kind": _equal,
    "address": same_text,
    "postcode": _equal,
    "phone": same_phone,
    "website": same_website,
    "local_authority": same_text,
}
_OF_REGISTRATION: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "name": same_text,
    "provider": same_text,
    "local_authority": same_text,
    "beds": _equal,
    "from_on": _equal,
}


def write_rows(rows: Sequence[RegisterRow], report: Report) -> list[Registration]:
    """Write every row; return the registrations that are new."""
    known = {
        registration.regulator_id: registration
        for registration in Registration.objects.filter(
            regulator="cqc", regulator_id__in=[row.regulator_id for row in rows]
        )
        .select_related("home")
        .select_for_update(of=("self", "home"))
    }
    points = locate_many({row.postcode for row in rows if row.lon is None})
    moved_m = _moves_m(rows, known)
    new: list[Registration] = []
    for row in rows:
        registration = known.get(row.regulator_id)
        if registration is None:
            new.append(_create(row, points.get(row.postcode)))
            report.count(Outcome.NEW)
            continue
        metres = moved_m.get(row.regulator_id, 0.0)
        changed = _update(registration, row, points.get(row.postcode), metres)
        report.count(Outcome.CHANGED if changed else Outcome.SAME)
    return new


def said_by(row: RegisterRow) -> dict[str, Any]:
    """Return what a row says of the home, as it is kept in ``source_values``."""
    said: dict[str, Any] = {name: getattr(row, name) for name in _OF_HOME}
    return said | {"lon": row.lon, "lat": row.lat}


def said_before(registration: Registration) -> dict[str, Any]:
    """Return what the register said last; where nobody noted it, what stands."""
    if registration.source_values:
        return dict(registration.source_values)
    home = registration.home
    point = home.location if home.location_source == REGISTER else None
    said: dict[str, Any] = {name: getattr(home, name) for name in _OF_HOME}
    return said | {"lon": point.x if point else None, "lat": point.y if point else None}


def _moves_m(rows: Sequence[RegisterRow], known: dict[str, Registration]) -> dict[str, float]:
    """Return how many metres the register has moved each home, in one query."""
    pairs: dict[str, tuple[Point, Point]] = {}
    for row in rows:
        registration = known.get(row.regulator_id)
        if registration is None or row.lon is None:
            continue
        before = said_before(registration)
        if before.get("lon") is not None:
            start = Point(before["lon"], before["lat"], srid=WGS84)
            pairs[row.regulator_id] = (start, _point(row))
    return dict(zip(pairs, distances_m(list(pairs.values())), strict=True))


def _point(row: RegisterRow) -> Point:
    return Point(row.lon, row.lat, srid=WGS84)


def _create(row: RegisterRow, located: PostcodePoint | None) -> Registration:
    home = Home(**{name: getattr(row, name) for name in _OF_HOME})
    _set_place(home, row, located)
    home.save()
    return Registration.objects.create(
        home=home,
        regulator="cqc",
        regulator_id=row.regulator_id,
        source_values=said_by(row),
        **{name: getattr(row, name) for name in _OF_REGISTRATION},
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
    home, before, now = registration.home, said_before(registration), said_by(row)
    changed = take_over(home, before, now)
    changed |= _update_place(home, before, row, located, metres)
    changed |= _update_registration(registration, row)
    if changed:
        registration.source_values = now
        home.save()
        registration.save()
    return changed


def take_over(home: Home, before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Change what the register says anew, unless somebody here has put it right.

    Returns whether the register says anything new. The place is not looked at.
    """
    changed = False
    for name, same in _OF_HOME.items():
        was, value = before.get(name, ""), now.get(name, "")
        if same(was, value):
            continue
        changed = True
        if same(getattr(home, name), was):
            setattr(home, name, value)
    return changed


def _update_place(
    home: Home,
    before: dict[str, Any],
    row: RegisterRow,
    located: PostcodePoint | None,
    metres: float,
) -> bool:
    placed_by_hand = is_placed_by_hand(home)
    if row.lon is None:
        if placed_by_hand or not _is_closer(home, before, row, located):
            return False
    elif before.get("lon") is not None and metres < STILL_M:
        return False
    if not placed_by_hand:
        _set_place(home, row, located)
    return True


def is_placed_by_hand(home: Home) -> bool:
    """Say whether somebody who was there has placed the home: no file knows better."""
    return home.location_source not in {"", REGISTER, POSTCODE_SOURCE}


def _is_closer(
    home: Home, before: dict[str, Any], row: RegisterRow, located: PostcodePoint | None
) -> bool:
    """Say whether a row's postcode places its home better than it stands."""
    if located is None or home.location_source == REGISTER:
        return False
    if before.get("postcode") != row.postcode:
        return True
    stands = _CLOSENESS.index(home.location_precision)
    return _CLOSENESS.index(located.precision) > stands


def _update_registration(registration: Registration, row: RegisterRow) -> bool:
    changed = False
    for name, same in _OF_REGISTRATION.items():
        now = getattr(row, name)
        # A layout without beds or dates says nothing of them.
        if now is not None and not same(getattr(registration, name), now):
            setattr(registration, name, now)
            changed = True
    if registration.until is not None:  # it is listed again
        registration.until = None
        RegistrationQuestion.objects.waiting().filter(gone=registration).delete()
        changed = True
    return changed
