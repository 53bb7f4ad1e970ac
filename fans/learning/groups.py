"""With whom a home talks, and how few of a group are too few to be read elsewhere. Pure."""

from typing import Final

GROUPS: Final = {
    "residents": "People who live here",
    "relatives": "Relatives and friends",
    "staff": "Staff",
    "manager": "Manager",
    "volunteers": "Volunteers",
    "partners": "Partners",
    "professionals": "Visiting professionals",
    "other": "Others",
}
"""As the openness instrument calls them; facilitator and champion are not asked here."""

IN_OFFICE: Final = frozenset({"manager"})
"""What these say is one person's by nature, and is shown as theirs."""

LEAST_TO_SHOW: Final = 8
"""So many have to have been asked before others than the home's own team read the words."""


def may_be_read_outside(group: str, people_count: int | None) -> bool:
    """Say whether what a group said may be read by the home's facilitator."""
    return group in IN_OFFICE or (people_count is not None and people_count >= LEAST_TO_SHOW)


def is_one_voice(group: str, people_count: int | None) -> bool:
    """Say whether these are one person's words, by which that person may be known."""
    return group not in IN_OFFICE and people_count == 1
