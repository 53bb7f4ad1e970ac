"""Whose data a record is, under which licence, and the words that the licence asks for."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assets.options import Options
from assets.reading import Reading

_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "sources.json"
_KNOWN: Final = json.loads(_FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Origin:
    """Where the rows of one file come from."""

    dataset: str = ""
    licence: str = ""
    attribution: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as a staged row carries it."""
        return {
            "dataset": self.dataset,
            "licence": self.licence,
            "attribution": self.attribution,
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Origin":
        """Read what a staged row carries."""
        return cls(
            said.get("dataset", ""), said.get("licence", ""), said.get("attribution", "")
        )


def origin_of(options: Options, reading: Reading) -> Origin:
    """Return the origin of a file: as it was told, as its mapping says, or as is known."""
    source = _KNOWN["sources"].get(options.source, {})
    licence = options.licence or reading.licence or source.get("licence", "")
    attribution = reading.attribution or source.get("attribution", "")
    if not attribution and (known := _licence(licence)):
        attribution = known["attribution"]
    return Origin(reading.dataset, licence, attribution)


def licence_url(licence: str) -> str:
    """Return where a licence can be read, "" where that is not known."""
    known = _licence(licence)
    return known["url"] if known else ""


def _licence(text: str) -> dict[str, Any] | None:
    folded = " ".join(text.casefold().split())
    for licence in _KNOWN["licences"]:
        if any(folded.startswith(start) for start in licence["starts"]):
            found: dict[str, Any] = licence
            return found
    return None
