"""django-vectortiles over the bench's table, as its documentation shows it.

The database connection is tuned as ours is: kept, prepared statements, no parallel query.
"""

import os
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings


def _library(package: str, pattern: str) -> str:
    """Find a library that another wheel brings along."""
    folder = Path(find_spec(package).origin).parent.parent / f"{package}.libs"
    return glob(str(folder / pattern))[0]


def _database() -> dict[str, object]:
    parts = urlsplit(os.environ["DATABASE_URL"])
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query["host"],
        "PORT": query["port"],
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 1,
            "options": "-c max_parallel_workers_per_gather=0",
        },
    }


settings.configure(
    DATABASES={"default": _database()},
    INSTALLED_APPS=["django.contrib.gis", "vectortiles"],
    ROOT_URLCONF="wsgi",
    ALLOWED_HOSTS=["localhost"],
    GDAL_LIBRARY_PATH=_library("pyogrio", "libgdal*.so*"),
    GEOS_LIBRARY_PATH=_library("shapely", "libgeos_c*.so*"),
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    SECRET_KEY=os.environ["SECRET_KEY"],
    USE_TZ=True,
)

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings

application = get_wsgi_application()

from django.contrib.gis.db import models  # noqa: E402
from vectortiles.backends.postgis import VectorLayer  # noqa: E402
from vectortiles.views import MVTView  # noqa: E402


class Place(models.Model):
    """The columns that our tiles show, in the projection that tiles are drawn in."""

    name = models.TextField()
    c = models.TextField()
    s = models.TextField()
    geom = models.PointField(srid=3857)

    class Meta:
        app_label = "peer"
        managed = False
        db_table = "bench_place"


class PlaceLayer(VectorLayer):
    """All points, however many."""

    model = Place
    id = "assets"
    tile_fields = ("id", "name", "c", "s")
    tile_buffer = 64
    queryset_limit = None


class Tiles(MVTView):
    """The package's own view."""

    layer_classes = [PlaceLayer]


urlpatterns = [Tiles.get_url(prefix="tiles")]
