"""The plain slices of the CQC register that councils publish, one row a home."""

from typing import Final

from homes.registers import row as cells
from homes.registers.row import RegisterRow
from intake.tables import Row, Table

NAME: Final = "plain"
LABEL: Final = "A council's slice of the CQC register"
ID_COLUMN: Final = "cqc_id"
COLUMNS: Final = (
    "name",
    ID_COLUMN,
    "type",
    "address",
    "postcode",
    "telephone",
    "website",
    "provider",
    "area_name",
    "lon",
    "lat",
)
OPTIONAL: Final[tuple[str, ...]] = ()
OTHER_NAMES: Final[dict[str, tuple[str, ...]]] = {}


def is_home(row: Row) -> bool:
    """Say whether a row is a care home's: all are."""
    return True


def listed_id(row: Row) -> str:
    """Return the registration a row speaks of, even where the row itself is refused."""
    return row.get(ID_COLUMN)


def parse(table: Table, row: Row) -> RegisterRow:
    """Read one row.

    Raises:
        RowRefusedError: the row cannot be taken.
        IntakeError: the file cannot.
    """
    kinds = {kind.strip().casefold() for kind in row.get("type").split("|")}
    lon, lat = cells.place(table, row, "lon", "lat")
    return RegisterRow(
        number=row.number,
        regulator_id=cells.registration_number(table, row, ID_COLUMN),
        name=cells.required_text(row, "name", "name"),
        kind=cells.kind_of(
            nursing="nursing homes" in kinds,
            residential="residential homes" in kinds,
            column="type",
        ),
        address=cells.text(row, "address", "address"),
        postcode=cells.postcode(row, "postcode"),
        local_authority=cells.required_text(row, "area_name", "local_authority"),
        phone=cells.phone(row.get("telephone")),
        website=cells.website(row.get("website")),
        provider=cells.text(row, "provider", "provider"),
        lon=lon,
        lat=lat,
    )
