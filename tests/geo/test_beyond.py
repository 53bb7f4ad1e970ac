"""Geocoders outside: asked politely, left alone when they fail, never when none is chosen."""

import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from geo.beyond import FAILURES_TO_OPEN, BeyondError, ask_beyond
from geo.geocoders import KNOWN, make_geocoder

pytestmark = pytest.mark.django_db

PUB = {"lat": "53.4245", "lon": "-2.3220", "display_name": "The  Bridge Inn, Sale"}
PARIS = {"lat": "48.8566", "lon": "2.3522", "display_name": "Paris"}


class Answers(BaseHTTPRequestHandler):
    """Says what the test has laid ready, and notes what was asked."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(settings):
    """A geocoder on this machine, chosen as the site's Nominatim."""
    cache.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as found:
        found.asked, found.status, found.body = [], 200, json.dumps([PUB, PARIS]).encode()
        settings.GEOCODER = "nominatim"
        settings.GEOCODER_URL = f"http://127.0.0.1:{found.server_port}/own"
        thread = threading.Thread(target=found.serve_forever, args=[0.05])
        thread.start()
        yield found
        found.shutdown()
        thread.join()
    cache.clear()


def next_turn():
    cache.delete("geo.beyond.turn")


def test_asks_nobody_where_the_operator_has_chosen_none(server, settings):
    settings.GEOCODER = ""

    assert ask_beyond("bridge inn, sale") == []
    assert server.asked == []


def test_gives_what_lies_in_the_uk_with_whom_to_name(server):
    (found,) = ask_beyond("Bridge  Inn, Sale")

    assert (found.name, found.lon, found.lat) == ("The Bridge Inn, Sale", -2.322, 53.4245)
    assert found.attribution == "© OpenStreetMap contributors"


def test_tells_the_geocoder_who_asks_and_asks_about_the_uk_alone(server, settings):
    ask_beyond("bridge inn, sale")

    ((path, agent),) = server.asked
    query = parse_qs(urlsplit(path).query)
    assert path.startswith("/own/search?")
    assert query["q"] == ["bridge inn, sale"]
    assert query["countrycodes"] == ["gb"]
    assert settings.SITE_URL in agent


def test_keeps_an_answer_and_also_that_there_is_none(server):
    ask_beyond("bridge inn, sale")
    ask_beyond(" BRIDGE INN,  Sale ")
    next_turn()
    server.body = b"[]"
    assert ask_beyond("nowhere at all 1") == []
    assert ask_beyond("nowhere at all 1") == []

    assert len(server.asked) == 2


@pytest.mark.parametrize("seconds", [60, 24 * 3600])
def test_nobody_uses_the_operators_quota_up(server, settings, monkeypatch, seconds):
    monkeypatch.setattr("geo.beyond.BUDGETS", ((seconds, 2),))
    settings.GEOCODER = "photon"
    server.body = b'{"features": []}'
    begun = timezone.now().replace(hour=1, minute=0, second=0)
    with time_machine.travel(begun, tick=False):
        ask_beyond("1 elm road")
        ask_beyond("2 elm road")
        with pytest.raises(BeyondError, match="asked a lot"):
            ask_beyond("3 elm road")
        assert ask_beyond("1 elm road") == []
    assert len(server.asked) == 2

    with time_machine.travel(begun + dt.timedelta(seconds=seconds), tick=False):
        ask_beyond("3 elm road")
    assert len(server.asked) == 3


def test_says_only_again_what_was_answered_before(server):
    assert ask_beyond("bridge inn, sale", only_kept=True) == []
    assert server.asked == []

    ask_beyond("bridge inn, sale")
    assert ask_beyond("bridge inn, sale", only_kept=True) != []


def test_asks_nominatim_once_a_second_for_the_whole_site(server):
    ask_beyond("bridge inn, sale")

    with pytest.raises(BeyondError, match="once a second"):
        ask_beyond("another inn, sale")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "broken", [(500, b""), (200, b"<html>"), (200, b'[{"no": "place"}]'), (200, b"7")]
)
def test_leaves_a_geocoder_alone_after_some_failures(server, broken):
    server.status, server.body = broken
    for number in range(FAILURES_TO_OPEN + 2):
        next_turn()
        with pytest.raises(BeyondError, match="does not answer"):
            ask_beyond(f"{number} bridge street")

    assert len(server.asked) == FAILURES_TO_OPEN


def test_asks_again_after_a_while_and_forgets_failures_with_an_answer(server):
    whole, server.status = server.body, 503
    for number in range(FAILURES_TO_OPEN):
        next_turn()
        with pytest.raises(BeyondError):
            ask_beyond(f"{number} bridge street")
    cache.delete("geo.beyond.left-alone")  # as time does
    server.status, server.body = 200, whole
    next_turn()

    assert ask_beyond("bridge inn, sale")
    server.status = 503
    next_turn()
    with pytest.raises(BeyondError):
        ask_beyond("9 bridge street")
    assert cache.get("geo.beyond.left-alone") is None


def test_keeps_no_words_that_somebody_has_typed(server, monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "set", lambda *args, **_: kept.append(args))

    ask_beyond("12 Private Lane, Sale")

    assert kept
    assert "private" not in str(kept).lower()


def test_reads_postcodes_io(server, settings):
    settings.GEOCODER = "postcodes_io"
    row = {"postcode": "M33 2DH", "latitude": 53.42, "longitude": -2.32}
    server.body = json.dumps(
        {"status": 200, "result": [row, {**row, "latitude": None}]}
    ).encode()

    (found,) = ask_beyond("M33 2DH")

    assert (found.name, found.source) == ("M33 2DH", "postcodes_io")


@pytest.mark.parametrize("slug", KNOWN)
def test_every_geocoder_can_be_made(settings, slug):
    settings.GEOCODER_KEY = "key"

    assert make_geocoder(KNOWN[slug])
