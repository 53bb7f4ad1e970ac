"""The short way to a tile gives what the long way gives: byte for byte, header for header."""

import io

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import (
    OperationalError,
    close_old_connections,
    connection,
    connections,
    transaction,
)

from assets.models import Asset, Visibility
from frontend.public_tiles import public_tiles
from frontend.quick_tiles import QuickTiles
from geo.tiles import GeographyBox, PostGISAdapter, in_uk_box, uk_part
from tests.factories import SALE, AssetFactory, HomeFactory
from tests.test_every_tile import address, counted

pytestmark = pytest.mark.django_db

CLOSE = address("assets", 14, SALE)
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}
PLAIN = [
    *(address(layer, zoom, SALE) for layer in ("assets", "homes") for zoom in (5, 12, 14, 18)),
    "/tiles/assets/16/0/0.mvt",
    *(f"{CLOSE}?{query}" for query in ("category=faith&check_state=fresh", "offers=on")),
    *(f"{CLOSE}?{query}" for query in ("show=homes", "wheelchair=yes", "q=", "category=")),
]
GARBAGE = [
    *(
        f"{CLOSE}?{query}"
        for query in ("x=1", "category=none", "show=all", "q=a%00b", "q=hall")
    ),
    *(
        f"{CLOSE}?{query}"
        for query in ("q=" + "x" * 600, "category=\xe9", "bbox=1,2,3,4", "&&")
    ),
    *("/tiles/assets/19/0/0.mvt", "/tiles/assets/5/32/0.mvt", "/tiles/assets/5/-1/0.mvt"),
    *("/tiles/assets/5/15/10.mvt\n", "/tiles/assets/05/015/010.mvt", "/tiles/none/5/15/10.mvt"),
    *("/tiles/areas/5/15/10.mvt", "/tiles/assets/5/15/10.mvt/", "/tiles/assets/5/٣/10.mvt"),
]


def asked(application, url, **environ):
    """Ask over WSGI: status, headers and body, as they are sent."""
    path, _, query = url.partition("?")
    said = []
    whole = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "PATH_INFO": path.encode().decode("latin-1"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        **environ,
    }
    answer = application(whole, lambda status, headers, *_: said.append((status, headers)))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    (head,) = said
    return *head, body


class LongWay:
    """Django itself; counts who comes."""

    def __init__(self):
        self.site, self.asked = WSGIHandler(), 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return self.site(environ, start_response)


@pytest.fixture
def long():
    # Each request would close the connection, and with it the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield _long()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _long():
    AssetFactory.create_batch(9, category="faith", check_state="fresh", could_give="Tea")
    AssetFactory(visibility=Visibility.DRAFT, published_on=None)
    HomeFactory()
    return LongWay()


@pytest.fixture
def short(long):
    return QuickTiles(long)


def came(long, do):
    """Return what comes of ``do``, and how often it took the long way."""
    before = long.asked
    return do(), long.asked - before


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("url", PLAIN)
@pytest.mark.parametrize("with_mark", [False, True])
@pytest.mark.parametrize("packing", [{}, GZIP], ids=["plain", "gzip"])
def test_both_ways_give_the_same(long, short, url, method, with_mark, packing):
    environ = {"REQUEST_METHOD": method, **packing}
    whole = asked(long, url, **environ)
    if with_mark:
        environ["HTTP_IF_NONE_MATCH"] = f'"x", {dict(whole[1])["ETag"]}'
        whole = asked(long, url, **environ)
    asked(short, url, **environ)  # the headers are learned

    answer, longs = came(long, lambda: asked(short, url, **environ))

    assert answer == whole
    assert longs == 0
    assert answer[0] == ("304 Not Modified" if with_mark else "200 OK")


