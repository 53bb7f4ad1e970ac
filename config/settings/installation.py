"""What kind of installation this is: where it keeps what, and who can reach it."""

import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.env import env, secret_key, uses_own_database

BASE_DIR = Path(__file__).resolve().parents[2]
CLUSTER_DIR = Path(env.str("FANS_PG_DIR", str(BASE_DIR / ".pg")))
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

DEBUG = env.bool("DEBUG", False)
TESTING = env.bool("FANS_TESTING", "pytest" in sys.modules)
# Tests keep theirs apart: they make demo passwords of their own.
_STATE = BASE_DIR / ("var/testing" if TESTING else "var")
STATE_DIR = Path(env.str("FANS_STATE_DIR", str(_STATE)))
OWN_DATABASE = uses_own_database()
SECRET_KEY = secret_key(STATE_DIR, testing=TESTING)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("FANS_SITE_URL", "http://127.0.0.1:8000")
LOOPBACK_ONLY = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}
# Where others can come, everything is over https unless the operator says otherwise.
HTTPS = env.bool("FANS_HTTPS", (OWN_DATABASE or not LOOPBACK_ONLY) and not TESTING)
# The demo is not a back door: only beside the project's own cluster, on loopback.
DEMO_ALLOWED = TESTING or (not OWN_DATABASE and LOOPBACK_ONLY)

if DEBUG and not LOOPBACK_ONLY:
    raise ImproperlyConfigured("DEBUG must not be on where others can reach the site.")
