"""Settings, read top to bottom; what an operator may choose comes from the environment.

Every variable read here stands in ``.env.example`` with its meaning.
"""

import sys
from pathlib import Path

from csp.constants import NONCE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from environs import validate
from pghistory import ContextForeignKey, Field, ForeignKey, ObjForeignKey
from whitenoise.compress import Compressor

from config import limits, nudging, retention
from config.env import database, env, secret_key, tiles_database, uses_own_database
from config.recording import Deleted, Inserted, Updated
from config.spatial import library_paths
from fans.people.audit.doing import doing_task

BASE_DIR = Path(__file__).resolve().parent.parent
CLUSTER_DIR = Path(env.str("FANS_PG_DIR", str(BASE_DIR / ".pg")))
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# --- what kind of installation this is ---------------------------------------------
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

# --- applications ---------------------------------------------------------------------
INSTALLED_APPS = [
    "config.apps.SiteAdminConfig",
    "config.country",
    "config.demo",
    "config.migrating",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.gis",
    "django.contrib.postgres",
    "frontend",  # before leaflet and forms: its Leaflet 1.9.4 and form templates win
    "django.forms",
    "fans.research",
    "fans.learning",
    "fans.openness",
    "fans.openness.aggregates",
    "fans.openness.board",
    "fans.openness.instruments",
    "fans.openness.lived",
    "fans.openness.pulse",
    "fans.openness.replies",
    "fans.openness.respond",
    "fans.openness.waves",
    "fans.connections",
    "fans.connections.gaps",
    "fans.connections.layers",
    "fans.connections.grid",
    "fans.connections.matches",
    "fans.connections.nudges",
    "fans.connections.prints",
    "fans.connections.quick",
    "fans.connections.steps",
    "fans.connections.pictures",
    "fans.connections.ties",
    "fans.connections.wishes",
    "fans.people",
    "fans.people.audit",
    "fans.people.consent",
    "fans.people.partners",
    "fans.people.post",
    "fans.people.privacy",
    "fans.people.safeguarding",
    "fans.people.volunteers",
    "fans.cohorts",
    "assets",
    "assets.checking",
    "assets.photos",
    "assets.proposals",
    "assets.rounds",
    "assets.twins",
    "homes",
    "homes.welcome",
    "geo",
    "intake",
    "leaflet",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_vite",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
    "anymail",
]
MIDDLEWARE = [
    "config.serving.BusyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fans.people.sessions.SessionAgeMiddleware",
    "fans.people.audit.middleware.DoingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fans.people.middleware.NoStoreMiddleware",
    "config.limits.LimitMiddleware",
    "fans.people.middleware.PermissionMiddleware",
    "fans.people.middleware.SecondFactorMiddleware",
]
if TESTING or DEBUG:  # WhiteNoise warns where collectstatic has not run
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
LIMITS_A_MINUTE = limits.from_environment()
ROOT_URLCONF = "config.urls"
# Where a record's page is, for rooms below the one that shows it.
ABSOLUTE_URL_OVERRIDES = {
    "assets.asset": lambda asset: reverse("frontend:asset", args=[asset.pk]),
    "homes.home": lambda home: reverse("frontend:home", args=[home.pk]),
}
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "frontend.context.site",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database and cache ---------------------------------------------------------------
DATABASES = {"default": database(CLUSTER_DIR)}
TILES_DATABASE = "default" if TESTING else "tiles"
if not TESTING:  # a test's rows are in a transaction that no other connection sees
    DATABASES["tiles"] = tiles_database(DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
GDAL_LIBRARY_PATH, GEOS_LIBRARY_PATH = library_paths()
CACHES = {
    "default": {  # shared by all workers, so that limits count over all of them
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        # Beyond it the oldest keys go, and failed sign-ins would be forgotten.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    "tiles": {  # apart, so that no flood of tiles pushes the limits' counts out
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "tiles",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
if TESTING:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

# --- people and sign-in ---------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "fans.people.backends.SignInBackend",
    "fans.people.backends.PermissionTableBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "fans.people.passwords.ObviousWordsValidator"})
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "frontend:today"
ACCOUNT_ADAPTER = "fans.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers, whoever typed their address
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A whole home sits behind one router: strict for each account, generous for an address
# on the network.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "request_login_code": "60/m/ip,3/m/key",
    "reset_password": "60/m/ip,3/m/key",
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "fans.people.forms.SignInForm",
    "change_password": "fans.people.forms.ChangePasswordForm",
    "set_password": "fans.people.forms.SetPasswordForm",
    "reset_password": "fans.people.forms.ResetPasswordForm",
    "reset_password_from_key": "fans.people.forms.ResetPasswordKeyForm",
    "request_login_code": "fans.people.forms.RequestLoginCodeForm",
    "confirm_login_code": "fans.people.forms.ConfirmLoginCodeForm",
    "reauthenticate": "fans.people.forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of a changed password or second step
# Who needs a second step stands in the permission table (PERSON_LEVEL). Never False where
# real people are: it is for tests of other things.
SECOND_FACTOR_REQUIRED = True
MFA_ADAPTER = "fans.people.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Care Home Friends and Neighbours"
MFA_TOTP_TOLERANCE = 1  # half a minute either way, for clocks that are off
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_FORMS = {
    "authenticate": "fans.people.forms.SecondStepForm",
    "reauthenticate": "fans.people.forms.SecondStepAgainForm",
    "activate_totp": "fans.people.forms.AddAppForm",
    "add_webauthn": "fans.people.forms.AddKeyForm",
    "edit_webauthn": "fans.people.forms.RenameKeyForm",
    "login_webauthn": "fans.people.forms.PasskeySignInForm",
    "authenticate_webauthn": "fans.people.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "fans.people.forms.PasskeyAgainForm",
}
ACCOUNT_USER_DISPLAY = "fans.people.models.display_name"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("FANS_PROXY_COUNT", 0)
# With the session, not in a cookie of their own: they may name people and places.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Named in the privacy notice: the controller, and where to write about one's data.
OPERATOR = env.str("FANS_OPERATOR", "")
OPERATOR_CONTACT = env.str("FANS_OPERATOR_CONTACT", "")

# --- security -------------------------------------------------------------------------
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

# --- the map --------------------------------------------------------------------------
# A vector map in one file here; no server outside is asked where it is set (docs/map.md).
BASEMAP_PMTILES = env.str("FANS_BASEMAP_PMTILES", "")
BASEMAP_ATTRIBUTION = env.str("FANS_BASEMAP_ATTRIBUTION", "© OpenStreetMap contributors")
TILE_URL = env.str("FANS_TILE_URL", "https://tile.openstreetmap.org/{z}/{x}/{y}.png")
TILE_URL = "" if BASEMAP_PMTILES else TILE_URL
TILE_ATTRIBUTION = env.str("FANS_TILE_ATTRIBUTION", "© OpenStreetMap contributors")
_TILE_HOSTS = (
    [TILE_URL.split("/{")[0].replace("{s}", "*")] if TILE_URL.startswith("http") else []
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *_TILE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
LEAFLET_CONFIG = {
    "DEFAULT_CENTER": (53.42, -2.32),
    "DEFAULT_ZOOM": 12,
    "TILES": [("Map", TILE_URL, {"attribution": TILE_ATTRIBUTION})] if TILE_URL else [],
    "RESET_VIEW": False,
}

# --- files ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "frontend.storage.StaticStorage"
    },
}
# Nobody reads source maps on a slow line, and a packed archive would answer a Range
# request with the wrong bytes.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    *Compressor.SKIP_COMPRESS_EXTENSIONS,
    *("map", "pmtiles", "parquet", "gpkg", "xlsx"),
]
WHITENOISE_IMMUTABLE_FILE_TEST = r"/frontend/build/assets/|\.[0-9a-f]{12}\."
MEDIA_ROOT = STATE_DIR / "media"
MEDIA_URL = "/media/"
PRINT_FONTS = BASE_DIR / "frontend/static/frontend/build/assets"  # what PDFs are set in
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "static_url_prefix": "frontend/build",
        "manifest_path": BASE_DIR / "frontend/static/frontend/build/manifest.json",
    }
}
# Files and folders that are looked through for somebody who is erased (docs/privacy.md).
ERASURE_PATHS: list[str] = [str(STATE_DIR), *env.list("FANS_ERASURE_PATHS", [])]
if not TESTING:
    ERASURE_PATHS += [str(BASE_DIR / "var/log"), str(CLUSTER_DIR / "log")]
