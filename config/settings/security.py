"""What the browser is told, and how long a session lasts."""

from config.env import env
from config.settings.installation import HTTPS
from config.settings.people import ALLAUTH_TRUSTED_PROXY_COUNT

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "fans-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "fans-csrftoken"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# However often somebody comes back: then they sign in anew. The shorter one is for roles
# that need a second step.
SESSION_LASTS_DAYS = 14
SESSION_LASTS_DAYS_PERSON_LEVEL = 7
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # tile servers ask for one
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": ["self"],
    "microphone": [],
    "payment": [],
    "usb": [],
}
# A month on one sheet: 28 lines of 31 days. Elsewhere a few dozen would do.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
