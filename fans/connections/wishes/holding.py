"""What this part holds on people, in words for whoever asks."""

from fans.people.privacy import registry
from fans.people.privacy.registry import Kind


def describe_rows() -> None:
    """Tell the registry; again changes nothing."""
    registry.describe(
        "wishes.Wish",
        Kind(
            "Wishes that you took down for people in a home",
            "So that the home knows whom to ask what was meant",
            "The words until 12 months after the wish came true or was let go",
        ),
    )
    registry.describe(
        "wishes.Thanks",
        Kind(
            "Thank-yous that you wrote for a home",
            "So that they can be printed on a card",
            "The words for 12 months",
        ),
    )
