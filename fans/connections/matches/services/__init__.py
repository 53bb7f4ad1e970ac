"""Writes on matches: keyword-only, atomic, each naming who did it."""

from fans.connections.matches.services.answering import decline, say_yes
from fans.connections.matches.services.bringing import ask, propose
from fans.connections.matches.services.going import end, let_rest, resume, start
from fans.connections.matches.services.manner import release, set_manner
from fans.connections.matches.services.readiness import tick
from fans.connections.matches.services.undoing import undo

__all__ = [
    "ask",
    "decline",
    "end",
    "let_rest",
    "propose",
    "release",
    "resume",
    "say_yes",
    "set_manner",
    "start",
    "tick",
    "undo",
]
