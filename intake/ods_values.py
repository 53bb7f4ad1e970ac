"""What one cell of an OpenDocument spreadsheet holds, as text."""

import re
from collections.abc import Mapping
from typing import Final

_O: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_C: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
TYPE: Final = f"{_O}value-type"
_VALUE, _STRING_VALUE = f"{_O}value", f"{_O}string-value"
_DATE_VALUE, _TRUTH_VALUE = f"{_O}date-value", f"{_O}boolean-value"
_ERROR_TYPE: Final = f"{_C}value-type"
_ERROR: Final = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|Err:\d{3}")


def is_error(attrs: Mapping[str, str]) -> bool:
    """Say whether a formula's result is an error."""
    return attrs.get(_ERROR_TYPE) == "error"


def error_word(text: str) -> str:
    """Return an error as it is written here, whatever the spreadsheet's language."""
    return text if is_error_word(text) else "#VALUE!"


def is_error_word(text: str) -> bool:
    """Say whether a cell's text is what spreadsheets write for an error."""
    return text[:1] in {"#", "E"} and _ERROR.fullmatch(text) is not None


def value_of(attrs: Mapping[str, str]) -> str | None:
    """Return what a cell holds by its type; None where its text says it."""
    kind = attrs.get(TYPE)
    if kind in {"float", "percentage", "currency"} and _VALUE in attrs:
        return _number(attrs[_VALUE])
    if kind == "date" and _DATE_VALUE in attrs:
        return re.sub(r"T00:00(:00(\.0+)?)?Z?$", "", attrs[_DATE_VALUE])
    if kind == "boolean" and _TRUTH_VALUE in attrs:
        return attrs[_TRUTH_VALUE].upper()
    return attrs.get(_STRING_VALUE)


def _number(written: str) -> str:
    """Return a number as people write it: 39 for 39.0, 1617777000 for 1.617777E9."""
    if re.fullmatch(r"-?[0-9]+", written):
        return written
    try:
        number = float(written)
    except ValueError:
        return written
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
