"""Why this part refuses something."""

from fans.connections.errors import ConnectionsError


class WishesError(ConnectionsError):
    """Something about a wish or a thank-you was refused; ``field`` names what is meant."""


class NotOpenError(WishesError):
    """The wish was granted or let go, and what was asked needs an open one."""


class WrongConnectionError(WishesError):
    """The log entry is another home's, was taken back, or is older than the wish."""


class WrongDayError(WishesError):
    """A wish is granted from the day it was pegged up until today."""


class WordsGoneError(WishesError):
    """The words of the wish are kept no longer."""


class TooLateError(WishesError):
    """The minutes in which it can be taken back are over."""


class NotToThankError(WishesError):
    """Nobody can be thanked so: another home's tie, or a wish that no tie granted."""
