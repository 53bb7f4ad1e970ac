"""JSON files, read strictly: no NaN, no depths, a sentence for a file cut off."""

import json
from typing import Any, NoReturn

from intake.errors import IntakeError
from intake.source import SourceFile


def read_json(source: SourceFile) -> Any:
    """Return the content of a JSON file in UTF-8.

    Raises:
        IntakeError: names the line and column, or the byte, where reading stopped.
    """
    name = source.name
    try:
        text = source.path.read_bytes().decode("utf-8-sig")
        return json.loads(text, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        reason = f"the file is not UTF-8: byte {byte:#04x} at position {error.start + 1:,}"
        raise IntakeError(reason, file=name) from error
    except json.JSONDecodeError as error:
        reason = (
            f"the file is not whole JSON ({error.msg} at line {error.lineno}, "
            f"character {error.colno}): is it cut off?"
        )
        raise IntakeError(reason, file=name) from error
    except RecursionError as error:
        raise IntakeError("the file is nested too deeply", file=name) from error
    except ValueError as error:
        reason = f"the file holds a number that is none ({error})"
        raise IntakeError(reason, file=name) from error


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(word)
