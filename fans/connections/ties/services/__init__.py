"""Writes on the life of a tie: keyword-only, atomic, each step written down."""

from fans.connections.ties.services.asking import answer, approach
from fans.connections.ties.services.changing import (
    hand_over,
    set_depth,
    set_generations,
    set_named,
    set_purpose,
)
from fans.connections.ties.services.ending import decline, end, reopen
from fans.connections.ties.services.inviting import invite_by_mail
from fans.connections.ties.services.undoing import may_undo, undo

__all__ = [
    "answer",
    "approach",
    "decline",
    "end",
    "hand_over",
    "invite_by_mail",
    "may_undo",
    "reopen",
    "set_depth",
    "set_generations",
    "set_named",
    "set_purpose",
    "undo",
]
