"""What is done with waves."""

from fans.openness.waves.services.closing import (
    close_wave,
    close_waves_due,
    undo_close,
)
from fans.openness.waves.services.events import note_event, take_back_event
from fans.openness.waves.services.opening import move_window, open_wave
from fans.openness.waves.services.recalling import recalled_in, remember
from fans.openness.waves.services.reminding import remind, send_due

__all__ = [
    "close_wave",
    "close_waves_due",
    "move_window",
    "note_event",
    "open_wave",
    "recalled_in",
    "remember",
    "remind",
    "send_due",
    "take_back_event",
    "undo_close",
]
