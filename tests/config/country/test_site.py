"""The site works over a made-up country."""

import math

import pytest
from django.core.management import call_command
from django.urls import reverse

from assets.models import Asset
from fans.cohorts.models import Cohort
from fans.connections.models import Connection
from homes.models import Home

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]

SALE = (-2.316, 53.427)
BOX = "-2.4,53.4,-2.2,53.5"
INSIDE = "POLYGON((-2.4 53.4,-2.2 53.4,-2.2 53.5,-2.4 53.5,-2.4 53.4))"


def tile_at(lon, lat, zoom):
    across = 2**zoom
    x = int((lon + 180) / 360 * across)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * across)
    return [zoom, x, y]


@pytest.mark.parametrize("layer", ["assets", "homes"])
@pytest.mark.parametrize("zoom", [6, 10, 14])
def test_every_layer_has_something_to_draw(client, layer, zoom):
    answer = client.get(reverse("frontend:tile", args=[layer, *tile_at(*SALE, zoom)]))

    assert answer.status_code == 200
    assert len(answer.content) > 50


def test_map_list_and_api_agree_on_how_many_places_there_are(client):
    inside = Asset.objects.published().filter(location__coveredby=f"SRID=4326;{INSIDE}")

    answer = client.get("/api/v1/assets/", {"in_bbox": BOX}).json()

    assert answer["count"] == inside.count() > 100
    assert client.get(reverse("frontend:map")).status_code == 200
    assert client.get(reverse("frontend:map_list"), {"bbox": BOX}).status_code == 200


def test_pages_of_homes_and_places_open(client):
    home = Home.objects.earliest("pk")
    place = Asset.objects.published().earliest("pk")

    assert home.name in client.get(home.get_absolute_url()).content.decode()
    assert place.source_ref not in client.get(place.get_absolute_url()).content.decode()


def test_a_cohort_of_it_can_be_scored(capsys):
    name = Cohort.objects.earliest("pk").name

    call_command("score_openness", cohort=name, wave=0)

    said = capsys.readouterr().out
    assert "signs known" in said
    homes = Connection.objects.filter(home__enrolments__cohort__name=name)
    assert homes.exists()
