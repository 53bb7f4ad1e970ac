"""One home's entry in a regulator's register, whatever the layout it came in."""

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from geo.constraints import in_uk
from geo.postcodes import parse_postcode
from intake.errors import IntakeError
from intake.tables import Row, Table
from intake.words import is_formula, seen, shortened

MOST_BEDS: Final = 2000
"""No home in the UK comes near: more is a slip of the keyboard."""

# Columns of Home and Registration; a test compares them with the models.
MOST_CHARACTERS: Final = {
    "regulator_id": 40,
    "name": 200,
    "address": 300,
    "provider": 200,
    "local_authority": 80,
}

# 1.02E+08, 10-Jan and Jan-10: spreadsheets calculate with what looks like it.
_SPOILT = re.compile(
    r"[0-9](\.[0-9]+)?E\+[0-9]+|[0-9]{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-[0-9]{2}"
)
_GRID_METRES: Final = 1_000
"""No degree is as large; every easting and northing of a home is larger."""

_url_ok = URLValidator(schemes=["http", "https"])


class RowRefusedError(Exception):
    """One row cannot be taken; the others can."""

    def __init__(self, reason: str, column: str) -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


@dataclass(frozen=True)
class RegisterRow:
    """What a register says of one home. None: the layout does not carry it.

    ``lon`` and ``lat`` are degrees, SRID 4326, both or neither.
    """

    number: int
    regulator_id: str
    name: str
    kind: str
    address: str
    postcode: str
    local_authority: str
    phone: str
    website: str
    provider: str
    lon: float | None
    lat: float | None
    beds: int | None = None
    from_on: dt.date | None = None
    # Registered, but giving no care at present.
    dormant: bool | None = None
    # The registration of the same home whose beds count; "" where it stands by itself.
    primary_id: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain JSON."""
        day = self.from_on.isoformat() if self.from_on else None
        return vars(self) | {"from_on": day}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Return the row that ``as_json`` has put down."""
        day = values["from_on"]
        return cls(**values | {"from_on": dt.date.fromisoformat(day) if day else None})


def text(row: Row, column: str, field: str) -> str:
    """Return a cell as one line.

    Raises:
        RowRefusedError: a formula, or more characters than ``field`` holds.
    """
    value = seen(row.get(column))
    most = MOST_CHARACTERS[field]
    if is_formula(value):
        raise RowRefusedError("the cell holds a formula, no text", column)
    if len(value) > most:
        raise RowRefusedError(f"more than {most} characters", column)
    return value


def required_text(row: Row, column: str, field: str) -> str:
    """Return a cell that must not be empty.

    Raises:
        RowRefusedError: it is empty, or too long.
    """
    value = text(row, column, field)
    if not value:
        raise RowRefusedError("this cell is empty", column)
    return value


def registration_number(table: Table, row: Row, column: str) -> str:
    """Return the number that a registration is known by.

    Raises:
        RowRefusedError: it is empty, or too long.
        IntakeError: a spreadsheet has made something else of it. Nobody can tell which
            registration is listed there, and another one would count as gone.
    """
    value = required_text(row, column, "regulator_id")
    if _SPOILT.fullmatch(value):
        reason = f'"{value}" is what a spreadsheet made of a number: please format as text'
        raise table.error(reason, row.number, column)
    return value


def postcode(row: Row, column: str) -> str:
    """Return a postcode with its space; slips of O for 0 are mended.

    Raises:
        RowRefusedError: it is none.
    """
    found = parse_postcode(row.get(column), mend=True)
    if found is None:
        reason = f'"{shortened(seen(row.get(column)))}" is not a UK postcode'
        raise RowRefusedError(reason, column)
    return str(found)


def phone(value: str) -> str:
    """Return a telephone number with the leading 0 that spreadsheets take away.

    They also shorten numbers: 1617777e3 is whole, 1.61728E+09 has lost its last digits
    and is no number any more.
    """
    if short := re.fullmatch(r"([0-9.]+)[eE]\+?0?([0-9])", value):
        value = "" if "." in value else short[1] + "0" * int(short[2])
    digits = re.sub(r"[^0-9]", "", value)
    if value.startswith("+"):
        digits = f"+{digits}"
    elif re.fullmatch(r"[1-9][0-9]{8,9}", digits):
        digits = f"0{digits}"
    return digits[:20]


def website(value: str) -> str:
    """Return an address with its scheme; "" for what is none."""
    if not value:
        return ""
    address = value if re.match(r"https?://", value, re.IGNORECASE) else f"http://{value}"
    try:
        _url_ok(address)
    except ValidationError:
        return ""
    # What stands before an @ reads like the host, and is not: www.nhs.uk@evil.example.
    return address if len(address) <= 300 and "@" not in urlsplit(address).netloc else ""


def place(table: Table, row: Row, lon: str, lat: str) -> tuple[float | None, float | None]:
    """Return longitude and latitude in degrees, or two Nones where both are empty.

    Raises:
        IntakeError: a number that is none, a swapped pair, a point outside the UK:
            the whole file is then doubtful.
    """
    if not row.get(lon) and not row.get(lat):
        return None, None
    x, y = _degrees(table, row, lon), _degrees(table, row, lat)
    if in_uk(x, y):
        return x, y
    if in_uk(y, x):
        raise table.error("longitude and latitude look swapped", row.number, lon)
    reason = f"the point {x:g}, {y:g} lies outside the UK"
    if min(x, y) > _GRID_METRES:
        reason += ": easting and northing where degrees belong?"
    raise table.error(reason, row.number, lon)


def _degrees(table: Table, row: Row, column: str) -> float:
    try:
        degrees = float(row.get(column))
    except ValueError:
        degrees = math.nan
    if not math.isfinite(degrees):
        reason = f'"{shortened(row.get(column))}" is not a number of degrees'
        raise table.error(reason, row.number, column)
    return degrees


def kind_of(*, nursing: bool, residential: bool, column: str) -> str:
    """Return the kind of home that its service types make it.

    Raises:
        RowRefusedError: neither nursing nor residential care.
    """
    if nursing and residential:
        return "both"
    if nursing:
        return "nursing"
    if residential:
        return "residential"
    raise RowRefusedError("neither a nursing nor a residential home", column)


def refuse_duplicates(table: Table, rows: list[RegisterRow], column: str) -> None:
    """Refuse a file that names one registration twice.

    Raises:
        IntakeError: names the second row, and where the first stands.
    """
    first: dict[str, int] = {}
    for row in rows:
        if row.regulator_id in first:
            reason = f"{row.regulator_id} stands in row {first[row.regulator_id]} already"
            raise IntakeError(reason, file=table.source.name, row=row.number, column=column)
        first[row.regulator_id] = row.number
