"""Routers that an operator may set: they measure the way along real paths and streets.

Only addresses of the settings are asked, never one that came with a request; redirects
are not followed, an answer has a time and a size, and whatever is odd about it counts as
no answer. What is sent is where the home and the public places lie, and nothing else.
"""

import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final, TypeAlias
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

Spot: TypeAlias = tuple[float, float]
"""Longitude and latitude, in degrees."""

Measured: TypeAlias = list[float | None]
"""In the order asked; None: no way was found."""

LARGEST_ANSWER: Final = 1_000_000
"""Bytes: a hundred times what the largest question is answered with."""


class RouterError(Exception):
    """A router did not answer, or not as its kind does."""


@dataclass(frozen=True)
class Router:
    """What measures one way of going."""

    name: str  # as pages say it
    at_once: int  # targets of one question, below what these servers allow by default
    measure: Callable[[Spot, Sequence[Spot], float], Measured]

    def __call__(self, home: Spot, spots: Sequence[Spot], *, deadline: float) -> Measured:
        """Measure from a home to each spot.

        Raises:
            RouterError: it did not answer by ``deadline`` (``time.monotonic``).
        """
        found: Measured = []
        for batch in _batches(spots, self.at_once):
            answer = self.measure(home, batch, deadline)
            if len(answer) != len(batch):
                raise RouterError(f"{self.name} answered for {len(answer)} of {len(batch)}")
            found += answer
        return found


def on_foot() -> Router | None:
    """Return what measures metres on foot; None where the operator has set nothing."""
    if url := settings.VALHALLA_URL:
        asked = {"costing": "pedestrian", "units": "kilometers"}
        options = {"costing_options": {"pedestrian": {"type": "wheelchair"}}}
        return _valhalla(url, asked | options, lambda cell: _number(cell, "distance", 1000))
    return _osrm(settings.OSRM_FOOT_URL, "foot", "distances", 1)


def by_road() -> Router | None:
    """Return what measures minutes by road; None where the operator has set nothing."""
    if url := settings.VALHALLA_URL:
        return _valhalla(url, {"costing": "auto"}, lambda cell: _number(cell, "time", 1 / 60))
    return _osrm(settings.OSRM_ROAD_URL, "driving", "durations", 1 / 60)


def _osrm(url: str, profile: str, table: str, times: float) -> Router | None:
    """Return OSRM's table service. Source: https://project-osrm.org/docs (table service)."""
    if not url:
        return None

    def measure(home: Spot, spots: Sequence[Spot], deadline: float) -> Measured:
        pairs = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in [home, *spots])
        query = f"sources=0&annotations={table.removesuffix('s')}"
        answer = _ask(url, f"/table/v1/{profile}/{pairs}?{query}", None, deadline)
        if answer.get("code") != "Ok":
            raise RouterError("OSRM answered something else")
        row = _first_row(answer.get(table))
        return [_number({"": value}, "", times) for value in row[1:]]

    return Router("OSRM", 99, measure)


def _valhalla(url: str, asked: dict[str, Any], read: Callable[[Any], float | None]) -> Router:
    """Return Valhalla's matrix. Source: https://valhalla.github.io/valhalla (matrix)."""

    def measure(home: Spot, spots: Sequence[Spot], deadline: float) -> Measured:
        places = [{"lon": lon, "lat": lat} for lon, lat in [home, *spots]]
        body = asked | {"sources": places[:1], "targets": places[1:]}
        answer = _ask(url, "/sources_to_targets", body, deadline)
        return [read(cell) for cell in _first_row(answer.get("sources_to_targets"))]

    return Router("Valhalla", 49, measure)


def _first_row(rows: Any) -> list[Any]:
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], list):
        raise RouterError("the router answered without a table")
    return rows[0]


def _number(cell: Any, key: str, times: float) -> float | None:
    """Read a number of an answer; null is a place that no way leads to."""
    value = cell.get(key) if isinstance(cell, dict) else False
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RouterError("the router answered something that is no number")
    if not math.isfinite(value) or value < 0:
        raise RouterError("the router answered an impossible number")
    return value * times


def _ask(url: str, path: str, body: Any, deadline: float) -> dict[str, Any]:
    """Return the JSON object that a router answers with.

    Raises:
        RouterError: there is none in time.
    """
    parts = _checked(url)
    left = deadline - time.monotonic()
    if left <= 0:
        raise RouterError("the router takes too long")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=min(left, _patience()))
    headers = {"Accept": "application/json", "User-Agent": "care-home-friends-and-neighbours"}
    target = f"{parts.path.rstrip('/')}{path}"
    try:
        if body is None:
            connection.request("GET", target, headers=headers)
        else:
            headers["Content-Type"] = "application/json"
            connection.request("POST", target, json.dumps(body), headers)
        response = connection.getresponse()
        if response.status != 200:
            raise RouterError(f"the router answers {response.status}")
        found = _read(response, deadline)
        answer = json.loads(found)
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise RouterError(f"the router does not answer ({type(error).__name__})") from error
    finally:
        connection.close()
    if not isinstance(answer, dict):
        raise RouterError("the router answered something else")
    return answer


def _read(response: Any, deadline: float) -> bytes:
    found = bytearray()
    while chunk := response.read1(65_536):
        found += chunk
        if len(found) > LARGEST_ANSWER:
            raise RouterError("the router's answer is too large")
        if time.monotonic() > deadline:
            raise RouterError("the router takes too long")
    return bytes(found)


def _checked(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise RouterError("the router's address is none of the form https://host/path")
    return parts


def _patience() -> float:
    return float(settings.ROUTER_TIMEOUT_S)


def _batches(spots: Sequence[Spot], size: int) -> Iterator[Sequence[Spot]]:
    for start in range(0, len(spots), size):
        yield spots[start : start + size]
