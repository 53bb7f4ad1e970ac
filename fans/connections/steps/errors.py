"""Why the getting-started steps refuse something."""

from fans.connections.errors import ConnectionsError


class KnownAlreadyError(ConnectionsError):
    """The home has put this neighbour down before."""


class NothingAskedError(ConnectionsError):
    """Said how often they met in weeks that no look-back asks about, or no longer."""


class UnclearRecallError(ConnectionsError):
    """What is remembered does not fit together: the way, the last day, how often."""


class TooManyNamesError(ConnectionsError):
    """More names at once than anybody sorts in a sitting."""
