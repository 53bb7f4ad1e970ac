"""Why something about a version of the instrument is refused."""

from fans.openness.errors import OpennessError


class VersionTakenError(OpennessError):
    """There is a version of this name already."""


class NotADraftError(OpennessError):
    """The version is published: it stays as it is."""


class NotPublishedError(OpennessError):
    """The version is a draft: no wave can take it."""


class ChangedMeanwhileError(OpennessError):
    """Somebody else changed the draft since it was shown."""
