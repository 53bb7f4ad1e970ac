"""Why something about a wave is refused."""

from fans.openness.errors import OpennessError


class WindowError(OpennessError):
    """A wave's days cannot be those; ``field`` names the one that is meant."""

    def __init__(self, words: str, field: str = "") -> None:
        self.field = field
        super().__init__(words)


class WaveOpenError(OpennessError):
    """The wave is open already."""


class TooLateError(OpennessError):
    """The ten minutes in which a close can be undone have passed."""


class RemindedLatelyError(OpennessError):
    """The home was reminded of this wave a few days ago, or has nobody to write to."""
