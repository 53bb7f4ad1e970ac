"""What this room holds on people, in words for whoever asks."""

from typing import Final

from fans.people.privacy import registry
from fans.people.privacy.registry import Kind

_WHY: Final = "So that the home can go on with it"
_YEARS: Final = "6 years at most; the words of talks 2 years"

_KINDS: Final = {
    "learning.Plan": Kind("Plans of a home that you began", _WHY, _YEARS),
    "learning.Talk": Kind("What groups said, as you put it down", _WHY, _YEARS),
    "learning.Comparison": Kind(
        "What you wrote when groups were laid side by side", _WHY, _YEARS
    ),
    "learning.Action": Kind(
        "Actions that you planned, or that you see to", _WHY, "6 years at most"
    ),
    "learning.Review": Kind("Looks back at an action that you wrote", _WHY, "6 years at most"),
    "learning.Reminded": Kind(
        "That you were reminded by mail of a first step or a look back",
        "So that you hear of each once",
        "As long as the action",
        "This site",
    ),
}


def describe_rows() -> None:
    """Say in words what the rows are; again changes nothing."""
    for label, kind in _KINDS.items():
        registry.describe(label, kind)
