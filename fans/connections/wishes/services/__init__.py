"""Writes of this part."""

from fans.connections.wishes.services.granting import grant, let_go, reopen
from fans.connections.wishes.services.pegging import change, peg, take_back
from fans.connections.wishes.services.thanking import give, not_given, tear_up, thank

__all__ = [
    "change",
    "give",
    "grant",
    "let_go",
    "not_given",
    "peg",
    "reopen",
    "take_back",
    "tear_up",
    "thank",
]
