"""Why this part of the room refuses something."""

from fans.people.errors import PeopleError


class ErasureError(PeopleError):
    """It was not done, and nothing was changed."""


class AlreadyErasedError(ErasureError):
    """Nobody of this id is held any more."""


class NotErasedError(ErasureError):
    """Something would have been left."""


class AskAnAdministratorError(ErasureError):
    """A name stands in so many notes that somebody looks at them first."""


class AlreadyRunningError(PeopleError):
    """Two runs at once would count the same rows twice."""
