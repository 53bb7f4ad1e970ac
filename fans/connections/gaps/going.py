"""The way from one home to its places: measured where it can be, and always saying how."""

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.cache import cache

from fans.connections.gaps import routers
from fans.connections.gaps.candidates import Place
from fans.connections.gaps.routers import Router, RouterError, Spot
from fans.connections.gaps.ways import WALK_M, Way, straight

KEPT_S: Final = 7 * 24 * 3600
"""Streets change slowly: so long a home's measured ways are kept."""

SULK_S: Final = 120
"""So long a router that did not answer is left alone."""

_SILENT: Final = "gaps:router-silent"

STRAIGHT_WORDS: Final = (
    "Distances are a straight line times 1.3, since no router is set up: a river or a "
    "railway may make the way longer."
)
SILENT_WORDS: Final = (
    "The router did not answer, so distances are a straight line times 1.3: a river or a "
    "railway may make the way longer."
)


@dataclass(frozen=True)
class Going:
    """The way to each place, by its id, and how it is known."""

    ways: dict[int, Way]
    words: str
    measured: bool = False


def ways_to(home: Point, places: Sequence[Place], *, key: int, has_minibus: bool) -> Going:
    """Return the way from a home to each place.

    ``key`` names the home in the cache. A router that is silent, slow or odd is never an
    error of the page: the straight line stands in, and the words say so.
    """
    estimate = {place.pk: straight(place.metres) for place in places}
    foot, road = routers.on_foot(), routers.by_road() if has_minibus else None
    if foot is None and road is None:
        return Going(estimate, STRAIGHT_WORDS)
    if cache.get(_SILENT):
        return Going(estimate, SILENT_WORDS)
    asking = _Asking(home, key)
    # A way is never shorter than the line: what lies further off cannot be walked to.
    near = [place for place in places if place.metres <= WALK_M]
    try:
        ways = dict(estimate)
        for pk, metres in asking.measured("foot", foot, near).items():
            ways[pk] = replace(ways[pk], walk_m=metres, measured=True)
        on_wheels = [p for p in places if (ways[p.pk].walk_m or WALK_M + 1) > WALK_M]
        for pk, minutes in asking.measured("road", road, on_wheels).items():
            ways[pk] = replace(ways[pk], ride_min=minutes, measured=True)
    except RouterError:
        cache.set(_SILENT, 1, SULK_S)
        return Going(estimate, SILENT_WORDS)
    return Going(ways, _words(foot, road), measured=True)


def _words(foot: Router | None, road: Router | None) -> str:
    said = []
    if foot:
        said.append(f"Walks are measured along footpaths by {foot.name}")
    if road:
        said.append(f"minibus times along roads by {road.name}")
    rest = "; all else is a straight line times 1.3."
    words = " and ".join(said)
    return words[:1].upper() + words[1:] + rest


class _Asking:
    """Asks only for what is not known yet of one home."""

    def __init__(self, home: Point, key: int) -> None:
        self.home: Spot = (home.x, home.y)
        urls = (settings.VALHALLA_URL, settings.OSRM_FOOT_URL, settings.OSRM_ROAD_URL)
        where = hashlib.sha256(repr((self.home, urls)).encode()).hexdigest()[:16]
        self.key = f"gaps:ways:{key}:{where}"
        self.deadline = time.monotonic() + settings.ROUTER_TIMEOUT_S

    def measured(
        self, mode: str, router: Router | None, places: Iterable[Place]
    ) -> dict[int, float | None]:
        """Return what a router measures to each place, by its id; nothing without one."""
        if router is None:
            return {}
        wanted = {place.pk: (round(place.lon, 6), round(place.lat, 6)) for place in places}
        known: dict[Spot, float | None] = cache.get(f"{self.key}:{mode}") or {}
        new = [spot for spot in dict.fromkeys(wanted.values()) if spot not in known]
        if new:
            answers = router(self.home, new, deadline=self.deadline)
            known = known | dict(zip(new, answers, strict=True))
            cache.set(f"{self.key}:{mode}", known, KEPT_S)
        return {pk: known[spot] for pk, spot in wanted.items()}
