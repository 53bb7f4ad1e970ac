"""Care home registers of any size, made up, in the columns of the real files.

The order and spelling of the columns are those of the files that the CQC publishes:
https://www.cqc.org.uk/about-us/transparency/using-cqc-data
Import it or run it: ``python -m tests.homes.register_files FOLDER HOMES``.
"""

import csv
import random
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from tests.homes.register_columns import DIRECTORY_COLUMNS, HSCA_COLUMNS

DIRECTORY_PREAMBLE = (
    ("CQC directory",),
    ("Places that are registered, and what they are registered for",),
    ("Made up for tests", "2026-11-01"),
    (),
)

MANAGER = "Surname, Forename"
"""Stands in every row of the real file; nothing may keep it."""

_TOWNS = ("Oldham", "Trafford", "Salford", "Bolton", "Norwich", "Leeds", "Exeter", "York")
_TREES = ("Oak", "Elm", "Ash", "Rowan", "Lark", "Wren", "Mill", "Moss", "Fern", "Heron")
_HOUSES = ("Lodge", "House", "Court", "View", "Manor", "Grange", "Bank", "Gardens")
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"

_ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'office:version="1.3"><office:body><office:spreadsheet>'
)
_ODS_END = "</office:spreadsheet></office:body></office:document-content>"
_ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def hsca_rows(homes: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield made-up homes by column of the 122; what is not named is filled as it comes."""
    luck = random.Random(seed)  # noqa: S311  (nothing secret)
    for number in range(homes):
        town = _TOWNS[number % len(_TOWNS)]
        nursing = luck.random() < 0.4
        row = {column: f"{column[:12]} {number % 97}" for column in HSCA_COLUMNS[:61]}
        yield row | {
            "Location ID": f"1-{7_000_000_000 + number}",
            "Location HSCA start date": f"{luck.randint(2010, 2025)}-0{luck.randint(1, 9)}-15",
            "Dormant (Y/N)": "N",
            "Care home?": "Y",
            "Location Name": f"{luck.choice(_TREES)} {luck.choice(_HOUSES)} {number}",
            "Location Telephone Number": f"0161{number:07}",
            "Registered manager": MANAGER,
            "Location Web Address": f"www.home{number}.example.org",
            "Care homes beds": str(luck.randint(3, 90)),
            "Location Local Authority": town,
            "Location Street Address": f"{number} {luck.choice(_TREES)} Road",
            "Location Address Line 2": "",
            "Location City": town,
            "Location County": "",
            "Location Postal Code": postcode_of(number),
            "Location Latitude": f"{luck.uniform(51.0, 54.9):.6f}",
            "Location Longitude": f"{luck.uniform(-2.9, 0.2):.6f}",
            "Provider Name": f"{luck.choice(_TREES)} Care {number % 900} Limited",
            HSCA_COLUMNS[61]: "Y",
            HSCA_COLUMNS[79]: "Y" if nursing else "",
            HSCA_COLUMNS[80]: "" if nursing else "Y",
            HSCA_COLUMNS[112]: "Y",
            "Location Dual Registered": "N",
        }


def directory_rows(homes: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield the same homes as the directory tells of them."""
    for row in hsca_rows(homes, seed=seed):
        kind = "Nursing homes" if row[HSCA_COLUMNS[79]] else "Residential homes"
        yield {
            "Name": row["Location Name"],
            "Address": f"{row['Location Street Address']}, {row['Location City']}",
            "Postcode": row["Location Postal Code"],
            "Phone number": row["Location Telephone Number"],
            "Service's website (if available)": row["Location Web Address"],
            "Service types": f"{kind}|{kind}",
            "Specialisms/services": "Dementia|Caring for adults over 65 yrs|Dementia",
            "Provider name": row["Provider Name"],
            "Local authority": row["Location Local Authority"],
            "Region": "North West",
            "Location URL": f"https://www.example.org/{row['Location ID']}",
            "CQC Location ID (for office use only)": row["Location ID"],
            "CQC Provider ID (for office use only)": "1-100",
        }


def postcode_of(number: int) -> str:
    """Return a well-formed postcode, another one for each number up to 72,000."""
    sector, unit = number % 10, number // 10 % 400
    first, second = _LETTERS[unit // 20], _LETTERS[unit % 20]
    return f"OL{number // 4000 % 18 + 1} {sector}{first}{second}"


def write_hsca_csv(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write the 122 columns as CSV, with the mark that the real file starts with."""
    return _write_csv(path, (), HSCA_COLUMNS, rows)


def write_directory_csv(
    path: Path, rows: Iterable[Mapping[str, str]], columns: tuple[str, ...] = DIRECTORY_COLUMNS
) -> Path:
    """Write the directory: four lines, then the header; ``columns`` may be spelt otherwise."""
    return _write_csv(path, DIRECTORY_PREAMBLE, DIRECTORY_COLUMNS, rows, columns)


def write_hsca_ods(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write the 122 columns as a spreadsheet of three sheets, every cell by itself."""
    return write_ods(
        path,
        {
            "README": [["HSCA Active Locations"], ["Made up for tests"]],
            "HSCA_Active_Locations": _as_lists(HSCA_COLUMNS, rows),
            "Dual_Registration_Locations": [["Location ID", "Linked Location ID"]],
        },
    )


def write_ods(path: Path, sheets: Mapping[str, Iterable[Iterable[str]]]) -> Path:
    """Write a spreadsheet; a cell that starts with ``<`` is taken as XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS_KIND)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            content.write(_ODS_START.encode())
            for name, rows in sheets.items():
                content.write(f'<table:table table:name="{escape(name)}">'.encode())
                for row in rows:
                    cells = "".join(map(_cell, row))
                    content.write(f"<table:table-row>{cells}</table:table-row>".encode())
                content.write(b"</table:table>")
            content.write(_ODS_END.encode())
    return path


def _cell(text: str) -> str:
    if text.startswith("<"):
        return text
    if not text:
        return "<table:table-cell/>"
    inner = f"<text:p>{escape(text)}</text:p>"
    if text.isascii() and text.isdigit() and not text.startswith("0"):
        kind = f'office:value-type="float" office:value="{text}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}>{inner}</table:table-cell>"


def _as_lists(
    columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]
) -> Iterator[Iterable[str]]:
    yield columns
    for row in rows:
        yield [row.get(column, "") for column in columns]


def _write_csv(
    path: Path,
    before: Iterable[Iterable[str]],
    columns: tuple[str, ...],
    rows: Iterable[Mapping[str, str]],
    header: tuple[str, ...] = (),
) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows(before)
        lists = _as_lists(columns, rows)
        names = next(lists)
        writer.writerow(header or names)
        writer.writerows(lists)
    return path


def write_all(folder: Path, homes: int) -> list[Path]:
    """Write the three files of one made-up register."""
    return [
        write_hsca_csv(folder / "hsca.csv", hsca_rows(homes)),
        write_hsca_ods(folder / "hsca.ods", hsca_rows(homes)),
        write_directory_csv(folder / "directory.csv", directory_rows(homes)),
    ]


if __name__ == "__main__":
    for written in write_all(Path(sys.argv[1]), int(sys.argv[2])):
        print(written)
