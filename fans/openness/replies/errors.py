"""Why this part refuses something."""

from fans.openness.errors import OpennessError


class RepliesError(OpennessError):
    """Something about replies, evidence or sharing was refused; ``field`` names what."""

    def __init__(self, problem: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(problem)


class StillOpenError(RepliesError):
    """A picture that still moves cannot be shared."""


class NotBegunError(RepliesError):
    """There is no picture yet to say anything to."""


class SharedAlreadyError(RepliesError):
    """Somebody shared it with them before."""


class NotSharedError(RepliesError):
    """It is not shared with them, or somebody took it back before."""


class TakenBackError(RepliesError):
    """Somebody took it back, or replaced it, before."""


class StandsError(RepliesError):
    """Other words stand there now, so that the earlier ones cannot be put back."""


class WordsGoneError(RepliesError):
    """The words are kept no longer."""


class WrongEvidenceError(RepliesError):
    """It belongs to another home, is not there any more, or is linked already."""
