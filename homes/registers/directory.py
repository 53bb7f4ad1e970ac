"""The CQC directory: 15 columns below a few lines of title, as CSV.

It says nothing of beds or coordinates: the postcode gives the place. Every kind of
service stands in it; care homes are told by their service types.
Source: https://www.cqc.org.uk/about-us/transparency/using-cqc-data
"""

from typing import Final

from homes.registers import row as cells
from homes.registers.row import RegisterRow
from intake.tables import Row, Table

NAME: Final = "directory"
LABEL: Final = "CQC directory (15 columns)"
ID_COLUMN: Final = "CQC Location ID (for office use only)"
_TYPES: Final = "Service types"
_NURSING: Final = "nursing homes"
_RESIDENTIAL: Final = "residential homes"
COLUMNS: Final = (
    "Name",
    "Address",
    "Postcode",
    "Phone number",
    "Service's website (if available)",
    _TYPES,
    "Provider name",
    "Local authority",
    ID_COLUMN,
)
OPTIONAL: Final[tuple[str, ...]] = ()
OTHER_NAMES: Final[dict[str, tuple[str, ...]]] = {
    ID_COLUMN: ("CQC Location (for office use only", "CQC Location ID"),
    "Service's website (if available)": ("Service's website", "Website"),
}


def is_home(row: Row) -> bool:
    """Say whether a row is a care home's."""
    return bool(_types(row) & {_NURSING, _RESIDENTIAL})


def listed_id(row: Row) -> str:
    """Return the registration a row speaks of, even where the row itself is refused."""
    return row.get(ID_COLUMN)


def parse(table: Table, row: Row) -> RegisterRow:
    """Read one row.

    Raises:
        RowRefusedError: the row cannot be taken.
    """
    kinds = _types(row)
    return RegisterRow(
        number=row.number,
        regulator_id=cells.registration_number(table, row, ID_COLUMN),
        name=cells.required_text(row, "Name", "name"),
        kind=cells.kind_of(
            nursing=_NURSING in kinds, residential=_RESIDENTIAL in kinds, column=_TYPES
        ),
        address=cells.text(row, "Address", "address"),
        postcode=cells.postcode(row, "Postcode"),
        local_authority=cells.required_text(row, "Local authority", "local_authority"),
        phone=cells.phone(row.get("Phone number")),
        website=cells.website(row.get("Service's website (if available)")),
        provider=cells.text(row, "Provider name", "provider"),
        lon=None,
        lat=None,
    )


def _types(row: Row) -> set[str]:
    return {kind.strip().casefold() for kind in row.get(_TYPES).split("|")}
