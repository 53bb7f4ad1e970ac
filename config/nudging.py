"""After how long the site reminds somebody of something. Each may be set by the operator.

What each number is for stands in ``docs/reminders.md``.
"""

from typing import Final

from environs import validate

from config.env import env

_AT_LEAST_1: Final = validate.Range(min=1)

NUDGE_AFTER: Final[dict[str, int]] = {
    "INVITATION_DAYS": env.int("FANS_NUDGE_INVITATION_DAYS", 7, validate=_AT_LEAST_1),
    "QUICK_ENTRY_DAYS": env.int("FANS_NUDGE_QUICK_ENTRY_DAYS", 2, validate=_AT_LEAST_1),
    "WISH_DAYS": env.int("FANS_NUDGE_WISH_DAYS", 28, validate=_AT_LEAST_1),
    "HAND_OVER_MONTHS": env.int("FANS_NUDGE_HAND_OVER_MONTHS", 5, validate=_AT_LEAST_1),
}

MAIL_HOURS: Final = (
    env.int("FANS_NUDGE_MAIL_FROM_HOUR", 7, validate=validate.Range(min=0, max=23)),
    env.int("FANS_NUDGE_MAIL_UNTIL_HOUR", 19, validate=validate.Range(min=1, max=24)),
)
"""Reminders are mailed from this hour on, and before that one, by London's clock."""
