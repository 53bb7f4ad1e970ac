"""How long what is kept, in days or whole months. Each may be set by the operator.

What each number is for, and what happens then, stands in ``docs/retention.md``.
"""

from typing import Final

from environs import validate

from config.env import env

_AT_LEAST_1: Final = validate.Range(min=1)

RETENTION: Final[dict[str, int]] = {
    "MAIL_DAYS": env.int("FANS_KEEP_MAIL_DAYS", 30, validate=_AT_LEAST_1),
    "UNANSWERED_INVITATIONS_DAYS": env.int(
        "FANS_KEEP_UNANSWERED_INVITATIONS_DAYS", 1, validate=_AT_LEAST_1
    ),
    "ANSWERED_INVITATIONS_MONTHS": env.int(
        "FANS_KEEP_ANSWERED_INVITATIONS_MONTHS", 12, validate=_AT_LEAST_1
    ),
    "ENDED_ROLES_MONTHS": env.int("FANS_KEEP_ENDED_ROLES_MONTHS", 24, validate=_AT_LEAST_1),
    "UNUSED_ACCOUNTS_MONTHS": env.int(
        "FANS_KEEP_UNUSED_ACCOUNTS_MONTHS", 24, validate=_AT_LEAST_1
    ),
    "SESSIONS_DAYS": env.int("FANS_KEEP_SESSIONS_DAYS", 1, validate=_AT_LEAST_1),
    "SIGN_INS_DAYS": env.int("FANS_KEEP_SIGN_INS_DAYS", 30, validate=_AT_LEAST_1),
    "LIMITS_DAYS": env.int("FANS_KEEP_LIMITS_DAYS", 1, validate=_AT_LEAST_1),
    "FAILED_JOBS_DAYS": env.int("FANS_KEEP_FAILED_JOBS_DAYS", 30, validate=_AT_LEAST_1),
    "IMPORT_PREVIEWS_DAYS": env.int("FANS_KEEP_IMPORT_PREVIEWS_DAYS", 14, validate=_AT_LEAST_1),
    "IMPORT_ROWS_MONTHS": env.int("FANS_KEEP_IMPORT_ROWS_MONTHS", 12, validate=_AT_LEAST_1),
    "ASSETS_UNCHECKED_MONTHS": env.int(
        "FANS_KEEP_ASSETS_UNCHECKED_MONTHS", 24, validate=_AT_LEAST_1
    ),
    "MERGES_MONTHS": env.int("FANS_KEEP_MERGES_MONTHS", 36, validate=_AT_LEAST_1),
    "ASSETS_HIDDEN_MONTHS": env.int("FANS_KEEP_ASSETS_HIDDEN_MONTHS", 24, validate=_AT_LEAST_1),
    "PLACE_QUESTIONS_MONTHS": env.int(
        "FANS_KEEP_PLACE_QUESTIONS_MONTHS", 12, validate=_AT_LEAST_1
    ),
    "PLACE_CLAIMS_MONTHS": env.int("FANS_KEEP_PLACE_CLAIMS_MONTHS", 12, validate=_AT_LEAST_1),
    "SUGGESTIONS_MONTHS": env.int("FANS_KEEP_SUGGESTIONS_MONTHS", 12, validate=_AT_LEAST_1),
    "SUGGESTION_ADDRESSES_MONTHS": env.int(
        "FANS_KEEP_SUGGESTION_ADDRESSES_MONTHS", 3, validate=_AT_LEAST_1
    ),
    "REFUSED_PHOTOS_DAYS": env.int("FANS_KEEP_REFUSED_PHOTOS_DAYS", 30, validate=_AT_LEAST_1),
    "WAITING_PHOTOS_MONTHS": env.int(
        "FANS_KEEP_WAITING_PHOTOS_MONTHS", 6, validate=_AT_LEAST_1
    ),
    "LOG_PICTURES_MONTHS": env.int("FANS_KEEP_LOG_PICTURES_MONTHS", 12, validate=_AT_LEAST_1),
    "KNOWN_NAMES_MONTHS": env.int("FANS_KEEP_KNOWN_NAMES_MONTHS", 12, validate=_AT_LEAST_1),
    "SUGGESTION_NOES_MONTHS": env.int(
        "FANS_KEEP_SUGGESTION_NOES_MONTHS", 12, validate=_AT_LEAST_1
    ),
    "LOG_NOTES_MONTHS": env.int("FANS_KEEP_LOG_NOTES_MONTHS", 72, validate=_AT_LEAST_1),
    "TIE_WORDS_MONTHS": env.int("FANS_KEEP_TIE_WORDS_MONTHS", 72, validate=_AT_LEAST_1),
    "TIE_LINKS_DAYS": env.int("FANS_KEEP_TIE_LINKS_DAYS", 30, validate=_AT_LEAST_1),
    "QUICK_DECIDED_MONTHS": env.int("FANS_KEEP_QUICK_DECIDED_MONTHS", 6, validate=_AT_LEAST_1),
    "QUICK_WAITING_MONTHS": env.int("FANS_KEEP_QUICK_WAITING_MONTHS", 6, validate=_AT_LEAST_1),
    "QUICK_CODES_MONTHS": env.int("FANS_KEEP_QUICK_CODES_MONTHS", 12, validate=_AT_LEAST_1),
    "ANSWERS_BEGUN_DAYS": env.int("FANS_KEEP_ANSWERS_BEGUN_DAYS", 30, validate=_AT_LEAST_1),
    "ANSWER_DEVICES_DAYS": env.int("FANS_KEEP_ANSWER_DEVICES_DAYS", 60, validate=_AT_LEAST_1),
    "ANSWER_CODES_MONTHS": env.int("FANS_KEEP_ANSWER_CODES_MONTHS", 3, validate=_AT_LEAST_1),
    "WISH_WORDS_MONTHS": env.int("FANS_KEEP_WISH_WORDS_MONTHS", 12, validate=_AT_LEAST_1),
    "WISHES_WAITING_MONTHS": env.int(
        "FANS_KEEP_WISHES_WAITING_MONTHS", 36, validate=_AT_LEAST_1
    ),
    "PLANS_REMOVED_DAYS": env.int("FANS_KEEP_PLANS_REMOVED_DAYS", 30, validate=_AT_LEAST_1),
    "PLAN_WORDS_MONTHS": env.int("FANS_KEEP_PLAN_WORDS_MONTHS", 24, validate=_AT_LEAST_1),
    "PLANS_MONTHS": env.int("FANS_KEEP_PLANS_MONTHS", 72, validate=_AT_LEAST_1),
    "ENDED_CONSENTS_MONTHS": env.int(
        "FANS_KEEP_ENDED_CONSENTS_MONTHS", 24, validate=_AT_LEAST_1
    ),
    "APPLICATIONS_DAYS": env.int("FANS_KEEP_APPLICATIONS_DAYS", 1, validate=_AT_LEAST_1),
    "YOUNG_UNCONFIRMED_DAYS": env.int(
        "FANS_KEEP_YOUNG_UNCONFIRMED_DAYS", 30, validate=_AT_LEAST_1
    ),
    "VOLUNTEERS_LEFT_MONTHS": env.int(
        "FANS_KEEP_VOLUNTEERS_LEFT_MONTHS", 12, validate=_AT_LEAST_1
    ),
    "MATCHES_OVER_MONTHS": env.int("FANS_KEEP_MATCHES_OVER_MONTHS", 12, validate=_AT_LEAST_1),
    "VETTING_MONTHS": env.int("FANS_KEEP_VETTING_MONTHS", 6, validate=_AT_LEAST_1),
    "CHANGES_MONTHS": env.int("FANS_KEEP_CHANGES_MONTHS", 24, validate=_AT_LEAST_1),
    "READS_MONTHS": env.int("FANS_KEEP_READS_MONTHS", 24, validate=_AT_LEAST_1),
    "REMINDERS_MONTHS": env.int("FANS_KEEP_REMINDERS_MONTHS", 12, validate=_AT_LEAST_1),
    "RETENTION_RUNS_MONTHS": env.int(
        "FANS_KEEP_RETENTION_RUNS_MONTHS", 24, validate=_AT_LEAST_1
    ),
}
