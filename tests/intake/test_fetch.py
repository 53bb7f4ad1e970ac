"""The one way out: allowed hosts alone, politely, with limits."""

import datetime as dt
import socket
from email.utils import format_datetime

import pytest

from intake import fetch
from intake.errors import IntakeError
from intake.fetch import Client
from tests.intake.feed_server import Reply, serve


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.IMPORT_HOSTS = ["127.0.0.1", "feed.example"]


class Slept(list):
    """Takes note of how long it was asked to sleep."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def get(url: str, path: str = "/", sleep=None):
    with Client(url, sleep=Slept() if sleep is None else sleep) as client:
        return client.get_json(url + path)


def test_says_who_asks_and_whom_to_write_to():
    with serve(lambda path, query: Reply({"path": path, **query})) as (url, asked):
        assert get(url, "/services?page=2") == {"path": "/services", "page": "2"}

    agent = asked[0][1]["User-Agent"]
    assert agent.startswith("CareHomeFriendsAndNeighbours/1 (+http")
    assert "friends@localhost" in agent


def test_pauses_between_two_requests_over_one_connection():
    slept = Slept()
    with (
        serve(lambda path, query: Reply([])) as (url, _),
        Client(url, sleep=slept) as client,
    ):
        client.get_json(f"{url}/a")
        client.get_json(f"{url}/b")

    assert slept == [0.2]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_waits_as_long_as_a_busy_server_says_and_asks_again(status):
    slept, replies = Slept(), [Reply(status=status, Retry_After="7"), Reply({"ok": True})]
    with serve(lambda path, query: replies.pop(0)) as (url, _):
        assert get(url, sleep=slept) == {"ok": True}

    assert slept == [7]


def test_a_day_to_wait_until_is_understood_and_nobody_makes_us_wait_for_an_hour():
    then = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1), usegmt=True)
    slept = Slept()
    replies = [
        Reply(status=503, Retry_After=then),
        Reply(status=503, Retry_After="soon"),
        Reply(1),
    ]
    with serve(lambda path, query: replies.pop(0)) as (url, _):
        get(url, sleep=slept)

    assert slept == [60, 2]


def test_gives_up_on_a_server_that_stays_busy():
    with (
        serve(lambda path, query: Reply(status=503)) as (url, asked),
        pytest.raises(IntakeError, match=r"the server answers 503, asked 4 times"),
    ):
        get(url)
    assert len(asked) == 4


def test_a_server_that_is_not_there_is_a_sentence():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(
        IntakeError, match=r"does not answer .Connection refused., asked 4 times"
    ):
        get(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(status=301, Location="https://elsewhere.example/"), "sends us elsewhere"),
        (Reply(status=404), "the server answers 404"),
        (Reply(b"<p>", Content_Type="text/html"), "answers with text/html, not with JSON"),
        (Reply(b"{"), "is not whole JSON"),
        (Reply(b"\xff\xfe"), "is not whole JSON"),
        (Reply(b'{"a": NaN}'), "is not whole JSON"),
        (Reply(b"[" * 100_000), "is not whole JSON"),
    ],
)
def test_refuses_an_answer_that_cannot_be_used(reply, words):
    with serve(lambda path, query: reply) as (url, _), pytest.raises(IntakeError, match=words):
        get(url)


def test_stops_reading_an_answer_that_is_too_large(settings):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "packed_bytes": 1024}
    with (
        serve(lambda path, query: Reply("x" * 300_000)) as (url, _),
        pytest.raises(IntakeError, match=r"the answer has more than 1 kB"),
    ):
        get(url)


def test_all_answers_together_have_a_limit_as_well(settings):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "unpacked_bytes": 150}
    with (
        serve(lambda path, query: Reply("x" * 98)) as (url, _),
        Client(url, sleep=Slept()) as client,
    ):
        client.get_json(f"{url}/1")
        with pytest.raises(IntakeError, match=r"more than 50 bytes"):
            client.get_json(f"{url}/2")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://other.example/", "FANS_IMPORT_HOSTS=other.example"),
        ("https://feed.example.evil.example/", "no server is asked"),
        ("http://feed.example/", "must begin with https://"),
        ("https://me:secret@feed.example/", "this is no address of the form"),
        ("ftp://feed.example/", "this is no address of the form"),
        ("https://feed.example:port/", "this is no address"),
        ("https:///services", "this is no address of the form"),
        ("https://feed.example:22/", "FANS_IMPORT_HOSTS=feed.example:22"),
        ("https://feed.example\\@127.0.0.1/", "this is no address of the form"),
    ],
)
def test_asks_no_host_that_is_not_allowed(url, words):
    with pytest.raises(IntakeError, match=words):
        Client(url)


def test_asks_nobody_unless_the_operator_allows_it(settings):
    settings.IMPORT_HOSTS = []

    with pytest.raises(IntakeError, match=r"no server is asked for files. To allow one, put"):
        Client("http://127.0.0.1:8000/")


@pytest.mark.parametrize(
    "inside",
    [
        "127.0.0.1",
        "10.0.0.8",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_an_allowed_name_that_leads_inside_is_not_followed(monkeypatch, inside):
    family = socket.AF_INET6 if ":" in inside else socket.AF_INET
    answer = [(family, socket.SOCK_STREAM, 6, "", (inside, 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: answer)

    with pytest.raises(
        IntakeError, match=r"feed.example leads to .* which is not on the internet"
    ):
        get("https://feed.example")


def test_one_client_asks_one_host():
    with (
        serve(lambda path, query: Reply(1)) as (url, _),
        Client(url, sleep=Slept()) as client,
        pytest.raises(IntakeError, match=r"only one host"),
    ):
        client.get_json("http://127.0.0.1:9/")


def test_a_port_of_its_own_is_allowed_by_name(settings):
    settings.IMPORT_HOSTS = ["feed.example:8443", "feed.example"]

    assert Client("https://feed.example:8443/").port == 8443
    assert Client("https://feed.example:443/").port == 443


def test_a_name_that_leads_inside_later_is_not_followed_either(monkeypatch):
    """The server closes the connection; by then its name leads elsewhere."""
    real, looked_up = fetch._address_of, []

    def look_up(host, port):
        looked_up.append(host)
        if len(looked_up) > 1:
            raise IntakeError("it leads inside now")
        return real(host, port)

    monkeypatch.setattr(fetch, "_address_of", look_up)
    with (
        serve(lambda path, query: Reply(1, Connection="close")) as (url, asked),
        Client(url, sleep=Slept()) as client,
    ):
        assert client.get_json(f"{url}/a") == 1
        with pytest.raises(IntakeError, match=r"it leads inside now"):
            client.get_json(f"{url}/b")

    assert len(asked) == 1


def test_an_address_may_have_letters_that_are_sent_as_bytes():
    with serve(lambda path, query: Reply({"path": path, **query})) as (url, _):
        assert get(url, "/caf\u00e9s and more?q=\u00e9&r=%20") == {
            "path": "/caf%C3%A9s%20and%20more",
            "q": "\u00e9",
            "r": " ",
        }
