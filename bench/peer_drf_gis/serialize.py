"""djangorestframework-gis over our table, as its documentation shows; prints milliseconds.

usage: python serialize.py WEST,SOUTH,EAST,NORTH FEATURES REPEATS, in the peer's environment
"""

import json
import os
import sys
import time
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import django
from django.conf import settings


def _library(package: str, pattern: str) -> str:
    """Find a library that another wheel brings along."""
    folder = Path(find_spec(package).origin).parent.parent / f"{package}.libs"
    return glob(str(folder / pattern))[0]


def _database() -> dict[str, str]:
    parts = urlsplit(os.environ["DATABASE_URL"])
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query["host"],
        "PORT": query["port"],
    }


settings.configure(
    DATABASES={"default": _database()},
    INSTALLED_APPS=["django.contrib.gis", "rest_framework", "rest_framework_gis"],
    GDAL_LIBRARY_PATH=_library("pyogrio", "libgdal*.so*"),
    GEOS_LIBRARY_PATH=_library("shapely", "libgeos_c*.so*"),
    REST_FRAMEWORK={"UNAUTHENTICATED_USER": None},
    USE_TZ=True,
)
django.setup()

from django.contrib.gis.db import models  # noqa: E402 - after setup
from django.contrib.gis.geos import Polygon  # noqa: E402
from rest_framework.renderers import JSONRenderer  # noqa: E402
from rest_framework_gis.serializers import GeoFeatureModelSerializer  # noqa: E402

TEXTS = (
    *("name", "category", "description", "address", "postcode", "location_precision"),
    *("phone", "website", "opening_hours", "wheelchair", "accessible_parking"),
    *("hearing_loop", "quiet", "seating", "step_free", "wheelchair_toilet", "cost_kind"),
    *("visibility", "state", "check_state", "source", "source_ref", "source_licence"),
    "source_attribution",
)
DAYS = ("closed_from", "closed_until")


class Asset(models.Model):
    """The columns of our table that our API shows."""

    location = models.PointField(geography=True)

    class Meta:
        app_label = "peer"
        managed = False
        db_table = "assets_asset"


for _name in TEXTS:
    Asset.add_to_class(_name, models.TextField())
for _name in DAYS:
    Asset.add_to_class(_name, models.DateField(null=True))


class AssetSerializer(GeoFeatureModelSerializer):
    """As the package's documentation shows it."""

    class Meta:
        model = Asset
        geo_field = "location"
        fields = ("id", *(name for name in TEXTS if name != "state"), *DAYS)


def answer(box: list[float], wanted: int) -> bytes:
    """Count, list and render."""
    rows = Asset.objects.filter(
        visibility="published", state="open", location__coveredby=Polygon.from_bbox(box)
    )
    rows.count()
    page = rows.order_by("name", "id")[:wanted]
    return JSONRenderer().render(AssetSerializer(page, many=True).data)


def main(box: str, wanted: int, repeats: int) -> None:
    """Answer, two more times than told to warm up."""
    times, body = [], b""
    for _ in range(repeats + 2):
        since = time.monotonic()
        body = answer([float(part) for part in box.split(",")], wanted)
        times.append(1000 * (time.monotonic() - since))
    print(json.dumps({"features": len(json.loads(body)["features"]), "ms": times[2:]}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
