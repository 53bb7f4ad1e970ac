"""Why this room refuses something."""

from typing import Any


class LearningError(Exception):
    """Something about a plan was refused; ``field`` names what is meant."""

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class ChangedMeanwhileError(LearningError):
    """Somebody else has written while this was being written; ``row`` as it stands now."""

    def __init__(self, row: Any) -> None:
        super().__init__("Somebody has changed this since you opened it.")
        self.row = row


class PlanIsOverError(LearningError):
    """The plan is laid by, or taken out: open it again first."""


class NotOpenError(LearningError):
    """The action is not in the state that was asked of it."""


class TooLateError(LearningError):
    """What was taken out has been deleted for good."""


class UnknownLinkError(LearningError):
    """A wish or tie of another home, or a sign that the instrument does not have."""


class NotOfTheTeamError(LearningError):
    """Whoever sees to an action has a part in the home's team."""
