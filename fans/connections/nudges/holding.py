"""What the rows of this part hold on people, in words."""

from typing import Final

from fans.people.privacy import registry
from fans.people.privacy.registry import Kind

_YEAR: Final = "12 months"

_KINDS: Final = {
    "nudges.Wanted": Kind(
        "How often you want to be reminded by mail",
        "So that you get no more mail than you want",
        "As long as you have an account",
    ),
    "nudges.Aside": Kind(
        "Reminders that you put off or closed",
        "So that they leave your list, and come back when you said",
        _YEAR,
    ),
    "nudges.Mailing": Kind(
        "The days on which you were reminded by mail",
        "So that you get one mail a day at most",
        _YEAR,
        "This site",
    ),
    "nudges.Told": Kind(
        "What those mails were about",
        "So that you hear of one thing once a week at most",
        _YEAR,
        "This site",
    ),
}


def describe_rows() -> None:
    """Say in words what the rows are; again changes nothing."""
    for label, kind in _KINDS.items():
        registry.describe(label, kind)
