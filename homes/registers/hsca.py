"""The CQC's "care directory with filters" (HSCA Active Locations), 122 columns, as .ods or CSV.

Names of registered managers stand in the file; they are never read.
Source: https://www.cqc.org.uk/about-us/transparency/using-cqc-data
"""

import datetime as dt
import re
from typing import Final

from homes.registers import row as cells
from homes.registers.row import MOST_BEDS, RegisterRow, RowRefusedError
from intake.tables import Row, Table
from intake.words import seen, shortened

NAME: Final = "hsca"
LABEL: Final = "CQC care directory with filters (HSCA, 122 columns)"
ID_COLUMN: Final = "Location ID"
# Registers of care began in 1948; a start lies ahead by months at most.
_YEARS: Final = range(1948, 2100)
_IS_HOME: Final = "Care home?"
_START: Final = "Location HSCA start date"
_BEDS: Final = "Care homes beds"
_NURSING: Final = "Service type - Care home service with nursing"
_RESIDENTIAL: Final = "Service type - Care home service without nursing"
_ADDRESS: Final = (
    "Location Street Address",
    "Location Address Line 2",
    "Location City",
    "Location County",
)
COLUMNS: Final = (
    ID_COLUMN,
    _START,
    _IS_HOME,
    "Location Name",
    "Location Telephone Number",
    "Location Web Address",
    _BEDS,
    "Location Local Authority",
    *_ADDRESS,
    "Location Postal Code",
    "Location Latitude",
    "Location Longitude",
    "Provider Name",
    _NURSING,
    _RESIDENTIAL,
)
_DORMANT: Final = "Dormant (Y/N)"
_DUAL: Final = "Location Dual Registered"
_PRIMARY: Final = "Primary ID (Dual registration locations)"
OPTIONAL: Final = (_DORMANT, _DUAL, _PRIMARY)
"""Read where the file has them: files of some months do not."""

OTHER_NAMES: Final[dict[str, tuple[str, ...]]] = {
    _DORMANT: ("Dormant",),
    _PRIMARY: ("Primary ID",),
}


def is_home(row: Row) -> bool:
    """Say whether a row is a care home's; the file lists every kind of service."""
    return row.get(_IS_HOME).upper() == "Y"


def listed_id(row: Row) -> str:
    """Return the registration a row speaks of, even where the row itself is refused."""
    return row.get(ID_COLUMN)


def parse(table: Table, row: Row) -> RegisterRow:
    """Read one row.

    Raises:
        RowRefusedError: the row cannot be taken.
        IntakeError: the file cannot.
    """
    lon, lat = cells.place(table, row, "Location Longitude", "Location Latitude")
    return RegisterRow(
        number=row.number,
        regulator_id=cells.registration_number(table, row, ID_COLUMN),
        name=cells.required_text(row, "Location Name", "name"),
        kind=cells.kind_of(
            nursing=_ticked(row, _NURSING),
            residential=_ticked(row, _RESIDENTIAL),
            column=_NURSING,
        ),
        address=_address(row),
        postcode=cells.postcode(row, "Location Postal Code"),
        local_authority=cells.required_text(row, "Location Local Authority", "local_authority"),
        phone=cells.phone(row.get("Location Telephone Number")),
        website=cells.website(row.get("Location Web Address")),
        provider=cells.text(row, "Provider Name", "provider"),
        lon=lon,
        lat=lat,
        beds=_beds(row),
        from_on=_date(row),
        dormant={"Y": True, "N": False}.get(row.get(_DORMANT).upper()),
        primary_id=_primary_id(row) if table.has(_PRIMARY) else None,
    )


def _primary_id(row: Row) -> str:
    """Return the other registration of a home that has two, and whose beds count."""
    other = row.get(_PRIMARY)
    stands_alone = row.get(_DUAL).upper() == "N" or other == row.get(ID_COLUMN)
    return "" if stands_alone else other[: cells.MOST_CHARACTERS["regulator_id"]]


def _ticked(row: Row, column: str) -> bool:
    return row.get(column).upper() == "Y"


def _address(row: Row) -> str:
    parts = [part for column in _ADDRESS if (part := seen(row.get(column)))]
    address = ", ".join(parts)
    if len(address) > cells.MOST_CHARACTERS["address"]:
        raise RowRefusedError("the address is too long", _ADDRESS[0])
    return address


def _beds(row: Row) -> int | None:
    value = row.get(_BEDS)
    if not value:
        return None
    # Spreadsheets write whole numbers as 22.0 now and then.
    whole = value.removesuffix(".0")
    if not (re.fullmatch("[0-9]{1,6}", whole) and int(whole) <= MOST_BEDS):
        shown = shortened(seen(value))
        raise RowRefusedError(f'"{shown}" is not a number of beds up to {MOST_BEDS}', _BEDS)
    return int(whole)


def _date(row: Row) -> dt.date | None:
    value = row.get(_START)
    if not value:
        return None
    found = _day(value)
    if found is None or found.year not in _YEARS:
        shown = shortened(seen(value))
        raise RowRefusedError(f'"{shown}" is not a date like 31/10/2026', _START)
    return found


def _day(value: str) -> dt.date | None:
    try:
        if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", value):
            day, month, year = map(int, value.split("/"))
            return dt.date(year, month, day)
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
