"""Whose data is shown: on pages, in the API, and apart by licence."""

import json
from pathlib import Path

import pytest
from django.core.cache import cache

from assets.importing import import_assets
from assets.models import Asset, AssetSource
from tests import factories

DATA = Path(__file__).parent / "data"
URL = "/api/v1/assets/"
OSM = {
    "source": "osm",
    "licence": "ODbL 1.0",
    "attribution": "© OpenStreetMap contributors",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_sources():
    """Four places of OpenStreetMap, one library of a table, one added here."""
    cache.delete("assets.holdings")
    import_assets(paths=[DATA / "osm_town.geojson"], source=AssetSource.OSM)
    import_assets(paths=[DATA / "libraries.csv"], source=AssetSource.CSV)
    factories.AssetFactory(name="Our own")
    yield
    cache.delete("assets.holdings")


def test_the_api_names_the_source_licence_and_attribution_of_every_row(client, two_sources):
    body = client.get(URL).json()

    rows = {row["name"]: row for row in body["results"]}
    cafe = rows["The Copper Kettle"]
    assert {key: cafe[key] for key in OSM} == OSM
    assert rows["Our own"]["licence"] == rows["Our own"]["attribution"] == ""
    assert [one["source"] for one in body["attributions"]] == ["csv", "osm"]
    assert body["attributions"][1] == OSM


def test_geojson_names_whom_to_attribute_once_and_every_row_its_own(client, two_sources):
    body = client.get(URL, {"format": "geojson", "source": "osm"}).json()

    assert body["attributions"] == [OSM]
    for feature in body["features"]:
        assert {key: feature["properties"][key] for key in OSM} == OSM


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("source=osm", 4),
        ("source=csv&source=local", 2),
        ("licence=ODbL", 4),
        ("licence=odbl+1.0", 4),
        ("licence=OGL", 1),
        ("licence=%25", 0),
    ],
)
def test_rows_of_one_licence_can_be_taken_apart(client, two_sources, query, count):
    assert client.get(f"{URL}?{query}").json()["count"] == count


def test_an_unknown_source_is_named_as_the_problem(client):
    response = client.get(URL, {"source": "kml", "licence": "x" * 101})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert set(response.json()["errors"]) == {"source", "licence"}


def test_a_places_page_names_whom_to_attribute(client, two_sources):
    cafe = Asset.objects.get(name="The Copper Kettle")

    page = client.get(f"/places/{cafe.pk}/").content.decode()

    assert "© OpenStreetMap contributors" in page
    assert "https://opendatacommons.org/licenses/odbl/1-0/" in page


def test_the_page_of_sources_counts_each_and_says_when_it_last_came(client, two_sources):
    page = " ".join(client.get("/sources/").content.decode().split())

    assert "4 places. © OpenStreetMap contributors Licence:" in page
    assert "1 place. Contains public sector information of the Libraries Taskforce" in page
    assert page.count("Last brought in on") == 2


def test_the_map_names_openstreetmap_while_it_shows_its_places(client, two_sources):
    page = client.get("/map/").content.decode()

    assert 'data-places-credit="© OpenStreetMap contributors"' in page


def test_a_licence_that_a_later_file_names_is_taken_over(two_sources, tmp_path):
    path = tmp_path / "libraries.csv"
    path.write_bytes((DATA / "libraries.csv").read_bytes())

    report = import_assets(paths=[path], source=AssetSource.CSV, licence="CC BY 4.0").total

    assert report.changed == 2
    assert set(Asset.objects.filter(source="csv").values_list("source_licence", flat=True)) == {
        "CC BY 4.0"
    }


def test_a_client_that_asks_too_often_is_told_when_to_come_back(client, monkeypatch):
    cache.clear()
    monkeypatch.setattr(
        "rest_framework.throttling.AnonRateThrottle.get_rate", lambda throttle: "2/min"
    )
    for _ in range(2):
        assert client.get(URL).status_code == 200

    response = client.get(URL)
    cache.clear()

    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert 0 < int(response["Retry-After"]) <= 60
    assert json.loads(response.content)["status"] == 429
