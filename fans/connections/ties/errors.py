"""Why something about the life of a tie is refused, in words for whoever asked."""

from fans.connections.errors import ConnectionsError


class TiesError(ConnectionsError):
    """The refusal's own sentence."""


class NotOverError(TiesError):
    """The tie is not over: there is nothing to take up again."""


class AnsweredError(TiesError):
    """Somebody took back that the partner was asked."""


class SinceThenError(TiesError):
    """Something was said after it: that has to be taken back first."""


class NoAddressToAskError(TiesError):
    """There is no address that an invitation may go to."""


class AskedLatelyError(TiesError):
    """An invitation went to this address within a week."""


class LinkIsOverError(TiesError):
    """The link was used, replaced, is too old, for something else, or never was: told alike."""
