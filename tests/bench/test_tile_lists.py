"""Which tiles a bench asks for: the same each time, and some where people are."""

from collections import Counter

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from bench.tile_lists import choose, count_tiles
from geo.tiles import Tile
from tests import factories

COUNTS = {z: Counter({(x, 0): 1 for x in range(50)}) + Counter({(7, 7): 950}) for z in (5, 6)}


def test_half_are_drawn_among_tiles_and_half_among_places():
    chosen = choose(COUNTS, range(5, 7), 20)

    assert chosen == choose(COUNTS, range(5, 7), 20)
    assert [z for z, _, _ in chosen] == [5] * 20 + [6] * 20
    assert 7 <= chosen.count((5, 7, 7)) <= 11
    assert len(set(chosen[:10])) == 10


def test_a_list_by_people_alone_goes_where_they_are():
    chosen = choose(COUNTS, range(5, 6), 100, uniform=False)

    assert chosen.count((5, 7, 7)) > 80


@pytest.mark.django_db
def test_public_places_are_counted_in_the_tile_that_they_lie_in():
    spot = Point(-2.3214, 53.4251, srid=4326)
    factories.AssetFactory(location=spot)
    factories.AssetFactory(location=spot, visibility="hidden")

    connection.ensure_connection()
    counts = count_tiles(connection.connection)

    assert set(counts) == set(range(5, 17))
    for zoom, tiles in counts.items():
        ((x, y),) = tiles
        west, south, east, north = Tile(zoom, x, y).bbox
        assert tiles[x, y] == 1
        assert west <= spot.x <= east
        assert south <= spot.y <= north
