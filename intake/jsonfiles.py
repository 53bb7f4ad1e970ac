"""JSON files, read strictly: no NaN, no depths, no key twice, a sentence for a file cut off."""

import json
from typing import Any, Final, NoReturn

from intake.errors import IntakeError
from intake.kinds import refuse_other_kinds
from intake.source import SourceFile

_ADVICE: Final = "a file in JSON is wanted, such as GeoJSON"
_ZIP: Final = b"PK\x03\x04"


class _KeyTwiceError(ValueError):
    """One object has a key twice: which of the two is meant, nobody knows."""


class _NoNumberError(ValueError):
    """A word stands where JSON has numbers."""


def read_json(source: SourceFile) -> Any:
    """Return the content of a JSON file in UTF-8.

    Raises:
        IntakeError: names the line and column, or the byte, where reading stopped.
    """
    start = source.first_bytes()
    if start.startswith(_ZIP):
        reason = f"this is a packed file (.zip): please unpack it first; {_ADVICE}"
        raise IntakeError(reason, file=source.name)
    refuse_other_kinds(source, start, advice=_ADVICE)
    try:
        text = source.path.read_bytes().decode("utf-8-sig")
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise IntakeError(_in_words(error), file=source.name) from error


def _in_words(error: ValueError | RecursionError) -> str:
    """Say why a file cannot be read."""
    if isinstance(error, UnicodeDecodeError):
        byte = error.object[error.start]
        return f"the file is not UTF-8: byte {byte:#04x} at position {error.start + 1:,}"
    if isinstance(error, json.JSONDecodeError):
        return _place_in_words(error)
    if isinstance(error, RecursionError):
        return "the file is nested too deeply"
    if isinstance(error, _KeyTwiceError):
        return f'one object has the key "{error}" twice: which of the two is meant?'
    if isinstance(error, _NoNumberError):
        return f"the file holds a number that is none ({error})"
    return "the file holds a number that is none (it has thousands of digits)"


def _place_in_words(error: json.JSONDecodeError) -> str:
    place = f"line {error.lineno:,}, character {error.colno:,}"
    if error.msg == "Extra data":
        return (
            f"the file is not one JSON value: another one starts at {place}. Rows of their own "
            "on each line belong into one list"
        )
    return f"the file is not whole JSON (reading stopped at {place}): is it cut off?"


def _refuse_constant(word: str) -> NoReturn:
    raise _NoNumberError(word)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _KeyTwiceError(next(key for key in found if keys.count(key) > 1))
    return found
