"""Ways measured by a router, made up here on 127.0.0.1; and what happens without one."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.cache import cache

from fans.connections.gaps import routers
from fans.connections.gaps.candidates import Place
from fans.connections.gaps.going import SILENT_WORDS, STRAIGHT_WORDS, ways_to
from fans.connections.gaps.routers import LARGEST_ANSWER, RouterError
from tests.factories import SALE


class Fake(HTTPServer):
    """A router: answers each place with the next of its numbers, and remembers questions."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[str] = []
        self.foot = 700.0
        self.road = 480.0  # seconds
        self.answer = None  # (status, body) instead of the usual one
        self.pause_s = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    server: Fake

    def do_GET(self) -> None:  # OSRM
        self.server.asked.append(self.path)
        places = self.path.split("/")[-1].split("?")[0].count(";")
        if "/foot/" in self.path:
            self.reply({"code": "Ok", "distances": [[0] + [self.server.foot] * places]})
        else:
            self.reply({"code": "Ok", "durations": [[0] + [self.server.road] * places]})

    def do_POST(self) -> None:  # Valhalla
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body["costing"])
        cell = {"distance": self.server.foot / 1000, "time": self.server.road}
        self.reply({"sources_to_targets": [[cell for _ in body["targets"]]]})

    def reply(self, found) -> None:
        time.sleep(self.server.pause_s)
        status, body = self.server.answer or (200, json.dumps(found).encode())
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def fake(settings):
    """A router that stands, and is asked for nothing until the settings name it."""
    cache.clear()
    settings.ROUTER_TIMEOUT_S = 1
    with Fake() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
    cache.clear()


@pytest.fixture
def osrm(fake, settings):
    settings.OSRM_FOOT_URL = settings.OSRM_ROAD_URL = fake.url
    return fake


@pytest.fixture
def valhalla(fake, settings):
    settings.VALHALLA_URL = fake.url + "/"
    return fake


def place(pk: int, metres: float) -> Place:
    empty = ("", "", "", "", None, None, "unknown", "unknown", "fresh")
    return Place(pk, f"Place {pk}", "sport", *empty, SALE.x + pk / 1000, SALE.y, metres)


NEAR, FAR = place(1, 500), place(2, 3000)


def going(*places, minibus=True):
    return ways_to(SALE, places, key=7, has_minibus=minibus)


def test_without_a_router_a_straight_line_stands_in_and_the_words_say_so(settings) -> None:
    found = going(NEAR)

    assert found.ways[1].walk_m == pytest.approx(650)
    assert found.words == STRAIGHT_WORDS
    assert "1.3" in found.words
    assert not found.measured


def test_osrm_measures_walks_in_metres_and_the_minibus_in_minutes(osrm) -> None:
    found = going(NEAR, FAR)

    assert found.ways[1].walk_m == 700
    assert found.ways[2].ride_min == 8
    assert found.measured
    assert "OSRM" in found.words
    assert "straight line" in found.words  # of what is too far to be walked to


def test_valhalla_measures_the_same_for_a_wheelchair(valhalla) -> None:
    found = going(NEAR, FAR)

    assert found.ways[1].walk_m == 700
    assert found.ways[2].ride_min == 8
    assert "Valhalla" in found.words
    assert valhalla.asked == ["pedestrian", "auto"]


def test_the_minibus_is_asked_about_only_for_a_home_that_has_one(osrm) -> None:
    going(NEAR, FAR, minibus=False)

    assert all("/foot/" in path for path in osrm.asked)


def test_what_a_home_was_told_is_kept_and_only_new_places_are_asked_for(osrm) -> None:
    going(NEAR, minibus=False)
    going(NEAR, minibus=False)
    assert len(osrm.asked) == 1

    going(NEAR, place(3, 400), minibus=False)

    assert len(osrm.asked) == 2
    assert osrm.asked[1].count(";") == 1


def test_many_places_are_asked_for_in_parts_that_servers_take(osrm) -> None:
    found = going(*(place(pk, 500) for pk in range(1, 251)), minibus=False)

    assert len(osrm.asked) == 3
    assert max(path.count(";") for path in osrm.asked) == 99
    assert all(way.walk_m == 700 for way in found.ways.values())


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"{}"),
        (302, b"{}"),  # a redirect is not followed
        (200, b"<html>"),
        (200, b"[]"),
        (200, b'{"code": "NoTable"}'),
        (200, b'{"code": "Ok", "distances": [[0]]}'),
        (200, b'{"code": "Ok", "distances": [[0, "far"]]}'),
        (200, b'{"code": "Ok", "distances": [[0, -5]]}'),
        (200, b'{"code": "Ok", "distances": [[0, NaN]]}'),
        (200, b'{"code": "Ok", "distances": [[0, true]]}'),
        (200, b'{"code": "Ok", "distances": 5}'),
        (200, b" " * (LARGEST_ANSWER + 1)),
        (200, b"[" * 100_000),
    ],
)
def test_an_odd_answer_is_no_answer_and_the_straight_line_stands_in(osrm, answer) -> None:
    osrm.answer = answer

    found = going(NEAR)

    assert found.ways[1].walk_m == pytest.approx(650)
    assert found.words == SILENT_WORDS


def test_a_slow_router_is_not_waited_for_and_then_left_alone_for_a_while(
    osrm, settings
) -> None:
    settings.ROUTER_TIMEOUT_S = 0.1
    osrm.pause_s = 0.3
    since = time.monotonic()

    assert going(NEAR).words == SILENT_WORDS
    assert going(NEAR).words == SILENT_WORDS

    assert time.monotonic() - since < 2
    assert len(osrm.asked) <= 1


def test_where_no_path_leads_the_place_is_not_walked_to(osrm) -> None:
    osrm.answer = (200, b'{"code": "Ok", "distances": [[0, null]]}')

    found = going(NEAR, minibus=False)

    assert found.ways[1].walk_m is None
    assert found.measured


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1", "//x", "http://x?y=1"]
)
def test_an_address_that_is_none_of_a_router_is_never_opened(settings, url) -> None:
    settings.OSRM_FOOT_URL = url
    router = routers.on_foot()
    assert router is not None

    with pytest.raises(RouterError):
        router((SALE.x, SALE.y), [(SALE.x, SALE.y)], deadline=time.monotonic() + 1)
