"""Made-up gazetteers in the shapes of the real ones."""

import zipfile
from pathlib import Path

import brotli
import msgpack

NAN = float("nan")

SALE_ROWS = [
    ("M33 2DH", "E08000009", 378740.0, 391930.0),
    ("M33 2DJ", "E08000009", 378840.0, 392030.0),
    ("M33 7AA", "E08000009", 379140.0, 391130.0),
    ("M1  1AE", "E08000003", 384700.0, 398100.0),
    ("M1 1ZZ", NAN, NAN, NAN),
]


def write_package(folder: Path, monkeypatch, rows=SALE_ROWS) -> None:
    """Install a package of the wheel's shape, which breaks when it is imported."""
    package = folder / "made_up_postcodes"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('this package wants pandas')\n")
    for letter in sorted({row[0][0] for row in rows}):
        columns = list(zip(*[row for row in rows if row[0][0] == letter], strict=True))
        names = ("pcd", "laua", "oseast1m", "osnrth1m")
        data = {
            "columns": list(names),
            "data": {n: list(c) for n, c in zip(names, columns, strict=True)},
        }
        packed = brotli.compress(msgpack.packb(data))
        (package / f"postcodes_{letter}.msgpack.br").write_bytes(packed)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr("geo.gazetteers.PACKAGE", "made_up_postcodes")


def code_point_line(code: str, easting: int, northing: int, quality: int = 10) -> str:
    return f'"{code}",{quality},{easting},{northing},"E92000001","","","","E08000009","E05"\r\n'


def write_zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Doc/licence.txt", "Open Government Licence")
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def write_code_point_open(path: Path, extra: str = "") -> Path:
    """Write a zip of Code-Point Open's shape: two areas, one row without coordinates."""
    sale = code_point_line("M33 2DH", 378740, 391930) + code_point_line(
        "M337AA", 379140, 391130
    )
    return write_zip(
        path,
        {
            "Data/CSV/m.csv": sale + code_point_line("M33 9ZZ", 0, 0, 90) + extra,
            "Data/CSV/wa.csv": code_point_line("WA14 2AA", 376700, 387900),
        },
    )
