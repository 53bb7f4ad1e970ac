"""Counts of people as they may be published: hidden, or to the nearest five."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

HIDDEN: Final = "*"
"""Stands for a number of people from 1 to 7, and for all that is made from one."""

Shown: TypeAlias = int | Literal["*"]
"""A published count: 0, or a multiple of 5 from 10 up, or ``HIDDEN``."""

HIDDEN_UP_TO: Final = 7
NEAREST: Final = 5


def publish_count(people: int) -> Shown:
    """Hide a count of people from 1 to 7, round any other to the nearest 5; 0 stays 0.

    Raises:
        ValueError: ``people`` is negative.
    """
    if people < 0:
        raise ValueError(f"A count of people is never negative: {people}.")
    if 1 <= people <= HIDDEN_UP_TO:
        return HIDDEN
    # A whole number is never halfway between two multiples of 5.
    return (people + NEAREST // 2) // NEAREST * NEAREST


def publish_total(people_by_cell: Iterable[int]) -> Shown:
    """Add up cells as published: hidden as soon as one of them is.

    The cells are exact counts that leave nobody out twice. A total over a hidden cell
    would step by 10 as that cell goes from 7 to 8 people, and would look complete
    where it is not.
    """
    return total_of_shown([publish_count(people) for people in people_by_cell])


def total_of_shown(cells: Iterable[Shown]) -> Shown:
    """Add up published cells; see ``publish_total``."""
    total = 0
    for cell in cells:
        if cell == HIDDEN:
            return HIDDEN
        total += cell
    return total


def publish_rate(people: int, of: int) -> float | Literal["*"] | None:
    """Give ``people / of`` from the two as published: 0 to 1, hidden where either is.

    None where there is nobody to share among.

    Raises:
        ValueError: more people than there are in all, or a negative number.
    """
    if people > of:
        raise ValueError(f"{people} people of {of}: the part is larger than the whole.")
    part, whole = publish_count(people), publish_count(of)
    if whole == 0:
        return None
    if part == HIDDEN or whole == HIDDEN:
        return HIDDEN
    return part / whole


def publish_ties(count: int, *, with_private_person: bool) -> Shown:
    """Give a count of partners, places or connections: exact, for these are not people.

    Where one of the partners counted is a private person, the number is as good as a
    number of people, and is treated as one.
    """
    if count < 0:
        raise ValueError(f"A count is never negative: {count}.")
    return publish_count(count) if with_private_person else count
