"""The map page asks for the tiles of its first view before its script runs."""

import re

import pytest

from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db

ASKED = re.compile(
    r'<link rel="preload" as="fetch" crossorigin href="([^"]+)"(?: media="([^"]+)")?'
)
SALE = {"at": "53.4241,-2.3202,14"}


def asked(client, **query):
    return ASKED.findall(client.get("/map/", query).content.decode())


def test_the_tiles_around_the_middle_are_asked_for_in_any_window(client):
    found = [path for path, media in asked(client, **SALE) if not media]

    assert "/tiles/assets/13/4043/2652.mvt" in found
    assert "/tiles/homes/13/4043/2652.mvt" in found


def test_far_out_one_tile_of_counts_is_enough(client):
    found = [path for path, media in asked(client, at="51.5072,-0.1276,12") if not media]

    assert found == ["/tiles/assets/10/511/340.mvt", "/tiles/homes/10/511/340.mvt"]


def test_a_wider_window_asks_for_what_only_it_shows(client):
    found = dict(asked(client, at="51.5072,-0.1276,12"))

    assert found["/tiles/assets/10/512/340.mvt"] == "(min-width: 80rem)"


def test_every_tile_is_asked_for_once_and_is_there(client):
    found = [path for path, _ in asked(client, **SALE)]

    assert len(set(found)) == len(found)
    assert {client.get(path).status_code for path in found} <= {200, 204}


def test_filters_go_with_the_tiles_as_with_the_map(client):
    found = [path for path, _ in asked(client, **SALE, check_state="fresh", show="places")]

    assert found
    assert all(path.startswith("/tiles/assets/") for path in found)
    assert all("check_state=fresh" in path for path in found)


@pytest.mark.parametrize("at", ["", "north", "53,-2,nan", "nan,-2,12", "10,10,12", "53,-2,99"])
def test_what_is_no_view_is_left_for_where_the_map_begins(client, at):
    assert asked(client, at=at) == asked(client)


def test_around_what_a_search_finds_the_view_is_the_windows_own(client):
    AssetFactory(name="The Copper Kettle")

    assert asked(client, q="copper kettle") == []


def test_nothing_is_asked_for_where_there_is_no_map(client):
    assert asked(client, map="off") == []


def test_the_page_is_small_on_the_way(client):
    answer = client.get("/map/", headers={"accept-encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
