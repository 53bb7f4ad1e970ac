"""Why something about a round is refused, in words for the person who asked."""

from assets.errors import AssetError


class NothingToCheckError(AssetError):
    """No place near there waits for somebody."""

    field = "near"


class RoundOverError(AssetError):
    """The round has ended."""


class RoundTakenError(AssetError):
    """Somebody else has the round."""


class StopSeenError(AssetError):
    """Somebody has seen to this place already."""


class NobodyToWalkError(AssetError):
    """There is nobody to whom a round could go."""

    field = "people"


class NoReasonError(AssetError):
    """A place was left out without saying why."""

    field = "reason"
