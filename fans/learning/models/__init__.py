"""Records of this room."""

from fans.learning.models.action import (
    FIRST_STEP_WITHIN,
    REVIEW_MONTHS,
    Action,
    OwnerRole,
    Review,
    State,
    Verdict,
)
from fans.learning.models.link import Link, Reminded
from fans.learning.models.plan import Plan
from fans.learning.models.talk import Comparison, Talk

__all__ = [
    "FIRST_STEP_WITHIN",
    "REVIEW_MONTHS",
    "Action",
    "Comparison",
    "Link",
    "OwnerRole",
    "Plan",
    "Reminded",
    "Review",
    "State",
    "Talk",
    "Verdict",
]
