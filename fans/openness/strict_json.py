"""Read JSON strictly: every refusal names the path to what was wrong."""

import json
import math
import sys
from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn

from fans.openness.errors import RefusedError

SHOWN_CHARACTERS = 60
# Whole numbers above this are kept as floats: a float counts no further one by one.
LARGEST_EXACT_INTEGER = 2**53


class _RepeatedKey(dict[str, object]):
    """An object that named ``key`` twice, refused where it is read."""

    key = ""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    repeated = _RepeatedKey(members)
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            repeated.key = key
            break
        seen.add(key)
    return repeated


def read(document: bytes | str) -> "Node":
    """Parse a JSON document into its top node.

    Raises:
        RefusedError: it is not JSON, not in a Unicode encoding, or nested too deeply.
    """
    try:
        value = json.loads(document, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise RefusedError("", "this is not text in UTF-8.") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise RefusedError(where, f"this is not JSON ({error.msg}).") from error
    except ValueError as error:  # Python refuses whole numbers of over 4,300 digits
        raise RefusedError("", "it holds a number with too many digits.") from error
    except RecursionError as error:
        raise RefusedError("", "it is nested too deeply.") from error
    return Node(value)


@dataclass(frozen=True)
class Node:
    """A value in a JSON document, with the path that leads to it."""

    value: object
    path: str = ""

    def refuse(self, problem: str) -> NoReturn:
        """Refuse the document because of this value."""
        raise RefusedError(self.path, problem)

    def refuse_unless(self, wanted: str) -> NoReturn:
        """Refuse the document because this value is not what was ``wanted``."""
        self.refuse(f"must be {wanted}, not {_shown(self.value)}.")

    def members(self, allowed: Collection[str] | None = None) -> dict[str, "Node"]:
        """Return an object's members; null is the same as left out.

        With ``allowed``, any other key is refused, null or not.
        """
        if not isinstance(self.value, dict):
            self.refuse_unless("an object { }")
        if isinstance(self.value, _RepeatedKey):
            self._child(self.value.key).refuse("is given twice.")
        found = {key: Node(value, self._child(key).path) for key, value in self.value.items()}
        for key, node in found.items():
            if allowed is not None and key not in allowed:
                node.refuse(f"is not known here. Known are: {', '.join(allowed)}.")
        return {key: node for key, node in found.items() if node.value is not None}

    def elements(self) -> list["Node"]:
        """Return a list's elements, nulls included."""
        if not isinstance(self.value, list):
            self.refuse_unless("a list [ ]")
        return [Node(value, f"{self.path}[{i}]") for i, value in enumerate(self.value)]

    def number(self, *, most: float | None = None) -> float:
        """Return a finite number of 0 or more, and of ``most`` or less.

        A whole number stays an ``int``, so that it is written out as it came in.
        """
        wanted = "a number of 0 or more" if most is None else f"a number from 0 to {most:g}"
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse_unless(wanted)
        # NaN compares as false, infinity and whole numbers beyond any float as too large.
        if not 0 <= value <= (sys.float_info.max if most is None else most):
            self.refuse_unless(wanted)
        if isinstance(value, int) and value <= LARGEST_EXACT_INTEGER:
            return value
        return math.fabs(value)  # no minus zero

    def whole(self, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``; 2.0 and true are none."""
        if type(self.value) is not int or not least <= self.value <= most:
            self.refuse_unless(f"a whole number from {least} to {most}")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            self.refuse_unless("true or false")
        return self.value

    def text(self) -> str:
        """Return a text that is not empty."""
        if not isinstance(self.value, str) or not self.value:
            self.refuse_unless("a text")
        return self.value

    def one_of(self, known: Collection[str]) -> str:
        """Return a text that is one of ``known``."""
        if not isinstance(self.value, str) or self.value not in known:
            self.refuse_unless(f"one of {', '.join(known)}")
        return self.value

    def _child(self, key: str) -> "Node":
        if key.isidentifier() and len(key) <= SHOWN_CHARACTERS:
            return Node(None, f"{self.path}.{key}" if self.path else key)
        return Node(None, f"{self.path}[{_shown(key)}]")


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and abs(value) > LARGEST_EXACT_INTEGER:
        return "a number that is too large"
    written = json.dumps(value, ensure_ascii=True)
    return written if len(written) <= SHOWN_CHARACTERS else written[:SHOWN_CHARACTERS] + "…"