# A file that is larger than an importer takes is not even stored.
FILE_UPLOAD_HANDLERS = [
    "intake.uploads.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Files handed to an importer: packed and unpacked size, rows, and one cell.
IMPORT_LIMITS = {
    "packed_bytes": 64 * 2**20,
    "unpacked_bytes": 2 * 2**30,
    "rows": 250_000,
    "cell_chars": 64 * 2**10,
}
# Photos of places: what one may weigh and measure, and how many a place may have.
PHOTO_LIMITS = {"bytes": 15 * 2**20, "pixels": 60_000_000, "per_asset": 10}
# A geocoder outside for what the gazetteer does not know (geo/geocoders.py); none unless named.
GEOCODER = env.str(
    "FANS_GEOCODER",
    "",
    validate=validate.OneOf(["", "nominatim", "photon", "opencage", "postcodes_io"]),
)
GEOCODER_URL = env.str("FANS_GEOCODER_URL", "")
GEOCODER_KEY = env.str("FANS_GEOCODER_KEY", "")
GEOCODER_TIMEOUT_S = 5
# Routers that measure ways (fans/connections/gaps/routers.py); a straight line without one.
VALHALLA_URL = env.str("FANS_VALHALLA_URL", "")
OSRM_FOOT_URL = env.str("FANS_OSRM_FOOT_URL", "")
OSRM_ROAD_URL = env.str("FANS_OSRM_ROAD_URL", "")
ROUTER_TIMEOUT_S = 4  # all questions of one page together
# Hosts that feeds may be fetched from; none unless the operator names them.
IMPORT_HOSTS: list[str] = env.list("FANS_IMPORT_HOSTS", [])
IMPORT_TIMEOUT_S = 20
IMPORT_PAUSE_S = 0.2  # between two requests to one host

# --- the record of changes (docs/audit.md) ---------------------------------------------
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

# --- how long what is kept (docs/retention.md) ------------------------------------------
RETENTION = retention.RETENTION

# --- when somebody is reminded of what (docs/reminders.md) -------------------------------
NUDGE_AFTER = nudging.NUDGE_AFTER
NUDGE_MAIL_HOURS = nudging.MAIL_HOURS

# --- background jobs ------------------------------------------------------------------
# Two at once, so that a long import does not hold up the night's work.
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 2,
    "delete_jobs": "successful",
    "task_middleware": [doing_task],
}

# --- mail -----------------------------------------------------------------------------
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

# --- the API --------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["config.api_permission.TablePermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS would tell of records; the schema says it all
    "EXCEPTION_HANDLER": "config.api.problem_details",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "600/min", "user": "1200/min"},
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Care Home Friends and Neighbours",
    "DESCRIPTION": "Homes, community assets and the ties between them.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {  # or they would all be called "kind"
        "HomeKindEnum": "homes.models.HomeKind",
        "AreaKindEnum": "geo.models.AreaKind",
        "PointKindEnum": "geo.search.POINT_KINDS",
        "YesNoEnum": "assets.choices.YesNo",
        "LogSourceEnum": "fans.connections.models.LogSource",
        "AssetSourceEnum": "assets.models.AssetSource",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- language, time, logs ---------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "config.logs.WithoutRows",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "fans": {"level": "INFO"},
        "intake": {"level": "INFO"},
        "procrastinate": {"level": "WARNING"},
    },
}

if DEBUG and not LOOPBACK_ONLY:
    raise ImproperlyConfigured("DEBUG must not be on where others can reach the site.")
