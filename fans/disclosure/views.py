"""What a home sees of its own answers."""

from typing import Final

GROUP_RESPONDENTS: Final = 3
"""Residents, relatives, volunteers and staff answer as groups of at least this many."""

OFFICES: Final = frozenset({"manager", "facilitator", "champion"})
"""Answers given in office: one person each, and shown as such."""


def may_show_group(group: str, respondents: int) -> bool:
    """Say whether a group's answers may be shown inside the home's own view.

    An answer given in office is shown from the first; whoever may not see the home's
    score sees neither.
    """
    return respondents >= (1 if group in OFFICES else GROUP_RESPONDENTS)
