"""Pages of this part: HTTP alone, the work is in the services."""

from fans.connections.wishes.views.board import board, locality
from fans.connections.wishes.views.pegging import edit, peg, take_back
from fans.connections.wishes.views.thanking import given, not_given, tear_up, thank
from fans.connections.wishes.views.wish import grant, let_go, reopen, wish

__all__ = [
    "board",
    "edit",
    "given",
    "grant",
    "let_go",
    "locality",
    "not_given",
    "peg",
    "reopen",
    "take_back",
    "tear_up",
    "thank",
    "wish",
]
