"""Writes on ties and the log: keyword-only, atomic, each naming who did it."""

from fans.connections.services.log import log_connection, undo_connection
from fans.connections.services.newcomers import start_tie_with_new, take_back_tie
from fans.connections.services.partners import (
    Side,
    confirm,
    find_or_start_partnership,
    partner_for_asset,
)
from fans.connections.services.tallies import enter_tally

__all__ = [
    "Side",
    "confirm",
    "enter_tally",
    "find_or_start_partnership",
    "log_connection",
    "partner_for_asset",
    "start_tie_with_new",
    "take_back_tie",
    "undo_connection",
]
