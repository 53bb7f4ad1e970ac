"""Every layer of tiles at four zooms, as every role: a draft is in nobody else's tile."""

import math

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse

from frontend.views.tiles import LAYERS
from tests.factories import NORWICH, SALE
from tests.mvt import read_tile
from tests.walk import country, here, send, there

__all__ = ["country", "here", "send", "there"]  # fixtures

ZOOMS = [5, 9, 12, 14]
WHERE = {"here": SALE, "there": NORWICH}
SEE_DRAFTS = {"here": {"champion", "administrator"}, "there": {"administrator"}}


def address(layer: str, zoom: int, at: Point) -> str:
    """Return the address of the tile that a point lies in."""
    across = 2**zoom
    x = int((at.x + 180) / 360 * across)
    y = int((1 - math.asinh(math.tan(math.radians(at.y))) / math.pi) / 2 * across)
    return reverse("frontend:tile", args=[layer, zoom, x, y])


def counted(data: bytes, layer: str) -> int:
    """Return how many rows a tile shows, by themselves or counted in cells."""
    features = read_tile(data).get(layer, [])
    return sum(feature.properties.get("n", 1) for feature in features)


@pytest.fixture
def cast(country):
    return list(country[2])


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("where", WHERE)
def test_a_draft_is_counted_and_drawn_for_those_alone_who_may_see_it(zoom, where, send, cast):
    url = address("assets", zoom, WHERE[where])
    shown = {}
    for name in cast:
        with send(name, "get", url) as response:
            shown[name] = counted(response.content, "assets")

    both = {name for name, count in shown.items() if count == max(shown.values())}
    assert set(shown.values()) == {shown["visitor"], shown["visitor"] + 1}
    assert both == SEE_DRAFTS[where]
    assert shown["visitor"] >= 1


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("layer", sorted(set(LAYERS) - {"assets"}))
def test_the_other_layers_are_the_same_for_everybody(zoom, layer, send, cast):
    for at in WHERE.values():
        drawn = set()
        for name in cast:
            with send(name, "get", address(layer, zoom, at)) as response:
                drawn.add(response.content)

        assert len(drawn) == 1


@pytest.mark.parametrize("query", ["?q=Shed", "?show=places", "?source=local", "?offers=on"])
@pytest.mark.parametrize("zoom", ZOOMS)
def test_no_filter_draws_a_draft(zoom, query, send, cast, there):
    url = address("assets", zoom, NORWICH) + query
    for name in set(cast) - {"administrator"}:
        with send(name, "get", url) as response:
            ids = {
                f.properties.get("id") for f in read_tile(response.content).get("assets", [])
            }

            assert there.draft.pk not in ids


def test_the_layers_are_those_that_this_test_knows():
    assert set(LAYERS) == {"assets", "homes", "postcodes", "areas"}
