"""A made-up table of places of which some are, by design, in the register or the file twice.

Every row's truth is known: ``new``, ``twin`` of an asset in the register, ``repeat`` of an
earlier row under a number of its own, or ``bad``. Others stand where an asset stands, under
a name like its own, and are new all the same.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HEADERS: Final = ("id", "name", "latitude", "longitude", "address", "phone", "website")
TWINS, REPEATS, BAD, LOOK_ALIKES = 0.05, 0.03, 0.02, 0.02
"""Shares of the file."""

_WORDS = ("Ash", "Birch", "Cedar", "Drift", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Juniper")
_KINDS = ("Community Hall", "Choir", "Café", "Garden", "Library", "Bowls Club", "Trust")
_AWAY: Final = 0.0005
"""Degrees that a twin lies off at most: some 55 m north, 33 m east."""


@dataclass(frozen=True)
class Standing:
    """An asset of the register; degrees, SRID 4326."""

    name: str
    lon: float
    lat: float


Row = tuple[str, ...]


def write_seeded(path: Path, count: int, standing: Sequence[Standing]) -> dict[str, str]:
    """Write the table, the same each time, and return each id's truth."""
    truth: dict[str, str] = {}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for what, row in _rows(count, standing):
            truth[row[0]] = what
            writer.writerow(row)
    return truth


def _rows(count: int, standing: Sequence[Standing]) -> Iterator[tuple[str, Row]]:
    luck = random.Random(1)  # noqa: S311 - nothing secret
    chosen = iter(luck.sample(standing, round(count * (TWINS + LOOK_ALIKES))))
    kinds = ("twin", "alike", "repeat", "bad", "new")
    shares = (TWINS, LOOK_ALIKES, REPEATS, BAD, 1 - TWINS - LOOK_ALIKES - REPEATS - BAD)
    numbers = [round(count * share) for share in shares]
    plan = [kind for kind, n in zip(kinds, numbers, strict=True) for _ in range(n)]
    luck.shuffle(plan)
    fresh: list[Row] = []
    repeated = 0
    for number, what in enumerate(plan):
        own = f"place-{number}"
        if what == "repeat" and repeated >= len(fresh):
            what = "new"  # noqa: PLW2901 - nothing stands before it that it could repeat
        if what == "twin":
            yield "twin", _twin(luck, own, next(chosen))
        elif what == "alike":
            yield "new", _alike(luck, own, next(chosen))
        elif what == "repeat":
            yield "repeat", _repeat(luck, own, fresh[repeated])
            repeated += 1
        elif what == "bad":
            yield "bad", (own, "", "53.4", "-2.3", "", "", "")
        else:
            fresh.append(row := _fresh(luck, own, number))
            yield "new", row


def _fresh(luck: random.Random, own: str, number: int) -> Row:
    name = f"{luck.choice(_WORDS)}{luck.choice(_WORDS).lower()} {luck.choice(_KINDS)}"
    return (
        *(own, f"{name} {number}"),
        *(f"{luck.uniform(51.2, 54.8):.6f}", f"{luck.uniform(-2.8, 0.1):.6f}"),
        *(f"{number % 200 + 1} Made-up Road", f"01632 960{number % 1000:03}"),
        f"https://example.org/{number}",
    )


def _twin(luck: random.Random, own: str, of: Standing) -> Row:
    lat, lon = of.lat + luck.uniform(-_AWAY, _AWAY), of.lon + luck.uniform(-_AWAY, _AWAY)
    return own, _miswritten(luck, of.name), f"{lat:.6f}", f"{lon:.6f}", "", "", ""


def _alike(luck: random.Random, own: str, of: Standing) -> Row:
    """Return something else on the spot, called after the same village."""
    kind = luck.choice(("Badminton Club", "Rowing Club", "Judo Club", "Parents’ Group"))
    return own, f"{of.name.split()[0]} {kind}", f"{of.lat:.6f}", f"{of.lon:.6f}", "", "", ""


def _repeat(luck: random.Random, own: str, row: Row) -> Row:
    lat = float(row[2]) + luck.uniform(-_AWAY, _AWAY)
    return own, _miswritten(luck, row[1]), f"{lat:.6f}", *row[3:]


def _miswritten(luck: random.Random, name: str) -> str:
    """Return a name as another list has it: shouted, with an article, or with a slip."""
    how = luck.randrange(4)
    if how == 0:
        return name.upper()
    if how == 1:
        return f"The {name}"
    if how == 2:
        return name.replace("St ", "Saint ").replace(" and ", " & ") + "."
    at = luck.randrange(1, max(2, len(name.split(maxsplit=1)[0]) - 1))
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
