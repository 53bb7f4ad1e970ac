"""Why something about reminders is refused."""


class NudgesError(Exception):
    """The refusal's own sentence."""


class NotOnYourListError(NudgesError):
    """The reminder is not, or no longer, on this person's list."""


class AlreadyMailedError(NudgesError):
    """Somebody else is writing, or has written, this person's mail of today."""
