"""What can be wrong with an answer to a suggestion."""

from fans.connections.errors import ConnectionsError


class NotSuggestedError(ConnectionsError):
    """The place is none that could be suggested: not public, closed for good, or no partner."""


class TiedAlreadyError(ConnectionsError):
    """The home has a tie with the place: that is where its answer belongs."""
