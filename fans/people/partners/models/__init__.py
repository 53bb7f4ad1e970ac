"""What is kept of talk with places: questions by mail, claims, endings."""

from fans.people.partners.models.claim import Claim, ClaimState, How
from fans.people.partners.models.ending import Ending
from fans.people.partners.models.question import (
    LINKS_GOOD_FOR,
    Answer,
    Link,
    Purpose,
    Question,
)

__all__ = [
    "LINKS_GOOD_FOR",
    "Answer",
    "Claim",
    "ClaimState",
    "Ending",
    "How",
    "Link",
    "Purpose",
    "Question",
]
