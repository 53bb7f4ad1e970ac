"""Pages of this part."""

from fans.openness.waves.views.acting import (
    close,
    move,
    open_now,
    remind,
    undo_close,
)
from fans.openness.waves.views.baseline import baseline
from fans.openness.waves.views.events import note, take_back
from fans.openness.waves.views.home import home_waves
from fans.openness.waves.views.look_back import look_back
from fans.openness.waves.views.wave import wave

__all__ = [
    "baseline",
    "close",
    "home_waves",
    "look_back",
    "move",
    "note",
    "open_now",
    "remind",
    "take_back",
    "undo_close",
    "wave",
]
