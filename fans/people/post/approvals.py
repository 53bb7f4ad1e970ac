"""A champion's word for one address, given for two places that turn out to be one."""

from typing import Any

from fans.people.post.models import Approval


def combine(kept: Approval, lost: Approval) -> dict[str, Any]:
    """Return the one approval's columns: its first mail has been sent if either's has."""
    mails = [each.first_mail_at for each in (kept, lost) if each.first_mail_at is not None]
    return {"first_mail_at": min(mails, default=None)}
