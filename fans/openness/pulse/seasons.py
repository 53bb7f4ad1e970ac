"""Times of the year that change a home's comings and goings, marked beside its trend."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

SEASONS_FILE: Final = (
    Path(__file__).resolve().parents[3] / "fixtures" / "openness" / "seasons.json"
)


@dataclass(frozen=True)
class Season:
    """A named stretch of one year, both days included."""

    name: str
    from_on: dt.date
    until_on: dt.date


def seasons_between(first: dt.date, last: dt.date) -> list[Season]:
    """Return the seasons that touch the days from ``first`` to ``last``, in order."""
    found = [
        season
        for year in range(first.year, last.year + 1)
        for season in _of_year(year)
        if season.from_on <= last and season.until_on >= first
    ]
    return sorted(found, key=lambda season: season.from_on)


def _of_year(year: int) -> Iterator[Season]:
    for name, begins, ends in _known():
        yield Season(
            name,
            dt.date.fromisoformat(f"{year}-{begins}"),
            dt.date.fromisoformat(f"{year}-{ends}"),
        )


@cache
def _known() -> tuple[tuple[str, str, str], ...]:
    rows = json.loads(SEASONS_FILE.read_text())["seasons"]
    return tuple((row["name"], row["from"], row["until"]) for row in rows)
