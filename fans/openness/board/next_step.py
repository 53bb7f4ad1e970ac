"""Who has the next step in a home, and which it is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from fans.openness.board.cells import Cell
from fans.openness.board.log_weeks import LogWeeks
from fans.openness.models import WaveState


@dataclass(frozen=True)
class Next:
    """The next step: whose it is, and what."""

    who: str
    what: str

    def __str__(self) -> str:
        return f"{self.who}: {self.what}" if self.who else self.what


def next_step(cells: Sequence[Cell], log: LogWeeks, *, is_over: bool) -> Next:
    """Return the nearest thing that somebody has to do, or that nobody has."""
    if is_over:
        return Next("", "Its part is over")
    for cell in cells:
        if cell.is_open and cell.waits_for:
            return Next("The home’s team", f"bring in month {cell.month}")
    for cell in reversed(cells):
        if cell.is_closed and cell.seen_from and not cell.has_replied:
            return Next("The home", f"look at month {cell.month} and reply")
    if log.is_quiet:
        words = "begin the log" if not log.is_begun else "take up the log again"
        return Next("The home’s team", words)
    for cell in cells:
        if cell.is_open:
            return Next("You", f"close month {cell.month}, all is in")
    planned = next((cell for cell in cells if cell.state == WaveState.PLANNED), None)
    if planned:
        return Next("", f"Month {planned.month} opens on {planned.wave.opens_on:%-d %B %Y}")
    return Next("", "All waves are over")
