"""What can go wrong with homes, in the words a person reads."""


class HomesError(Exception):
    """Something about homes cannot be done; the message says why."""


class AlreadyAnsweredError(HomesError):
    """Somebody has answered the question before."""

    def __init__(self) -> None:
        super().__init__("Somebody has answered this question already.")


class AlreadyListedError(HomesError):
    """A home lists the same thing twice."""

    def __init__(self) -> None:
        super().__init__("You list this already. Say in the description how it differs.")


class WithdrawnEarlierError(HomesError):
    """What was withdrawn on an earlier day is history."""

    def __init__(self) -> None:
        super().__init__("This was withdrawn on an earlier day. Please list it anew.")


class HomesOverlapError(HomesError):
    """Two homes cannot become one: both have what only one home can have."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Both homes have {what} that cannot be put together. Please ask an administrator."
        )
