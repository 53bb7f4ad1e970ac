"""What this part holds on people, in words for whoever asks."""

from fans.people.privacy import registry
from fans.people.privacy.registry import Kind


def describe_rows() -> None:
    """Tell the registry; again changes nothing."""
    registry.describe(
        "gaps.Dismissal",
        Kind(
            "Noes that you said for a home to a place that was suggested to it",
            "So that the place is not suggested again, and the home knows whom to ask why",
            "The reason while the home takes part; the words for 12 months",
        ),
    )
