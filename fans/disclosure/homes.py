"""Figures of many homes together: none can be turned back into one home's.

A home's score is its own, and whoever runs a home knows some of them already: its own, or
those of all homes of its provider. So figures stand on at least eight homes, of which no
provider has so many that the others would show through, and what is told of a score is
the *middle* home's and no mean: of a sum one can take away what one knows, of a middle
one cannot. Counts go to the nearest 5, and are hidden below 8 and where one provider
makes up more than half.

These functions look at one set of homes. That sets never overlap and figures never move
is up to the caller; without it, figures could be subtracted from each other.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from fans.disclosure.counts import HIDDEN, HIDDEN_UP_TO, Shown, publish_count

FEWEST_HOMES: Final = HIDDEN_UP_TO + 1
"""Homes behind any figure."""

NEAREST_POINTS: Final = 5
"""Scores, 0 to 100, are told to the nearest 5, and so are homes."""

Value = TypeVar("Value", bound=float | str)


@dataclass(frozen=True)
class OfHome(Generic[Value]):
    """One home's figure and whose home it is; homes whose owner is unknown count as one's."""

    value: Value
    owner: str


def most_of_one_owner(homes: int) -> int:
    """Return how many homes one owner may have among ``homes``, for the rest to be safe.

    The middle of ``homes`` says that so many lie at it or below and so many at it or
    above. An owner who knows its own homes learns nothing of another as long as, without
    them and without that one, enough are left to fill either side.
    """
    return (homes - 1) // 2 - 1


def enough_homes(owners: Iterable[str], *, fewest: int = FEWEST_HOMES) -> bool:
    """Say whether a figure of the homes of these owners, one entry a home, may be told."""
    shares = Counter(owner.strip().casefold() for owner in owners)
    homes = shares.total()
    return homes >= fewest and max(shares.values()) <= most_of_one_owner(homes)


def publish_homes(owners: Sequence[str], *, fewest: int = FEWEST_HOMES) -> Shown:
    """Count homes to the nearest 5; hidden where they are too few, none included."""
    return _nearest(len(owners)) if enough_homes(owners, fewest=fewest) else HIDDEN


def publish_middle(homes: Sequence[OfHome[float]], *, fewest: int = FEWEST_HOMES) -> Shown:
    """Give the middle home's figure, 0 to 100, to the nearest 5; of two middle ones the lower.

    Raises:
        ValueError: a figure lies outside 0 to 100.
    """
    if any(not 0 <= home.value <= 100 for home in homes):
        raise ValueError("A figure of a home runs from 0 to 100.")
    if not enough_homes([home.owner for home in homes], fewest=fewest):
        return HIDDEN
    middle = sorted(home.value for home in homes)[(len(homes) - 1) // 2]
    return _nearest(middle)


def publish_shares(
    homes: Sequence[OfHome[str]], kinds: Sequence[str], *, fewest: int = FEWEST_HOMES
) -> Mapping[str, Shown]:
    """Count the homes of each kind; shown where enough are of it *and* enough are not.

    Where all homes were of one kind, their number would tell each one's; so would a 0.
    """
    return {kind: _share(homes, kind, fewest) for kind in kinds}


def publish_sum(homes: Sequence[OfHome[int]], *, fewest: int = FEWEST_HOMES) -> Shown:
    """Add up a count over homes, to the nearest 5.

    Hidden below 8, none included, and where one owner's homes make up more than half.
    """
    if not enough_homes([home.owner for home in homes], fewest=fewest):
        return HIDDEN
    parts: Counter[str] = Counter()
    for home in homes:
        parts[home.owner.strip().casefold()] += home.value
    total = parts.total()
    if total <= HIDDEN_UP_TO or 2 * max(parts.values()) > total:
        return HIDDEN
    return publish_count(total)


def publish_change(before: Shown, after: Shown) -> Shown:
    """Give the step between two published figures, from these alone."""
    if before == HIDDEN or after == HIDDEN:
        return HIDDEN
    return after - before


def _nearest(figure: float) -> int:
    """Round to the nearest 5, halves up."""
    return math.floor(figure / NEAREST_POINTS + 0.5) * NEAREST_POINTS


def _share(homes: Sequence[OfHome[str]], kind: str, fewest: int) -> Shown:
    of_it = [home.owner for home in homes if home.value == kind]
    others = [home.owner for home in homes if home.value != kind]
    if not enough_homes(others, fewest=fewest):
        return HIDDEN
    return publish_homes(of_it, fewest=fewest)
