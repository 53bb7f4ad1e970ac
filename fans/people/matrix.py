"""The permission table as rows and columns for people to read."""

from dataclasses import dataclass
from typing import Any

from fans.people.models import AREA_ROLES, ASSET_ROLES, COHORT_ROLES, HOME_ROLES, Role
from fans.people.table import ACTIONS, GIVES, PERSON_LEVEL, Action

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


def as_markdown() -> str:
    """Return the whole table as a page: actions, who gives roles, who needs a second step."""
    parts = [_INTRODUCTION, *_actions(), _GIVING, *_giving(), _SECOND_STEP, *_second_step()]
    return "\n".join(parts) + "\n"


_INTRODUCTION = """\
# Who may do what

Made from `fans/people/table` by `bin/manage write_permissions_page`; do not edit it by hand.
What no line allows, nobody may do; a page or an address of the API without a line answers 404.

| what | who |
| --- | --- |"""
_GIVING = """
## Who gives and ends which role

Within one's own reach: a manager at the own home, a facilitator at homes of the own cohort, a
champion for places in the own area.

| role | gives and ends |
| --- | --- |"""
_SECOND_STEP = """
## Who needs a second step at sign-in

Roles that open pages about people, or whole data sets:
"""


def _actions() -> list[str]:
    return [f"| {action.label} | {_who(action)} |" for action in ACTIONS.values()]


def _who(action: Action) -> str:
    if action.public:
        return "anybody"
    if action.signed_in:
        return "anybody with an account"
    names = []
    for role in Role:
        if role.value in action.roles:
            where = WHERE[role.value]
            names.append(role.label if where == "yes" else f"{role.label} ({where})")
    return ", ".join(names)


def _giving() -> list[str]:
    lines = []
    for giver in Role:
        given = [role.label for role in Role if role in GIVES.get(giver, ())]
        if given:
            everything = len(given) == len(Role)
            lines.append(
                f"| {giver.label} | {'every role' if everything else ', '.join(given)} |"
            )
    return lines


def _second_step() -> list[str]:
    return [f"- {role.label}" for role in Role if role in PERSON_LEVEL]
