"""Why something about a suggestion is refused, in words for the person who asked."""

from assets.errors import AssetError


class ProposalError(AssetError):
    """The refusal's own sentence; ``field`` names what it is about, if one field."""


class NothingSaidError(ProposalError):
    """A suggestion that says nothing."""

    field = "note"


class NotAFactError(ProposalError):
    """A value is proposed for something that nobody may propose."""


class DecidedMeanwhileError(ProposalError):
    """Somebody else has decided, or it was taken back."""


class NothingChosenError(ProposalError):
    """An approval that takes nothing."""


class NotPutOnMapError(ProposalError):
    """It may not be public, or not where it lies by this person."""


class NotTheirAreaError(ProposalError):
    """It is given to somebody who could not decide about it."""

    field = "to"


class NothingToUndoError(ProposalError):
    """There is no decision that could be taken back."""


class MergedSinceError(ProposalError):
    """The place was found to be the same as another one meanwhile."""
