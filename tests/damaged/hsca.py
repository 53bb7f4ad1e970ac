"""The long layout of the register, with the columns that are read."""

from homes.registers.hsca import COLUMNS
from tests.damaged.good import csv_text


def hsca_row(number: int, **changes: str) -> dict[str, str]:
    """Return a row of a home, by the register's own headers."""
    known = {
        "Location ID": f"1-{2000 + number}",
        "Location HSCA start date": "31/10/2020",
        "Care home?": "Y",
        "Location Name": f"Larch House {number}",
        "Location Telephone Number": "0161 496 0000",
        "Care homes beds": "22",
        "Location Local Authority": "Trafford",
        "Location Street Address": f"{number} Larch Road",
        "Location Postal Code": "M33 2DH",
        "Location Longitude": "-2.322",
        "Location Latitude": "53.424",
        "Provider Name": "Larch Care",
        "Service type - Care home service without nursing": "Y",
    }
    return dict.fromkeys(COLUMNS, "") | known | changes


def hsca_text(*changes: dict[str, str]) -> str:
    """Write a file with a row for each of ``changes``, the first of them row 2."""
    return csv_text([hsca_row(n, **change) for n, change in enumerate(changes, start=1)])
