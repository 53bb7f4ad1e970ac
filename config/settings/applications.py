"""Applications, middleware, templates, and where a record has its page."""

from django.urls import reverse

from config import limits
from config.settings.installation import DEBUG, TESTING

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
