"""Tiles over HTTP: right in the very next one at every zoom, packed, and never mixed."""

import gzip

import pytest
from django.core.cache import caches
from django.test import Client

from assets.models import Asset, OpenState, Visibility
from assets.proposals.deciding import refuse
from assets.proposals.services import adopt
from assets.services import edit_asset, publish_asset
from assets.twins.merging import merge
from tests.factories import SALE, AssetFactory, HomeFactory, metres_east
from tests.mvt import read_tile
from tests.test_every_tile import address, counted

pytestmark = pytest.mark.django_db

ZOOMS = range(5, 19)
FAR = metres_east(SALE, 200_000)  # another tile at every one of them
TILE = "/tiles/assets/12/2021/1326.mvt"
CLOSE = "/tiles/assets/14/8086/5304.mvt"


class Browser:
    """Somebody who looks at a spot's tiles at every zoom, and keeps them as browsers do."""

    def __init__(self, person=None):
        self.client = Client()
        if person:
            self.client.force_login(person)
        self.kept = {}

    def look(self, at=SALE, query=""):
        """Return what the tiles around a point say now: zoom -> what is drawn there."""
        return {zoom: self._seen(address("assets", zoom, at) + query) for zoom in ZOOMS}

    def _seen(self, url):
        etag, data = self.kept.get(url, ("", b""))
        answer = self.client.get(url, headers={"if-none-match": etag} if etag else {})
        assert answer["Cache-Control"].endswith("no-cache"), "it would not ask again"
        if answer.status_code == 200:
            self.kept[url] = etag, data = answer["ETag"], answer.content
        else:
            assert (answer.status_code, answer["ETag"]) == (304, etag)
        return _told(data)


def _told(data):
    features = read_tile(data).get("assets", [])
    names = sorted(f.properties["name"] for f in features if "name" in f.properties)
    return counted(data, "assets"), tuple(names)


@pytest.fixture
def eyes(champion, stranger):
    """A visitor, somebody with an account, and the champion of the area around Sale."""
    caches["tiles"].clear()
    return [Browser(), Browser(stranger), Browser(champion)]


def sees(eyes, count, *names, at=SALE, query=""):
    """Every browser is shown so many at every zoom, points by name from zoom 13 on."""
    named = tuple(sorted(names))
    shown = {zoom: (count, named if zoom >= 13 else ()) for zoom in ZOOMS}
    for browser in eyes:
        assert browser.look(at, query) == shown


def test_what_is_added_moved_renamed_and_hidden_is_right_in_the_very_next_tile(eyes, champion):
    sees(eyes, 0)

    asset = AssetFactory(name="Choir")
    sees(eyes, 1, "Choir")

    edit_asset(by=champion, asset=asset, seen_at=asset.updated_at, name="Choir of Sale")
    sees(eyes, 1, "Choir of Sale")
    sees(eyes, 0, at=FAR)

    Asset.objects.filter(pk=asset.pk).update(location=FAR)
    sees(eyes, 0)
    sees(eyes, 1, "Choir of Sale", at=FAR)

    Asset.objects.filter(pk=asset.pk).update(visibility=Visibility.HIDDEN)
    sees(eyes, 0)

    Asset.objects.filter(pk=asset.pk).update(visibility=Visibility.PUBLISHED, location=SALE)
    sees(eyes, 1, "Choir of Sale")

    Asset.objects.filter(pk=asset.pk).update(state=OpenState.CLOSED)
    sees(eyes, 0)


def test_a_change_of_kind_or_state_is_right_in_the_very_next_tile_of_a_filter(eyes):
    asset = AssetFactory(category="faith", check_state="fresh", name="Hall")
    faith, offers = "?category=faith&check_state=fresh", "?offers=on"
    sees(eyes, 1, "Hall", query=faith)
    sees(eyes, 0, query=offers)

    Asset.objects.filter(pk=asset.pk).update(check_state="due", could_give="Tea")

    sees(eyes, 0, query=faith)
    sees(eyes, 1, "Hall", query=offers)


