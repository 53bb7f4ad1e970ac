"""Why the connections room refuses something."""

from typing import Any


class ConnectionsError(Exception):
    """Something about ties or the log was refused.

    The words say what is wrong and what to put; ``field`` names the argument that is
    meant, so that a form can say it beside the question.
    """

    def __init__(self, words: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(words)


class NotAPartnerError(ConnectionsError):
    """A home cannot be tied to this: a bench, a bus stop, another home's tie."""


class PartnershipOverError(ConnectionsError):
    """Somebody said that the tie has ended, or it was declined."""


class NotRegisteredError(ConnectionsError):
    """The home held no registration on that day."""


class StillToComeError(ConnectionsError):
    """The day or month is still to come."""


class UnknownGiftError(ConnectionsError):
    """What a side gave is neither a plain kind nor something this home lists."""


class UnknownStaffRoleError(ConnectionsError):
    """A staff role that the list does not have."""


class TooManyResidentsError(ConnectionsError):
    """More people took part than live in the home."""


class PersonNumberError(ConnectionsError):
    """A note holds what looks like somebody's NHS number."""


class AlreadyLoggedError(ConnectionsError):
    """The same submission was saved before, with other details."""


class TooLateToUndoError(ConnectionsError):
    """The ten minutes in which a row can be taken back are over."""


class EmptyTallyError(ConnectionsError):
    """A tally without a single number."""


class PartnerNameError(ConnectionsError):
    """A new partner is called nothing, or by what tells who somebody is."""


class TieInUseError(ConnectionsError):
    """A tie is more than an idea: it can be ended, not taken away."""


class AlikeError(ConnectionsError):
    """Names nearly the same are known or on the map; ``found`` has them, the likest first."""

    def __init__(self, found: list[Any]) -> None:
        self.found = found
        super().__init__("Is it one of these? If not, say so and save again.", field="same_as")
