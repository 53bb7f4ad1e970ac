"""Why the quick log refuses something."""

from fans.connections.errors import ConnectionsError


class CodeIsOverError(ConnectionsError):
    """The sheet's code is unknown, past its last day, or was ended."""


class TooManyCodesError(ConnectionsError):
    """A home has as many sheets as anybody can keep in sight."""


class ListIsFullError(ConnectionsError):
    """So much waits already that the home team has to look first."""


class DecidedMeanwhileError(ConnectionsError):
    """Somebody was quicker: it is in the log already, or was refused."""


class WhoIsItError(ConnectionsError):
    """Noted with a name only: somebody has to say which tie or place is meant."""


class TooLateToTakeBackError(ConnectionsError):
    """The ten minutes in which it can be taken back are over."""
