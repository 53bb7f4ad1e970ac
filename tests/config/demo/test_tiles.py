"""No tile of any zoom, over the whole demo, holds what its viewer may not see."""

import math
from collections import Counter

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from assets import categories
from assets.models import Asset, OpenState, Visibility
from fans.people.models import Person, Role
from fans.people.volunteers.models import Volunteer
from geo.tiles import Tile
from homes.models import Home
from tests.mvt import read_tile

pytestmark = pytest.mark.usefixtures("demo_loaded")

ZOOMS = range(5, 19)
POINTS_FROM = 13


def tile_of(point, zoom):
    """Return the tile that holds a point, by the formula of web mercator."""
    across = 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(point.y))) / math.pi) / 2 * across
    return Tile(zoom, int((point.x + 180) / 360 * across), int(y))


def read(client, layer, tile):
    """Return the features of a layer that are drawn in a tile."""
    url = reverse("frontend:tile", args=[layer, tile.z, tile.x, tile.y])
    answer = client.get(url)
    assert answer.status_code == 200
    return read_tile(answer.content).get(layer, [])


def refused_places():
    """Return what no visitor may see, some of it made here: hidden, refused, closed, drafts."""
    shown = Asset.objects.published().filter(location__isnull=False).order_by("pk")
    hidden, refused, closed, merged, into = shown[:5]
    Asset.objects.filter(pk__in=[hidden.pk, refused.pk]).update(visibility=Visibility.HIDDEN)
    Asset.objects.filter(pk=closed.pk).update(state=OpenState.CLOSED)
    Asset.objects.filter(pk=merged.pk).update(visibility=Visibility.HIDDEN, merged_into=into)
    public = set(Asset.objects.published().values_list("pk", flat=True))
    return Asset.objects.filter(location__isnull=False).exclude(pk__in=public)


def spots():
    """Return every spot that anything of the demo has: each tile that might hold any."""
    for model in (Asset, Home, Volunteer):
        rows = model.objects.filter(location__isnull=False)
        yield from rows.values_list("location", flat=True)


def test_no_tile_of_any_zoom_holds_more_than_the_public_places():
    caches["tiles"].clear()
    refused = set(refused_places().values_list("pk", flat=True))
    public = Asset.objects.published().filter(location__isnull=False)
    names = dict(public.values_list("pk", "name"))
    assert len(refused) >= 6
    everything, visitor = list(spots()), Client()

    for zoom in ZOOMS:
        tiles = {tile_of(spot, zoom) for spot in everything}
        drawn = [feature for tile in tiles for feature in read(visitor, "assets", tile)]

        single = {
            f.properties["id"]: f.properties["name"] for f in drawn if "id" in f.properties
        }
        counted = sum(f.properties.get("n", 1) for f in drawn)
        assert counted == len(names), f"zoom {zoom}"
        assert not refused & set(single)
        assert single.items() <= names.items()
        assert bool(single) is (zoom >= POINTS_FROM)
        keys = Counter(key for feature in drawn for key in feature.properties)
        assert set(keys) <= {"id", "name", "c", "s", "n"}, "something else is told of places"


def test_nobody_who_gives_or_volunteers_is_drawn_where_they_live():
    gifts = set(
        Asset.objects.filter(category=categories.INDIVIDUAL_GIFT).values_list("name", flat=True)
    )
    placed = Volunteer.objects.filter(location__isnull=False)
    people = set(placed.values_list("person__name", flat=True))
    assert gifts
    assert people
    visitor = Client()

    for zoom in (13, 15, 18):
        tiles = {tile_of(spot, zoom) for spot in placed.values_list("location", flat=True)}
        for tile in tiles:
            for layer in ("assets", "homes"):
                told = [feature.properties for feature in read(visitor, layer, tile)]
                assert {one.get("name") for one in told}.isdisjoint(people | gifts)
                assert categories.INDIVIDUAL_GIFT not in {one.get("c") for one in told}


def test_every_role_is_shown_the_drafts_that_the_table_gives_it_and_no_other_place():
    refused = list(refused_places())
    public = set(Asset.objects.published().values_list("pk", flat=True))
    seers = set()

    for role in Role.values:
        person = Person.objects.filter(memberships__role=role, is_active=True).first()
        if person is None:
            continue
        client = Client()
        client.force_login(person)
        may = {
            asset.pk
            for asset in refused
            if asset.visibility == Visibility.DRAFT
            and (
                person.has_perm("assets.view_draft", asset) or asset.created_by_id == person.pk
            )
        }
        if may:
            seers.add(role)
        for zoom in (6, 9, 12, 13, 15, 18):
            tiles = {tile_of(asset.location, zoom) for asset in refused}
            drawn = [
                feature.properties for tile in tiles for feature in read(client, "assets", tile)
            ]
            allowed = Asset.objects.filter(pk__in=public | may, location__isnull=False)
            inside = [
                pk
                for pk, at in allowed.values_list("pk", "location")
                if tile_of(at, zoom) in tiles
            ]
            assert sum(told.get("n", 1) for told in drawn) == len(inside), (
                f"{role}, zoom {zoom}"
            )
            ids = {told["id"] for told in drawn if "id" in told}
            assert ids <= set(inside), f"{role}, zoom {zoom}"

    assert {"champion", "administrator"} <= seers
