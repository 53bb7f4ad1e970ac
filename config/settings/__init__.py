"""Settings by theme; what an operator may choose comes from the environment.

Every variable read here stands in ``.env.example`` with its meaning. ``installation`` says
what kind of installation this is, and the others ask it.
"""

# ruff: noqa: F403
from config.settings.applications import *
from config.settings.files import *
from config.settings.installation import *
from config.settings.interface import *
from config.settings.maps import *
from config.settings.people import *
from config.settings.security import *
from config.settings.stores import *
from config.settings.work import *

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
