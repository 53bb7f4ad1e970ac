"""What this part, and the waves themselves, hold on people, in words for whoever asks."""

from typing import Final

from fans.people.privacy import registry
from fans.people.privacy.registry import Kind

_KINDS: Final = {
    "openness.Wave": Kind(
        "Months of a home that you opened or closed",
        "So that whoever comes second hears who was first",
        "As long as the programme’s results",
    ),
    "openness.ContextEvent": Kind(
        "What you noted that went on in a home",
        "So that figures are read with it",
        "The words for 6 years",
    ),
    "waves.Told": Kind(
        "That you were mailed about a month of a home",
        "So that you hear of each once",
        "12 months",
        "This site",
    ),
    "waves.Asking": Kind(
        "That you had a home reminded",
        "So that a home is not reminded twice a week",
        "12 months",
    ),
}


def describe_rows() -> None:
    """Say in words what the rows are; again changes nothing."""
    for label, kind in _KINDS.items():
        registry.describe(label, kind)
