"""What kind of file a table comes in, told by its content and never by its name."""

import codecs
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
    b"\xd0\xcf\x11\xe0": "an older Excel workbook (.xls)",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a packed file (gzip): please unpack it first",
    b"{\\rtf": "a text document",
    b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
}
_MARKUP: Final = (b"<!doctype html", b"<html", b"<head", b"<table", b"<body")
# The longer marks first: that of UTF-32 starts like that of UTF-16.
_MARKS: Final = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
# Text in UTF-16 without its mark: every other byte of plain English is NUL.
_NUL_SHARE: Final = 0.4


def table_kind(source: SourceFile) -> TableKind:
    """Say what a file is.

    Raises:
        IntakeError: it is something that no table can be read from; says what to do.
    """
    start = source.first_bytes()
    if start.startswith(_ZIP):
        return _packed_kind(source)
    refuse_other_kinds(source, start, advice=_SAVE_AS)
    return TableKind.CSV


def refuse_other_kinds(source: SourceFile, start: bytes, *, advice: str) -> None:
    """Refuse a file whose first bytes are not those of text in UTF-8, or the like of it.

    Raises:
        IntakeError: names what it is, and gives the advice.
    """
    for magic, kind in _OTHERS.items():
        if start.startswith(magic):
            raise IntakeError(f"this is {kind}; {advice}", file=source.name)
    text = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if text.startswith(_MARKUP):
        reason = "this is a web page, whatever its name says; please download the file itself"
        raise IntakeError(reason, file=source.name)
    if text.startswith(b"<?xml"):
        raise IntakeError(f"this is an XML file; {advice}", file=source.name)
    if encoding := _other_encoding(start):
        reason = f"the file is {encoding}; please save it in UTF-8"
        raise IntakeError(reason, file=source.name)


def _other_encoding(start: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding
    if not start.strip(b"\0"):
        return "nothing but NUL characters, no text"
    even, odd = start[0::2].count(0), start[1::2].count(0)
    return "UTF-16" if max(even, odd) > _NUL_SHARE * len(start) / 2 else ""


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
