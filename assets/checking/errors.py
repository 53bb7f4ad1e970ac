"""Why a check is refused, in words for the person who made it."""

from assets.errors import AssetError, NotCheckedYetError

__all__ = ["NotCheckedYetError", "NothingTickedError", "TooLateToUndoError"]


class NothingTickedError(AssetError):
    """A check was sent that names no fact."""

    field = "facts"


class TooLateToUndoError(AssetError):
    """What was noted more than ten minutes ago, or by somebody else, stays."""
