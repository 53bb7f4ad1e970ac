"""The permission table as rows and columns for people to read."""

from dataclasses import dataclass
from typing import Any

from fans.people.models import AREA_ROLES, ASSET_ROLES, COHORT_ROLES, HOME_ROLES, Role
from fans.people.table import ACTIONS, Action

WHERE = {
    **dict.fromkeys(HOME_ROLES, "own home"),
    **dict.fromkeys(AREA_ROLES, "own area"),
    **dict.fromkeys(COHORT_ROLES, "own cohort"),
    **dict.fromkeys(ASSET_ROLES, "own place"),
    "volunteer": "yes",
    "administrator": "everywhere",
}


@dataclass(frozen=True)
class Cell:
    """Whether one role may do one thing, and where."""

    role: str
    where: str


@dataclass(frozen=True)
class Row:
    """One thing that can be done, and who may."""

    label: str
    anybody: bool
    signed_in: bool
    cells: list[Cell]


def matrix() -> dict[str, Any]:
    """Return ``roles``, the column headings, and ``rows``, one for each action."""
    return {
        "roles": [role.label for role in Role],
        "rows": [_row(action) for action in ACTIONS.values()],
    }


def _row(action: Action) -> Row:
    open_to_all = action.public or action.signed_in
    return Row(
        label=action.label,
        anybody=action.public,
        signed_in=action.signed_in,
        cells=[
            Cell(role.label, "yes" if open_to_all else _where(action, role)) for role in Role
        ],
    )


def _where(action: Action, role: Role) -> str:
    return WHERE[role.value] if role.value in action.roles else ""
