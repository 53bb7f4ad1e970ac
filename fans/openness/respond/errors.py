"""Why answers without an account are refused."""

from fans.openness.errors import OpennessError
from fans.openness.models import Wave


class RespondError(OpennessError):
    """Something about codes and sheets was refused."""


class CodeRefusedError(RespondError):
    """A code opens nothing today; ``why`` says which page tells of it."""

    def __init__(self, why: str, words: str, wave: Wave | None = None) -> None:
        self.why = why
        self.wave = wave  # of a code that is known
        super().__init__(words)


class AnsweredSignedInError(RespondError):
    """A group whose answers are given in office: it has no code."""


class NothingAnsweredError(RespondError):
    """A sheet without one answer was to be sent."""


class TooLateToTakeBackError(RespondError):
    """The ten minutes in which it can be taken back are over."""


class TalkedOnError(RespondError):
    """The day of a talk lies outside the wave's days, or is still to come."""
