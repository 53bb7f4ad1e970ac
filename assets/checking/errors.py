"""Why a check is refused, in words for the person who made it."""

from assets.errors import AssetError, NotCheckedYetError

__all__ = [
    "AnsweredAlreadyError",
    "ChangedSinceError",
    "NotAnAnswerError",
    "NotCheckedYetError",
    "NothingTickedError",
    "TooLateToUndoError",
]


class NothingTickedError(AssetError):
    """A check was sent that names no fact."""

    field = "facts"


class TooLateToUndoError(AssetError):
    """What was noted more than ten minutes ago, or by somebody else, stays."""


class AnsweredAlreadyError(AssetError):
    """Somebody has settled what a source says."""


class NotAnAnswerError(AssetError):
    """What was said does not answer this question."""

    field = "answer"


class ChangedSinceError(AssetError):
    """What an answer did stands no longer, so that it cannot be taken back."""
