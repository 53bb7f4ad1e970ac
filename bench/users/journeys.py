"""People who look around the map, for locust; run by ``bench/tasks/users.py``.

Everybody comes from an address of their own and keeps tiles as a browser does: what they
have, they ask about by its mark. Between two steps they read, for twenty to sixty seconds.

usage: locust -f journeys.py --spots FILE --summary FILE ..., in locust's environment
"""

import json
import math
import random
import re
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

from locust import FastHttpUser, between, events, task

WORDS = ("choir", "garden", "library", "church", "gardn", "M33", "Sale", "club", "walking")
KINDS = ("faith", "sport", "arts_culture", "garden_nature")
ZOOMS = (7, 10, 12, 13, 14, 15)
MOST_KEPT = 200
_numbers = count(1)
_dice = random.Random(7)  # noqa: S311 - everybody's steps, the same in each run


_spots: list[tuple[float, float]] = []  # lon, lat


@events.init_command_line_parser.add_listener
def add_arguments(parser: Any) -> None:
    """Take the files that the bench hands over."""
    parser.add_argument("--spots")
    parser.add_argument("--summary")


@events.init.add_listener
def read_spots(environment: Any, **_: Any) -> None:
    """Read where people look."""
    _spots.extend(json.loads(Path(environment.parsed_options.spots).read_text()))


def tile_at(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Return the tile that holds a point."""
    across = 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * across
    return int((lon + 180) / 360 * across), int(y)


def box_around(lon: float, lat: float, zoom: int) -> str:
    """Return the box of a view that is three tiles wide and high."""
    wide = 360 / 2**zoom * 1.5
    high = wide * math.cos(math.radians(lat))
    return f"{lon - wide:.5f},{lat - high:.5f},{lon + wide:.5f},{lat + high:.5f}"


class Visitor(FastHttpUser):
    """One person with one browser."""

    wait_time = between(20, 60)
    connection_timeout = network_timeout = 60.0

    def on_start(self) -> None:
        """Get an address, as behind a proxy, and an empty cache."""
        number = next(_numbers)
        self.address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self.kept, self.places = {}, []
        self.move()

    def move(self) -> None:
        """Look somewhere else."""
        self.lon, self.lat = _dice.choice(_spots)
        self.zoom = _dice.choice(ZOOMS)
        self.filters = _dice.choice(("", "", f"category={_dice.choice(KINDS)}"))

    def ask(self, path: str, name: str, **headers: str) -> Any:
        """Ask for an address; what counts is that it is answered well."""
        sent = {"X-Forwarded-For": self.address, "Accept-Encoding": "gzip", **headers}
        return self.client.get(path, name=name, headers=sent)

    def see(self) -> None:
        """Ask for the tiles and the list of the view, as the map does."""
        x, y = tile_at(self.lon, self.lat, self.zoom)
        for layer in ("assets", "homes"):
            for dx, dy in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
                query = f"?{self.filters}" if self.filters else ""
                self.tile(f"/tiles/{layer}/{self.zoom}/{x + dx}/{y + dy}.mvt{query}")
        box = box_around(self.lon, self.lat, self.zoom)
        listed = self.ask(f"/map/list/?bbox={box}&{self.filters}", "list")
        self.places = re.findall(r'href="(/places/\d+/)', listed.text or "")

    def tile(self, path: str) -> None:
        """Ask for a tile, by its mark where it is kept."""
        mark = self.kept.get(path)
        answer = self.ask(path, "tile", **({"If-None-Match": mark} if mark else {}))
        if answer.status_code == 200 and len(self.kept) < MOST_KEPT:
            self.kept[path] = answer.headers.get("ETag")

    @task(2)
    def open_the_map(self) -> None:
        """Open the map somewhere."""
        self.move()
        at = f"{self.lat:.5f},{self.lon:.5f},{self.zoom}"
        self.ask(f"/map/?at={at}&{self.filters}", "map page")
        self.see()

    @task(4)
    def go_on(self) -> None:
        """Push the map a little, or look closer."""
        self.lon += _dice.uniform(-1, 1) * 200 / 2**self.zoom
        self.zoom = min(16, max(6, self.zoom + _dice.choice((-1, 0, 0, 1, 1))))
        self.see()

    @task(2)
    def search(self) -> None:
        """Type a word, letter by letter as far as people go."""
        word = _dice.choice(WORDS)
        near = f"&near={self.lon:.5f},{self.lat:.5f}"
        for length in range(3, len(word) + 1):
            self.ask(f"/search/?q={word[:length]}{near}", "search")

    @task(2)
    def read_about_a_place(self) -> None:
        """Open a place of the list, and come back."""
        if self.places:
            self.ask(_dice.choice(self.places), "place page")
            self.see()


@events.quitting.add_listener
def write_summary(environment: Any, **_: Any) -> None:
    """Write down, by kind of request, how many there were and how long they took."""
    entries = [*environment.stats.entries.values(), environment.stats.total]
    told = {
        entry.name: {
            "requests": entry.num_requests,
            "failures": entry.num_failures,
            "p50": entry.get_response_time_percentile(0.5),
            "p95": entry.get_response_time_percentile(0.95),
            "p99": entry.get_response_time_percentile(0.99),
            "max": entry.max_response_time,
            "rps": entry.total_rps,
        }
        for entry in entries
    }
    # By kind and reason: each address is named in its own.
    reasons: Counter[str] = Counter()
    for one in environment.stats.errors.values():
        reasons[f"{one.name}: {str(one.error).rpartition(': ')[2]}"] += one.occurrences
    errors = [f"{reason} ({times} times)" for reason, times in reasons.most_common(10)]
    Path(environment.parsed_options.summary).write_text(
        json.dumps({"entries": told, "errors": errors})
    )
