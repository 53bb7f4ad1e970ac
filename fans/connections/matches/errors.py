"""Why something about a match is refused."""

from fans.connections.errors import ConnectionsError


class MatchesError(ConnectionsError):
    """Something about a match was refused; the words say why."""


class NotTheirsError(MatchesError):
    """Somebody speaks for a side that is not theirs."""


class SameHandError(MatchesError):
    """One person says yes for both sides."""


class NotFoundHereError(MatchesError):
    """The volunteer or the home cannot be found by whoever asks."""


class MovedMeanwhileError(MatchesError):
    """The match stands elsewhere than it did on the page."""


class NotActiveError(MatchesError):
    """The volunteer rests, has left, or is still on the way."""


class HomeClosedError(MatchesError):
    """No register lists the home any more."""


class NotClearedError(MatchesError):
    """Being alone with people who live there takes a good decision and the lead's word."""


class TooLateError(MatchesError):
    """The ten minutes in which it can be taken back are over."""


class NotToUndoError(MatchesError):
    """Something happened since, or somebody else did it."""
