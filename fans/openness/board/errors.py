"""Why this part refuses something."""


class BoardError(Exception):
    """Something was refused; the words say why."""


class BegunError(BoardError):
    """A home's part has begun: it can be ended, and no longer be taken out."""
