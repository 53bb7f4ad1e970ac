"""How long the site keeps what, as its privacy notice says it: from the settings themselves."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings

from fans.people.privacy.periods import Period, period_named

# By setting of config/retention.py: what is kept, from when it counts, and what comes then.
TOLD: Final[dict[str, tuple[str, str]]] = {
    "VOLUNTEERS_LEFT_MONTHS": (
        "What a volunteer told us",
        "after they left; only the number of hours stays",
    ),
    "VETTING_MONTHS": ("The decision about a volunteer’s check", "after they left"),
    "APPLICATIONS_DAYS": (
        "An offer to volunteer that nobody confirmed",
        "after its link ended",
    ),
    "UNUSED_ACCOUNTS_MONTHS": ("An account without a role", "after it was last used"),
    "ENDED_ROLES_MONTHS": ("That you had a role", "after it ended"),
    "UNANSWERED_INVITATIONS_DAYS": (
        "An invitation that nobody took up",
        "after its link ended",
    ),
    "ANSWERED_INVITATIONS_MONTHS": ("An invitation that was taken up", "after that"),
    "ENDED_CONSENTS_MONTHS": ("What you said yes to", "after you took it back"),
    "SESSIONS_DAYS": ("That you are signed in", "after the sign-in ended"),
    "SIGN_INS_DAYS": ("From where you signed in", "after the sign-in ended"),
    "LIMITS_DAYS": ("The count of wrong passwords", "after it stopped to matter"),
    "SENT_MAIL_DAYS": ("An e-mail that we sent", "after it was sent"),
    "OUTBOX_MAIL_DAYS": (
        "An e-mail that was never to leave (the demo’s)",
        "after it was written",
    ),
    "LOG_NOTES_MONTHS": (
        "The note beside something that happened",
        "after the programme ended; the numbers stay",
    ),
    "ASSETS_UNCHECKED_MONTHS": ("A place that nobody checks any more", "then it is hidden"),
    "ASSETS_HIDDEN_MONTHS": ("A hidden place", "then it is deleted"),
    "IMPORT_PREVIEWS_DAYS": (
        "A file that was tried out and not brought in",
        "after it was read",
    ),
    "IMPORT_ROWS_MONTHS": ("The rows of a file that was brought in", "after it was read"),
    "FAILED_JOBS_DAYS": ("A job of the site’s own that failed", "after it failed"),
    "CHANGES_MONTHS": ("Who changed what", "after the change"),
    "READS_MONTHS": ("Who looked at what about people", "after the look"),
    "RETENTION_RUNS_MONTHS": ("The count of what was deleted when", "after the deletion"),
}


@dataclass(frozen=True)
class Kept:
    """One line of the notice."""

    what: str
    period: Period
    then: str


def kept() -> list[Kept]:
    """Return what is kept and how long, as the operator has set it."""
    periods: dict[str, int] = settings.RETENTION
    return [
        Kept(what, period_named(name, periods[name]), then)
        for name, (what, then) in TOLD.items()
        if name in periods
    ]
