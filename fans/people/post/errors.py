"""Why a mail is not taken."""


class PostError(Exception):
    """A mail was refused; the words say why."""


class NotApprovedError(PostError):
    """The address was brought in from outside, and no champion has approved it."""


class NoAddressError(PostError):
    """There is no address to write to, or it is none."""


class CannotBeQueuedError(PostError):
    """The mail has parts that the queue does not keep, such as files."""


class MayNotApproveError(PostError):
    """Somebody approved an address whose place is not theirs to publish."""


class MayHaveLeftError(Exception):
    """The words were handed over, and the line went dead before the answer came."""
