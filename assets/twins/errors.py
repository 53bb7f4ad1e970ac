"""Why something about two records is refused, in words for the person who asked."""

from assets.errors import AssetError


class TwinsError(AssetError):
    """The refusal's own sentence."""


class CannotStandTogetherError(TwinsError):
    """Rows of both records cannot be put together."""


class MergeRefusedError(TwinsError):
    """These two records cannot become one."""


class UndoRefusedError(TwinsError):
    """A merge cannot be undone, or not yet."""


class PairMovedOnError(TwinsError):
    """Two records were merged before somebody else had their say."""