def test_a_draft_is_drawn_for_its_champion_until_it_is_published_or_refused(eyes, champion):
    visitor, stranger, bens = eyes
    draft = AssetFactory(name="Shed", visibility=Visibility.DRAFT, published_on=None)
    sees([visitor, stranger], 0)
    sees([bens], 1, "Shed")

    publish_asset(by=champion, asset=draft)
    sees(eyes, 1, "Shed")

    refused = AssetFactory(name="Spam", visibility=Visibility.DRAFT, published_on=None)
    sees([bens], 2, "Shed", "Spam")
    sees([visitor, stranger], 1, "Shed")
    refuse(by=champion, proposal=adopt(by=champion, draft=refused), words="Not a place.")
    sees(eyes, 1, "Shed")


def test_of_two_records_that_are_merged_one_is_left_in_the_very_next_tile(eyes, champion):
    keep, lose = AssetFactory(name="Choir"), AssetFactory(name="The choir")
    sees(eyes, 2, "Choir", "The choir")

    merge(by=champion, keep=keep, lose=lose, choices={})

    sees(eyes, 1, "Choir")


def test_homes_are_right_in_the_very_next_tile(client):
    urls = [address("homes", zoom, SALE) for zoom in (5, 9, 12, 14, 18)]
    marks = {url: client.get(url)["ETag"] for url in urls}
    home = HomeFactory()
    for url in urls:
        answer = client.get(url, headers={"if-none-match": marks[url]})
        assert counted(answer.content, "homes") == 1
        assert client.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304

    home.registrations.update(until="2026-06-01")

    assert [counted(client.get(url).content, "homes") for url in urls] == [0] * len(urls)


def test_a_kept_tile_costs_one_question_and_an_unchanged_one_no_bytes(
    client, django_assert_num_queries
):
    AssetFactory()
    first = client.get(TILE)

    with django_assert_num_queries(1):
        again = client.get(TILE)
    with django_assert_num_queries(1):
        unchanged = client.get(TILE, headers={"if-none-match": first["ETag"]})

    assert again.content == first.content
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert unchanged[name] == first[name]


@pytest.mark.parametrize("mark", ['"{}"', 'W/"{}"', '"x", W/"{}"'])
def test_a_mark_is_known_however_a_proxy_wrote_it(client, mark):
    AssetFactory()
    plain = client.get(TILE)["ETag"].removeprefix("W/").strip('"')

    answer = client.get(TILE, headers={"if-none-match": mark.format(plain)})

    assert answer.status_code == 304


@pytest.mark.parametrize(
    ("accepts", "is_packed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.8", True),
        ("gzip;q=0", False),
        ("br;q=1, gzip;q=0.0, *", False),
        ("", False),
        ("identity", False),
    ],
)
def test_a_tile_is_packed_for_who_can_unpack_it(client, accepts, is_packed):
    AssetFactory.create_batch(9)
    plain = client.get(CLOSE)

    answer = client.get(CLOSE, headers={"accept-encoding": accepts})

    assert answer.has_header("Content-Encoding") is is_packed
    assert (gzip.decompress(answer.content) if is_packed else answer.content) == plain.content
    assert answer["ETag"] == plain["ETag"]
    assert {"Cookie", "Accept-Encoding"} <= set(plain["Vary"].split(", "))


def test_what_only_some_may_see_is_neither_packed_nor_left_to_shared_caches(client, champion):
    AssetFactory.create_batch(9, visibility=Visibility.DRAFT, published_on=None)
    client.force_login(champion)

    answer = client.get(CLOSE, headers={"accept-encoding": "gzip"})

    assert not answer.has_header("Content-Encoding")
    assert answer["Cache-Control"] == "private, no-cache"
    assert counted(answer.content, "assets") == 9


def test_a_cache_that_heeds_no_vary_still_mixes_nothing_up(client, champion):
    """It may keep the visitor's tile, asks about it with the next one's cookies, and obeys."""
    AssetFactory(visibility=Visibility.DRAFT, published_on=None)
    public = client.get(TILE)
    assert public["Cache-Control"] == "public, no-cache"

    client.force_login(champion)
    champions = client.get(TILE, headers={"if-none-match": public["ETag"]})
    client.logout()
    public_again = client.get(TILE, headers={"if-none-match": champions["ETag"]})

    assert champions.status_code == 200
    assert champions["Cache-Control"] == "private, no-cache"
    assert public_again.status_code == 200
    assert public_again.content == public.content


def test_the_ground_is_kept_for_a_day_and_packed_for_everybody(client, champion):
    client.force_login(champion)

    answer = client.get("/tiles/areas/9/252/165.mvt")

    assert answer["Cache-Control"] == "public, max-age=86400"
