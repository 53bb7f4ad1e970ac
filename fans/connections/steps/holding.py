"""What this part holds on people, for those who ask."""

from fans.people.privacy import registry
from fans.people.privacy.registry import Kind


def register() -> None:
    """Say what the three steps hold on whoever walked them."""
    registry.describe(
        "steps.Acquaintance",
        Kind(
            "Whom a home knew when it began, as you put it down",
            "So that a home sees where it started",
            "As long as the tie; a name that nobody sorted 12 months",
        ),
    )
    registry.describe(
        "steps.Pick",
        Kind(
            "Whom you put on a home’s shortlist",
            "So that a home asks those whom it would like to know",
            "As long as the tie",
        ),
    )
    registry.describe(
        "steps.StepDone",
        Kind(
            "That you said a first step of a home was done",
            "So that a home goes on where it left off",
            "As long as the home takes part",
        ),
    )
