"""Which homes are told of together, and what is told of them. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from fans.disclosure import (
    FEWEST_HOMES,
    HIDDEN,
    OfHome,
    Shown,
    most_of_one_owner,
    publish_homes,
    publish_middle,
    publish_shares,
    publish_sum,
)

FULL_LOG_WEEKS: Final = 4
HEADLINES: Final = {"overall": "Overall", "lived": "Lived", "felt": "Felt"}
COUNTS: Final = {
    "ties": "Ties alive in the four weeks",
    "connections": "Times that neighbours and homes met in them",
    "reached": "People reached in the month, as the homes counted",
    "wishes": "Wishes granted since the homes joined",
}

Body: TypeAlias = dict[str, str | Shown | dict[str, Shown]]


@dataclass(frozen=True)
class HomeWave:
    """What one home's closed wave says. Scores run from 0 to 100; None is not known."""

    owner: str
    version: str
    level: str | None
    scores: dict[str, float | None]  # overall, lived, felt, and each side by its id
    counts: dict[str, int | None]  # by the names of COUNTS
    weeks_logged: float


def choose(owners: Sequence[str]) -> list[int]:
    """Return which homes make up a circle, by their place in ``owners``; none if too few.

    First come, first in. Of a provider with so many homes that the others would show
    through, the last ones wait for another circle.
    """
    chosen = list(range(len(owners)))
    while len(chosen) >= FEWEST_HOMES:
        shares = Counter(owners[number].strip().casefold() for number in chosen)
        owner, most = shares.most_common(1)[0]
        if most <= most_of_one_owner(len(chosen)):
            return chosen
        chosen.remove(
            max(number for number in chosen if owners[number].strip().casefold() == owner)
        )
    return []


def figures_of(homes: Sequence[HomeWave], sides: Sequence[str], levels: Sequence[str]) -> Body:
    """Give everything that is told of the homes of a circle at one wave.

    Only homes measured with the version that most were measured with are counted: figures
    of two versions are not alike.
    """
    versions = Counter(home.version for home in homes)
    version = max(versions, key=lambda v: (versions[v], v), default="")
    alike = [home for home in homes if home.version == version]
    known = [OfHome(home.level, home.owner) for home in alike if home.level is not None]
    full = [home.owner for home in alike if home.weeks_logged >= FULL_LOG_WEEKS]
    return {
        "instrument": version,
        "homes": publish_homes([home.owner for home in alike]),
        "full_log": publish_homes(full),
        "levels": dict(publish_shares(known, levels)),
        "middles": {name: _middle(alike, name) for name in (*HEADLINES, *sides)},
        "counts": {name: _sum(alike, name) for name in COUNTS},
    }


def is_told(body: Body) -> bool:
    """Say whether there are homes enough for anything to be told."""
    return body["homes"] != HIDDEN


def _middle(homes: Sequence[HomeWave], name: str) -> Shown:
    known = [
        OfHome(value, home.owner)
        for home in homes
        if (value := home.scores.get(name)) is not None
    ]
    return publish_middle(known)


def _sum(homes: Sequence[HomeWave], name: str) -> Shown:
    known = [
        OfHome(count, home.owner)
        for home in homes
        if (count := home.counts.get(name)) is not None
    ]
    return publish_sum(known)
