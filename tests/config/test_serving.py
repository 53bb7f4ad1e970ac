"""While the site is served: statements end in time, and nobody waits for what hangs."""

import time

import pytest
from django.db import DEFAULT_DB_ALIAS, ConnectionHandler, connection, transaction
from django.urls import reverse

from assets.models import Asset
from config.env import TILES_TIMEOUT_MS, tiles_database
from config.serving import STATEMENT_TIMEOUT_MS, bound
from frontend.views.tiles import ASSETS
from geo.tiles import Tile, encode_points
from tests.mvt import read_tile

TILE = "/tiles/assets/14/8086/5304.mvt"


@pytest.fixture
def hangs(db, monkeypatch):
    """Let tiles, lists and the API ask something that never ends, bounded at 50 ms."""

    def sleep(*args, **kwargs):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(30)")

    monkeypatch.setattr("geo.tiles.PointsStatement.encode", sleep)
    monkeypatch.setattr("assets.api.count_found", sleep)
    monkeypatch.setattr("frontend.views.map.read_selection", sleep)


@pytest.mark.parametrize(
    ("address", "accept", "kind"),
    [
        (TILE, "*/*", "text/plain; charset=utf-8"),
        (reverse("frontend:map"), "text/html", "text/html; charset=utf-8"),
        (reverse("frontend:map_list"), "*/*", "text/plain; charset=utf-8"),
        ("/api/v1/assets/", "application/json", "application/problem+json"),
    ],
)
def test_a_statement_that_hangs_is_given_up_and_told_in_plain_words(
    client, hangs, address, accept, kind
):
    since = time.monotonic()
    answer = client.get(address, headers={"accept": accept})

    assert time.monotonic() - since < 10
    assert (answer.status_code, answer["Content-Type"]) == (503, kind)
    assert "The site is busy" in answer.content.decode()
    assert answer["Retry-After"] == "10"
    assert answer["Cache-Control"] == "no-store"


def test_what_somebody_searched_for_is_not_in_the_log_of_a_busy_site(client, hangs, caplog):
    client.get("/api/v1/assets/", {"q": "Jane Smith"})

    assert "api:assets-list: QueryCanceled" in caplog.text
    assert "Jane" not in caplog.text


def open_as(change) -> ConnectionHandler:
    """Return connections to the test's database with changed settings."""
    now = {**connection.settings_dict, "OPTIONS": dict(connection.settings_dict["OPTIONS"])}
    return ConnectionHandler({DEFAULT_DB_ALIAS: change(now) or now})


def shown(handler: ConnectionHandler, *names: str) -> list[str]:
    with handler[DEFAULT_DB_ALIAS].cursor() as cursor:
        values = []
        for name in names:
            cursor.execute(f"SHOW {name}")
            values.append(cursor.fetchone()[0])
        return values


@pytest.mark.django_db
def test_a_page_waits_for_no_statement_longer_than_it_may():
    handler = open_as(bound)
    try:
        assert shown(handler, "statement_timeout") == [f"{STATEMENT_TIMEOUT_MS // 1000}s"]
        assert handler[DEFAULT_DB_ALIAS].settings_dict["CONN_MAX_AGE"] > 0
    finally:
        handler.close_all()


@pytest.mark.django_db
def test_tiles_are_read_by_prepared_statements_in_one_process_and_change_nothing():
    handler = open_as(tiles_database)
    names = ("max_parallel_workers_per_gather", "transaction_read_only", "statement_timeout")
    try:
        assert shown(handler, *names) == ["0", "on", f"{TILES_TIMEOUT_MS // 1000}s"]
    finally:
        handler.close_all()


@pytest.mark.django_db
def test_every_tile_is_drawn_by_bound_values_as_by_written_ones(monkeypatch):
    """The tests read tiles by the default alias, which writes values into its statements."""
    handler = open_as(tiles_database)
    monkeypatch.setattr("geo.tiles.connections", {DEFAULT_DB_ALIAS: handler["default"]})
    try:
        for zoom in (5, 12, 13, 18):
            for _ in range(3):  # so that it is prepared
                data = encode_points(
                    Asset.objects.published().filter(category__in=["faith", "sport"]),
                    Tile(zoom, 2**zoom // 2 - 1, int(2**zoom * 0.324)),
                    ASSETS,
                )
            assert read_tile(data) == {}  # the test database holds no committed place
        with handler[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone()[0] > 0
    finally:
        handler.close_all()
