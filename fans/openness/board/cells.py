"""Where one wave of one home stands, in words for the board. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fans.openness.board.figures import Figures
from fans.openness.models import Wave, WaveState
from fans.openness.waves.missing import ANSWERS, Missing
from fans.openness.waves.models import Asking
from fans.openness.waves.words import moment_words


class Symbol(StrEnum):
    """The sign beside the words; the words say the same."""

    DONE = "check"
    OPEN = "clock"
    PRIVATE = "lock"
    PLANNED = "today"


@dataclass(frozen=True)
class Cell:
    """One wave of one home. Figures are there only where this reader may see them."""

    wave: Wave
    state: WaveState
    figures: Figures | None = None
    has_replied: bool = False
    seen_from: dt.date | None = None  # of a closed wave that the reader does not see yet
    missing: Sequence[str] = field(default_factory=tuple)
    asking: Asking | None = None  # the last time that somebody had the team reminded
    may_ask: bool = False

    @property
    def month(self) -> int:
        """The wave's month."""
        return self.wave.month

    @property
    def is_open(self) -> bool:
        """Whether the wave is open today."""
        return self.state == WaveState.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether the wave is over."""
        return self.state == WaveState.CLOSED

    @property
    def waits_for(self) -> list[str]:
        """What is still to come in an open wave."""
        return list(self.missing) if self.is_open else []

    @property
    def reminded(self) -> str:
        """Who had the team reminded, and when."""
        if self.asking is None:
            return ""
        by = f" by {self.asking.by.name}" if self.asking.by else ""
        count = self.asking.mails_count
        people = "one person" if count == 1 else f"{count} people"
        return f"Reminded {people} on {moment_words(self.asking.at)}{by}"

    @property
    def symbol(self) -> Symbol:
        """The sign beside the words."""
        if self.is_open:
            return Symbol.OPEN
        if not self.is_closed:
            return Symbol.PLANNED
        return Symbol.DONE if self.figures else Symbol.PRIVATE

    @property
    def words(self) -> str:
        """Where the wave stands."""
        if self.is_open:
            return f"Open until {self.wave.closes_on:%-d %B %Y}"
        if not self.is_closed:
            return f"Opens on {self.wave.opens_on:%-d %B %Y}"
        if self.figures is None:
            return self._private_words()
        return self._level_words(self.figures)

    def _private_words(self) -> str:
        ended = f"Closed {self.wave.closes_on:%-d %B %Y}."
        if self.seen_from is None:
            return f"{ended} Nothing is known of it."
        return (
            f"{ended} The home has not replied yet. "
            f"You see its figures from {self.seen_from:%-d %B %Y}."
        )

    @staticmethod
    def _level_words(figures: Figures) -> str:
        if figures.level:
            return figures.level.capitalize()
        return "Too few answers to say" if figures.keeps_back else "Not enough yet"

    @property
    def badges(self) -> list[str]:
        """What to know before the figures are read."""
        if self.figures is None:
            return []
        told = {
            "Partly from memory": self.figures.from_memory,
            "Part logged": self.figures.part_logged,
        }
        return [words for words, is_so in told.items() if is_so]


def still_to_come(piece: Missing) -> str:
    """Say what is missing, and of people who answered only that they are not enough yet."""
    if piece.kind == ANSWERS:
        return f"{piece.name}: not enough answers yet"
    return f"{piece.name}: {piece.words.rstrip('.')}"
