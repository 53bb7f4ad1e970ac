"""What a register says of a home, compared with what it said before and what stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.gis.geos import Point

from geo.geocoding import POSTCODE_SOURCE, PostcodePoint
from geo.models import Precision
from geo.srid import WGS84
from homes.models import Home, HomeKind, Registration
from homes.registers.row import RegisterRow
from homes.sameness import same_phone, same_text, same_website

REGISTER: Final = "register"
"""``location_source`` of a point that the register itself gave."""

STILL_M: Final = 1.0
"""A move under a metre is the rounding of somebody's spreadsheet."""

_CLOSENESS: Final = ("", "outcode", "sector", "postcode", "exact")
_NOT_SAID: Final = "not said"


def _equal(before: Any, now: Any) -> bool:
    return bool(before == now)


OF_HOME: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "name": same_text,
    "kind": _equal,
    "address": same_text,
    "postcode": _equal,
    "phone": same_phone,
    "website": same_website,
    "local_authority": same_text,
}
OF_REGISTRATION: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "name": same_text,
    "provider": same_text,
    "local_authority": same_text,
    "beds": _equal,
    "from_on": _equal,
    "dormant": _equal,
}
LABELS: Final = {
    "name": "Name",
    "kind": "Kind",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Telephone",
    "website": "Website",
    "local_authority": "Council",
    "provider": "Run by",
    "beds": "Beds",
    "from_on": "Registered from",
    "dormant": "Dormant",
    "until": "Registered until",
    "place": "Place",
    "dual_of": "Second registration of",
}


@dataclass
class Difference:
    """What a row says anew: by name of the fact, before and now; what was left alone."""

    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    left_alone: list[str] = field(default_factory=list)
    moved_m: float = 0.0

    def in_words(self) -> dict[str, tuple[str, str]]:
        """Return before and now as a person reads them, by label."""
        return {
            LABELS[name]: (_words(name, before), _words(name, now))
            for name, (before, now) in self.changes.items()
        }

    def reason(self) -> str:
        """Say what stays as somebody here has put it right."""
        names = ", ".join(LABELS[name] for name in self.left_alone)
        return f"Stays as it was put right here: {names}." if names else ""


def _words(name: str, value: Any) -> str:
    if value is None or value == "":
        return _NOT_SAID
    if isinstance(value, Point):
        return f"{value.y:.5f}, {value.x:.5f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(HomeKind(value).label) if name == "kind" else str(value)


def said_by(row: RegisterRow) -> dict[str, Any]:
    """Return what a row says of the home, as it is kept in ``source_values``."""
    said: dict[str, Any] = {name: getattr(row, name) for name in OF_HOME}
    said |= {"lon": row.lon, "lat": row.lat}
    return said | ({"primary_id": row.primary_id} if row.primary_id else {})


def said_before(registration: Registration) -> dict[str, Any]:
    """Return what the register said last; where nobody noted it, what stands."""
    if registration.source_values:
        return dict(registration.source_values)
    home = registration.home
    point = home.location if home.location_source == REGISTER else None
    said: dict[str, Any] = {name: getattr(home, name) for name in OF_HOME}
    return said | {"lon": point.x if point else None, "lat": point.y if point else None}


def take_over(
    home: Home, before: dict[str, Any], now: dict[str, Any], found: Difference | None = None
) -> Difference:
    """Change what the register says anew, unless somebody here has put it right.

    The place is not looked at.
    """
    found = found or Difference()
    for name, same in OF_HOME.items():
        was, value = before.get(name, ""), now.get(name, "")
        if same(was, value):
            continue
        found.changes[name] = (was, value)
        if same(getattr(home, name), was):
            setattr(home, name, value)
        else:
            found.left_alone.append(name)
    return found


def point_of(row: RegisterRow) -> Point:
    """Return where a row says its home is."""
    return Point(row.lon, row.lat, srid=WGS84)


def set_place(home: Home, row: RegisterRow, located: PostcodePoint | None) -> None:
    """Place a home by the row's point, else by its postcode."""
    if row.lon is not None:
        # Registers place a home by its postcode, whatever the number of decimals.
        home.location, home.location_precision = point_of(row), Precision.POSTCODE
        home.location_source = REGISTER
    elif located is not None:
        home.location, home.location_precision = located.point, located.precision
        home.location_source = located.source


def take_over_place(
    home: Home,
    before: dict[str, Any],
    row: RegisterRow,
    located: PostcodePoint | None,
    found: Difference,
) -> None:
    """Place a home anew where the register says so, unless somebody has placed it."""
    by_hand = is_placed_by_hand(home)
    if row.lon is None:
        if by_hand or not _is_closer(home, before, row, located):
            return
    elif before.get("lon") is not None and found.moved_m < STILL_M:
        return
    was = home.location
    if by_hand:
        found.left_alone.append("place")
        found.changes["place"] = (point_said(before), point_of(row))
    else:
        set_place(home, row, located)
        found.changes["place"] = (was, home.location)


def point_said(before: dict[str, Any]) -> Point | None:
    """Return where the register said the home was; None where it did not."""
    if before.get("lon") is None:
        return None
    return Point(before["lon"], before["lat"], srid=WGS84)


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


def take_over_registration(
    registration: Registration, row: RegisterRow, found: Difference
) -> None:
    """Bring the registration's own facts up to date; one that had ended opens again."""
    for name, same in OF_REGISTRATION.items():
        before, now = getattr(registration, name), getattr(row, name)
        # A layout without beds or dates says nothing of them; of two registrations of
        # one home only the first has beds.
        if now is None or (name == "beds" and registration.dual_of is not None):
            continue
        if not same(before, now):
            setattr(registration, name, now)
            found.changes.setdefault(name, (before, now))
    if registration.until is not None:
        found.changes["until"] = (registration.until, None)
        registration.until = None
