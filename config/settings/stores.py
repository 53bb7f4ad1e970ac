"""Database and cache."""

from config.env import database, tiles_database
from config.settings.installation import CLUSTER_DIR, TESTING
from config.spatial import library_paths

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
