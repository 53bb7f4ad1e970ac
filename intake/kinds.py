"""What kind of file a table comes in, told by its content and never by its name."""

import zipfile
from enum import StrEnum
from typing import Final

from intake.errors import IntakeError
from intake.source import SourceFile


class TableKind(StrEnum):
    """The kinds of file that tables are read from."""

    CSV = "csv"
    ODS = "ods"


_SAVE_AS: Final = "please save it as an OpenDocument spreadsheet (.ods) or as CSV"
_ZIP: Final = b"PK\x03\x04"
_OTHERS: Final = {
    b"\xd0\xcf\x11\xe0": f"this is an older Excel workbook (.xls); {_SAVE_AS}",
    b"%PDF": "this is a PDF document; a table is wanted, as .ods or CSV",
    b"\x1f\x8b": "the file is packed (gzip); please unpack it first",
    b"{\\rtf": "this is a text document; a table is wanted, as .ods or CSV",
}
_MARKUP: Final = (b"<!doctype html", b"<html", b"<head", b"<table", b"<body")


def table_kind(source: SourceFile) -> TableKind:
    """Say what a file is.

    Raises:
        IntakeError: it is something that no table can be read from; says what to do.
    """
    with source.path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_ZIP):
        return _packed_kind(source)
    for magic, reason in _OTHERS.items():
        if start.startswith(magic):
            raise IntakeError(reason, file=source.name)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_MARKUP):
        reason = "this is a web page, whatever its name says; please download the file itself"
        raise IntakeError(reason, file=source.name)
    if text.startswith(b"<?xml"):
        raise IntakeError(f"this is an XML file, no table; {_SAVE_AS}", file=source.name)
    return TableKind.CSV


def _packed_kind(source: SourceFile) -> TableKind:
    try:
        with zipfile.ZipFile(source.path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        reason = "the file cannot be unpacked: is it cut off?"
        raise IntakeError(reason, file=source.name) from error
    if "content.xml" in names or "encrypted-package" in names:
        return TableKind.ODS
    if any(name.startswith("xl/") for name in names):
        reason = f"this is an Excel workbook (.xlsx); {_SAVE_AS}"
    else:
        reason = "this is a packed folder (.zip); please unpack it and give the table in it"
    raise IntakeError(reason, file=source.name)
