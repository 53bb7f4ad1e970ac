"""Writes of this room."""

from fans.learning.services.acting import (
    Move,
    change_action,
    hold_review,
    move,
    plan_action,
    take_review_back,
)
from fans.learning.services.asking import KEEP
from fans.learning.services.linking import Links
from fans.learning.services.planning import change_plan, go_on, lay_by, start
from fans.learning.services.removing import bring_back, remove
from fans.learning.services.talking import change_talk, compare, keep_talk

__all__ = [
    "KEEP",
    "Links",
    "Move",
    "bring_back",
    "change_action",
    "change_plan",
    "change_talk",
    "compare",
    "go_on",
    "hold_review",
    "keep_talk",
    "lay_by",
    "move",
    "plan_action",
    "remove",
    "start",
    "take_review_back",
]
