"""When a wave's code opens its questions."""

import datetime as dt
from enum import StrEnum

from fans.openness.models import Wave
from fans.openness.services import last_day_for_answers


class Window(StrEnum):
    """Where a day lies in a wave's life."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


def window_of(wave: Wave, day: dt.date) -> Window:
    """Say where ``day`` lies in a wave's life."""
    if wave.is_open_on(day):
        return Window.OPEN
    if day < wave.opens_on:
        return Window.EARLY
    return Window.LATE if day <= last_day_for_answers(wave) else Window.OVER
