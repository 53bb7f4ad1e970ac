"""What this part holds on people, for those who ask."""

from fans.people.privacy import registry
from fans.people.privacy.registry import Kind


def register() -> None:
    """Say what photos of a log hold on whoever added or shared them."""
    registry.describe(
        "connection_pictures.Picture",
        Kind(
            "Photos that you added to the log of a home, or showed to anybody",
            "So that a home can look back, and nobody is shown who did not agree",
            "12 months; as long as it is shown where everybody in it agreed",
        ),
    )