@pytest.mark.parametrize("url", GARBAGE, ids=lambda url: url[:60])
def test_what_is_not_plain_is_answered_by_the_long_way(long, short, url):
    for _ in range(2):
        assert asked(short, url) == asked(long, url)


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_HOST": ""},
        {"REQUEST_METHOD": "POST"},
        {"SCRIPT_NAME": "/under"},
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=x"},
        {"HTTP_COOKIE": f"a=b;{settings.SESSION_COOKIE_NAME}"},
        {"HTTP_COOKIE": f"{settings.CSRF_COOKIE_NAME}=broken"},
    ],
    ids=str,
)
def test_whoever_may_not_be_a_plain_visitor_takes_the_long_way(long, short, environ):
    for _ in range(2):
        asked(short, CLOSE)
    for _ in range(2):
        answer, longs = came(long, lambda: asked(short, CLOSE, **environ))
        assert longs == 1
        assert answer[0] == asked(long, CLOSE, **environ)[0]


def test_a_champion_is_drawn_a_draft_and_the_next_visitor_is_not(long, short, client, champion):
    client.force_login(champion)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
    counts = [
        counted(asked(short, CLOSE, **environ)[2], "assets")
        for environ in ({}, {"HTTP_COOKIE": cookie}, {}, {"HTTP_COOKIE": cookie})
    ]

    assert counts == [9, 10, 9, 10]


@pytest.mark.parametrize("zoom", [5, 12, 14])
def test_what_is_hidden_is_gone_in_the_very_next_tile(short, zoom):
    url = address("assets", zoom, SALE)
    for _ in range(2):
        _status, headers, body = asked(short, url)
    assert counted(body, "assets") == 9

    Asset.objects.filter(visibility=Visibility.PUBLISHED).update(visibility=Visibility.HIDDEN)

    gone = asked(short, url, HTTP_IF_NONE_MATCH=dict(headers)["ETag"])
    assert gone[0] == "200 OK"
    assert counted(gone[2], "assets") == 0


def test_a_visitors_tile_costs_one_question(short, django_assert_num_queries):
    asked(short, CLOSE)
    with django_assert_num_queries(1):
        asked(short, CLOSE)


def test_what_takes_too_long_is_asked_once_and_told_in_plain_words(
    long, short, monkeypatch, caplog
):
    asked(short, CLOSE)
    times = []

    def sleep(*_):
        times.append(1)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(30)")

    monkeypatch.setattr("geo.tiles.PointsStatement.encode", sleep)
    status, headers, body = asked(short, CLOSE)

    assert status == "503 Service Unavailable"
    assert dict(headers)["Retry-After"] == "10"
    assert b"The site is busy" in body
    assert "frontend:tile: QueryCanceled" in caplog.text
    assert len(times) == 1


def test_a_broken_connection_is_left_to_the_long_way(long, short, monkeypatch):
    whole = [asked(short, CLOSE) for _ in range(2)][-1]
    right = public_tiles("assets", "", settings.TILES_DATABASE).drawn
    tries = []

    def once_broken(self, tile):
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("server closed the connection unexpectedly")
        return right(tile)

    monkeypatch.setattr("frontend.public_tiles.PublicTiles.drawn", once_broken)
    monkeypatch.setattr(connections["default"], "is_usable", lambda: False)
    answer, longs = came(long, lambda: asked(short, CLOSE))

    assert (answer, longs) == (whole, 1)


def test_headers_are_learned_for_each_host_and_scheme_and_never_with_a_cookie(long):
    def giving(environ, start_response):
        extra = [("Set-Cookie", "a=b")] if environ["HTTP_HOST"] == "localhost" else []
        return long(environ, lambda status, head, *rest: start_response(status, head + extra))

    short = QuickTiles(giving)
    for host, secure, longs in (
        *[("localhost", "http", 1)] * 2,
        *(("127.0.0.1", "http", 1), ("127.0.0.1", "http", 0), ("127.0.0.1", "https", 1)),
    ):
        environ = {"HTTP_HOST": host, "wsgi.url_scheme": secure}
        assert came(long, lambda asks=environ: asked(short, CLOSE, **asks))[1] == longs


def test_hosts_that_somebody_makes_up_fill_no_memory(long, short, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for number in range(70):
        asked(short, CLOSE, HTTP_HOST=f"h{number}.example")

    assert len(short.heads) <= 64


def test_a_box_is_written_as_geos_writes_it():
    bbox = (-2.35, 53.4, -2.3, 53.45)
    polygon = in_uk_box(bbox)
    polygon.srid = 4326

    assert GeographyBox(*uk_part(bbox)) == PostGISAdapter(polygon, geography=True)
