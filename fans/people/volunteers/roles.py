"""What volunteers do, read from ``fixtures/volunteering/roles.json``."""

from dataclasses import dataclass
from typing import Any, Final

from fans.people.volunteers.lists import read_list


@dataclass(frozen=True)
class Item:
    """One line of an induction list."""

    slug: str
    words: str
    required: bool


@dataclass(frozen=True)
class VolunteerRole:
    """One thing that volunteers do, what it never is, and what it asks for beforehand."""

    slug: str
    label: str
    summary: str
    tasks: tuple[str, ...]
    never: tuple[str, ...]
    kinds: tuple[str, ...]
    young: bool
    references: int
    answers: dict[str, Any]
    induction: tuple[Item, ...]

    @property
    def required_items(self) -> frozenset[str]:
        """Return the induction items without which nobody starts."""
        return frozenset(item.slug for item in self.induction if item.required)

    def fits(self, *, kind: str, is_young: bool) -> bool:
        """Say whether somebody of this kind and age may have the role."""
        return kind in self.kinds and self.young == is_young


def _role(row: dict[str, Any]) -> VolunteerRole:
    return VolunteerRole(
        slug=row["slug"],
        label=row["label"],
        summary=row["summary"],
        tasks=tuple(row["tasks"]),
        never=tuple(row["never"]),
        kinds=tuple(row["kinds"]),
        young=row["young"],
        references=row["references"],
        answers=row["answers"],
        induction=tuple(Item(**item) for item in row["induction"]),
    )


_FILE: Final = read_list("roles.json")
ROLES: Final[dict[str, VolunteerRole]] = {row["slug"]: _role(row) for row in _FILE["roles"]}
ALWAYS: Final[tuple[str, ...]] = tuple(_FILE["always"])
"""What holds in every role."""
NEVER: Final[tuple[str, ...]] = tuple(_FILE["never"])
"""What no volunteer does, whatever the role."""
WORRIED: Final[tuple[str, ...]] = tuple(_FILE["worried"])
"""Whom to tell when worried about somebody."""


def role_of(slug: str) -> VolunteerRole | None:
    """Return a role by its slug; None where none is chosen, or it is no longer offered."""
    return ROLES.get(slug)
