"""What a bench reads of a vector tile, of tiles that PostGIS made."""

import pytest
from django.db import connection

from bench.vector_tile import Held, read_tile

pytestmark = pytest.mark.django_db


def tile_of(rows):
    """Encode rows as a tile, as PostGIS does."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ST_AsMVT(f, 'assets', 4096, 'g') FROM ({rows}) f")
        return bytes(cursor.fetchone()[0])


def test_points_stand_for_themselves():
    tile = tile_of(
        "SELECT ST_MakePoint(n, n) AS g, n AS id, 'Choir ' || n AS name"
        "  FROM generate_series(1, 250) n"
    )

    assert read_tile(tile) == Held(features=250, counted=250)


@pytest.mark.parametrize("kind", ["int", "bigint", "float8"])
def test_cells_stand_for_what_they_count(kind):
    tile = tile_of(
        f"SELECT ST_MakePoint(n, 7) AS g, (n * 1000)::{kind} AS n FROM generate_series(1, 20) n"
    )

    assert read_tile(tile) == Held(features=20, counted=210_000)


def test_layers_are_added_up_and_an_empty_tile_holds_nothing():
    one = tile_of("SELECT ST_MakePoint(1, 1) AS g, 5 AS n")
    other = tile_of("SELECT ST_MakePoint(1, 1) AS g, 'x' AS name")

    assert read_tile(one + other) == Held(features=2, counted=6)
    assert read_tile(b"") == Held(features=0, counted=0)
