"""Care homes by their names, as everybody may see them."""

from typing import Final

from django.contrib.gis.db.models.functions import GeometryDistance
from django.contrib.gis.geos import Point
from django.db.models import F

from assets.search import wanted
from frontend.searching.walking import fitting_ids
from homes.models import Home
from homes.shown import nearest_shown, shown_homes

WALKED: Final = 300
"""So many of the nearest are read: a search that is sent off looks through all."""


def find_homes(text: str, *, middle: Point, limit: int) -> list[Home]:
    """Return homes whose shown name has every word, with ``distance``, the nearest first.

    A small home is only ever found by the part of a postcode that it is shown by.
    """
    asked = wanted(text)
    if not asked:
        return []
    shown = shown_homes().filter(shown_at__isnull=False).annotate(text=F("shown_name"))
    near = shown.order_by(GeometryDistance("shown_at", middle))[:WALKED]
    ids = fitting_ids(near, asked, limit)
    if not ids:
        return []
    told = shown_homes().filter(pk__in=ids).only("shown_name", "shown_at", "local_authority")
    return list(nearest_shown(told, to=middle))
