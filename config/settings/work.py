"""What is recorded, kept, reminded of, done in the background and mailed."""

from environs import validate
from pghistory import ContextForeignKey, Field, ForeignKey, ObjForeignKey

from config import nudging, retention
from config.env import env
from config.recording import Deleted, Inserted, Updated
from config.settings.installation import SECRET_KEY
from fans.people.audit.doing import doing_task

# --- the record of changes (docs/audit.md) ---
PGHISTORY_BASE_MODEL = "config.recorded.Event"
PGHISTORY_DEFAULT_TRACKERS = (Inserted(), Updated(), Deleted())
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"
PGHISTORY_JSON_ENCODER = "fans.people.audit.doing.Encoder"
# Columns are as the table's, but may be empty: a line for a new row repeats nothing.
PGHISTORY_FIELD = Field(null=True)
# Only what pages look up by is indexed: every index makes a large import slower.
PGHISTORY_FOREIGN_KEY_FIELD = ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = ObjForeignKey(db_index=True, null=False, related_name="+")
PGHISTORY_CONTEXT_FIELD = ContextForeignKey(db_index=True, related_name="+")

# --- how long what is kept (docs/retention.md) ---
RETENTION = retention.RETENTION

# --- when somebody is reminded of what (docs/reminders.md) ---
NUDGE_AFTER = nudging.NUDGE_AFTER
NUDGE_MAIL_HOURS = nudging.MAIL_HOURS

# --- background jobs ---
# Two at once, so that a long import does not hold up the night's work.
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 2,
    "delete_jobs": "successful",
    "task_middleware": [doing_task],
}

# --- mail ---
DEFAULT_FROM_EMAIL = env.str("FANS_FROM_EMAIL", "friends@localhost")
# Every mail is queued in the transaction that causes it (docs/mail.md).
EMAIL_BACKEND = "fans.people.post.backend.QueueBackend"
# Where the worker hands it over; empty keeps it in the outbox page, as the demo does.
MAIL_TRANSPORT = env.str("FANS_MAIL_TRANSPORT", "")
# Addresses that want no mail are remembered under this key, and links in old mails work by
# it: it must outlive a change of SECRET_KEY.
MAIL_HASH_KEY = env.str("FANS_MAIL_HASH_KEY", "") or SECRET_KEY
# What a mail provider proves itself with when it tells that a mail came back; "" hears none.
MAIL_WEBHOOK_SECRET = env.str("FANS_MAIL_WEBHOOK_SECRET", "")
ANYMAIL = dict(env.json("FANS_ANYMAIL", {}))
ANYMAIL["WEBHOOK_SECRET"] = f"mail:{MAIL_WEBHOOK_SECRET}"
# How many places' addresses are asked in one night whether what we say is still right.
PARTNER_MAILS_A_NIGHT = env.int(
    "FANS_PARTNER_MAILS_A_NIGHT", 50, validate=validate.Range(min=0)
)
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
