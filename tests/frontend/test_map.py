import datetime as dt
import re

import pytest
from django.contrib.gis.geos import Point
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from assets.models import FactCheck, Visibility
from geo.models import LoadedGazetteer, Place, Postcode, PostcodeCell
from tests.factories import NORWICH, SALE, AreaFactory, AssetFactory, HomeFactory, metres_east
from tests.mvt import read_tile

pytestmark = pytest.mark.django_db

MAP = reverse("frontend:map")
LIST = reverse("frontend:map_list")
AROUND_SALE = "-2.4,53.35,-2.25,53.5"


def said(response) -> str:
    """Return a page's text without tags, white space folded."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(text.split())


def tile(client, layer, zoom=12, x=2021, y=1326, **query):
    """Fetch a tile: the one that holds Sale, unless told."""
    response = client.get(f"/tiles/{layer}/{zoom}/{x}/{y}.mvt", query)
    assert response.status_code == 200
    return read_tile(response.content).get(layer, [])


def test_lists_places_and_homes_without_any_script(client):
    AssetFactory(name="Canal Side Garden", check_state="fresh")
    HomeFactory()

    page = client.get(MAP)

    assert page.status_code == 200
    assert "Canal Side Garden" in said(page)
    assert "Larkfield House" in said(page)
    assert "1 of 1 places, 1 of 1 homes" in said(page)


def test_the_list_holds_what_lies_in_the_box_nearest_first(client):
    AssetFactory(name="Near", location=metres_east(Point(-2.325, 53.425, srid=4326), 200))
    AssetFactory(name="Nearest", location=Point(-2.325, 53.425, srid=4326))
    AssetFactory(name="Elsewhere", location=NORWICH)

    text = said(client.get(LIST, {"bbox": AROUND_SALE, "show": "places"}))

    assert text.index("Nearest") < text.index("Near ")
    assert "Elsewhere" not in text


def test_the_list_says_how_many_of_how_many(client):
    AssetFactory()
    AssetFactory(location=NORWICH)
    HomeFactory()

    page = client.get(LIST, {"bbox": AROUND_SALE})

    assert 'data-count="1 of 2 places, 1 of 1 homes"' in page.content.decode()


def test_map_list_and_tiles_agree_under_every_filter(client):
    AssetFactory(category="faith", check_state="fresh", wheelchair="yes", could_give="Tea")
    AssetFactory(category="faith", check_state="due", wheelchair="limited")
    AssetFactory(category="sport", check_state="fresh", wheelchair="no", could_give="Bowls")
    filters = [
        ({}, 3),
        ({"category": "faith"}, 2),
        ({"check_state": "fresh"}, 2),
        ({"wheelchair": ["yes", "limited"]}, 2),
        ({"offers": "on"}, 2),
        ({"category": "faith", "offers": "on"}, 1),
        ({"q": "canal"}, 3),
        ({"q": "nothing of the kind"}, 0),
        ({"show": "homes"}, 0),
    ]

    for query, count in filters:
        on_map = sum(feature.properties["n"] for feature in tile(client, "assets", **query))
        listed = client.get(LIST, {"bbox": AROUND_SALE, **query}).content.decode()
        assert on_map == count, query
        assert listed.count('data-layer="assets"') == count, query


def test_a_chip_counts_what_it_would_show(client):
    AssetFactory(check_state="fresh")
    AssetFactory(check_state="stale", wheelchair="yes")

    chips = {chip.label: chip for chip in client.get(MAP).context["chips"]}

    assert chips["Checked"].count == 1
    assert chips["Wheelchair"].count == 1
    assert chips["Has an offer"].count == 0
    assert chips["Checked"].query == "check_state=fresh"


def test_a_chip_that_is_on_takes_itself_off_and_keeps_the_rest(client):
    query = {"wheelchair": ["yes", "limited"], "category": "faith"}

    chips = {chip.label: chip for chip in client.get(MAP, query).context["chips"]}

    assert chips["Wheelchair"].is_on
    assert chips["Wheelchair"].query == "category=faith"
    assert not chips["Checked"].is_on


def test_a_town_moves_the_map_and_a_word_looks_in_names(client):
    Place.objects.create(geonames_id=1, name="Sale", population=134_022, location=SALE)
    AssetFactory(name="Ukulele Circle", location=NORWICH)

    town = client.get(MAP, {"q": "sale"})
    word = client.get(MAP, {"q": "ukulele"})

    assert town.context["at"] == "53.42400,-2.32200,14"
    assert "Places and groups near Sale" in said(town)
    assert "1 of 1 places" in said(town)
    assert word.context["fit"] == "1.29300,52.62900,1.29300,52.62900"
    assert "1 of 1 places" in said(word)


def test_says_what_to_do_where_nothing_is_found(client):
    AssetFactory()

    text = said(client.get(MAP, {"q": "clog dancing", "show": "places"}))

    assert "Nothing here called “clog dancing”" in text
    assert "Take all filters off" in text


def test_leads_elsewhere_only_where_something_is(client):
    AssetFactory(name="Clog Dancers", location=NORWICH)
    view = {"bbox": AROUND_SALE, "show": "places"}

    somewhere = said(client.get(LIST, {"q": "clog", **view}))
    nowhere = said(client.get(LIST, {"q": "qzxwy", **view}))

    assert "called “clog” in this view" in somewhere
    assert "Look everywhere" in somewhere
    assert "Nothing here called “qzxwy”. You could" in nowhere
    assert "Look everywhere" not in nowhere


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"bbox": "1,2,3"}, "bbox"),
        ({"bbox": "a,b,c,d"}, "bbox"),
        ({"bbox": "nan,nan,nan,nan"}, "bbox"),
        ({"bbox": "2,50,1,51"}, "bbox"),
        ({"category": "castles"}, "category"),
        ({"check_state": "rotten"}, "check_state"),
        ({"wheelchair": "maybe"}, "wheelchair"),
        ({"show": "ghosts"}, "show"),
        ({"page": "0"}, "page"),
        ({"page": "x"}, "page"),
        ({"q": "x" * 101}, "q"),
    ],
)
def test_bad_input_is_refused_with_its_name(client, query, name):
    for address in (MAP, LIST, "/tiles/assets/12/2021/1326.mvt"):
        response = client.get(address, query)

        assert response.status_code == 400
        assert name in response.content.decode()


def test_a_later_page_goes_on_where_the_first_ended(client):
    for number in range(25):
        AssetFactory(name=f"Place {number:02}")

    first = client.get(LIST, {"bbox": AROUND_SALE, "show": "places"})
    second = client.get(LIST, {"bbox": AROUND_SALE, "show": "places", "page": 2})

    names = re.findall(r"Place \d\d", said(first)) + re.findall(r"Place \d\d", said(second))
    assert len(names) == len(set(names)) == 25
    assert "data-more" in first.content.decode()
    assert "data-more" not in second.content.decode()


def test_shows_when_anything_about_a_place_was_last_checked(client, champion):
    asset = AssetFactory(check_state="fresh")
    day = timezone.localdate() - dt.timedelta(days=21)
    FactCheck.objects.create(asset=asset, fact="phone", checked_on=day, how="call")
    FactCheck.objects.create(
        asset=asset, fact="place", checked_on=day - dt.timedelta(days=90), how="visit"
    )

    assert "Checked 3 weeks ago" in said(client.get(LIST))


def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries):
    for _ in range(20):
        AssetFactory()
        HomeFactory()

    with django_assert_max_num_queries(12):
        client.get(LIST, {"bbox": AROUND_SALE})


def test_a_draft_is_for_champions_of_its_area(client, champion, stranger):
    AssetFactory(name="Repair Shed", visibility=Visibility.DRAFT, published_on=None)
    seen = {}

    for person in (None, stranger, champion):
        if person:
            client.force_login(person)
        listed = "Repair Shed" in said(client.get(LIST, {"bbox": AROUND_SALE}))
        drawn = bool(tile(client, "assets"))
        seen[getattr(person, "name", "anybody")] = (listed, drawn)

    assert seen == {"anybody": (False, False), "Cy": (False, False), "Ben": (True, True)}


def test_a_small_home_is_drawn_at_its_sector_without_its_name(client):
    PostcodeCell.objects.create(
        code="M33 2", kind="sector", location=metres_east(SALE, 700), postcodes_count=400
    )
    home = HomeFactory(beds=6, name="12 Elm Road")

    (feature,) = tile(client, "homes", 14, 8086, 5304)

    assert feature.properties == {"id": home.pk, "name": "Small home in M33 2"}
    assert "Elm Road" not in said(client.get(LIST, {"bbox": AROUND_SALE}))


def test_a_home_is_drawn_with_its_name_and_page(client):
    home = HomeFactory()

    (feature,) = tile(client, "homes", 14, 8086, 5304)

    assert feature.properties == {"id": home.pk, "name": "Larkfield House"}


@pytest.mark.parametrize(
    "address",
    [
        "/tiles/assets/19/0/0.mvt",
        "/tiles/assets/3/8/0.mvt",
        "/tiles/assets/3/0/8.mvt",
        "/tiles/secrets/3/0/0.mvt",
        "/tiles/assets/3/-1/0.mvt",
        "/tiles/assets/99999999999999999999/0/0.mvt",
    ],
)
def test_there_is_no_tile_outside_the_pyramid(client, address):
    assert client.get(address).status_code == 404


def test_homes_are_on_the_tile_of_the_whole_world(client):
    HomeFactory()

    (feature,) = tile(client, "homes", 0, 0, 0)

    assert feature.properties == {"n": 1}


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        ("postcodes", "nonsense"),
        ("areas", "q"),
        ("areas", ""),
        ("assets", "nonsense"),
        ("homes", "bbox"),
    ],
)
def test_a_tile_refuses_a_parameter_that_means_nothing_there(client, layer, name):
    answer = client.get(f"/tiles/{layer}/12/2021/1326.mvt?{name}=1")

    assert answer.status_code == 400
    assert answer.content.decode() == f"{name}: There is no such parameter here."


@pytest.fixture
def no_tiles_kept():
    """Begin and end without tiles in the cache, which outlives a test."""
    caches["tiles"].clear()
    yield
    caches["tiles"].clear()


@pytest.mark.usefixtures("no_tiles_kept")
def test_a_tile_of_the_ground_is_kept_until_postcodes_are_loaded_again(client):
    Postcode.objects.create(code="M332DH", location=SALE)
    before = tile(client, "postcodes", 12)
    Postcode.objects.create(code="M332ZZ", location=metres_east(SALE, 300))

    kept = tile(client, "postcodes", 12)
    LoadedGazetteer.objects.create(source="file", rows_placed=2, finished_at=timezone.now())
    renewed = tile(client, "postcodes", 12)

    counts = [sum(f.properties["n"] for f in tiles) for tiles in (before, kept, renewed)]
    assert counts == [1, 1, 2]


@pytest.mark.usefixtures("no_tiles_kept")
def test_an_area_that_is_added_is_drawn_at_once(client):
    assert tile(client, "areas") == []

    AreaFactory()

    assert len(tile(client, "areas")) == 1


@pytest.mark.usefixtures("no_tiles_kept")
def test_postcodes_are_counted_from_where_towns_have_a_shape(client):
    Postcode.objects.create(code="M332DH", location=SALE)

    assert tile(client, "postcodes", 6, 31, 20) == []
    assert [f.properties for f in tile(client, "postcodes", 7, 63, 41)] == [{"n": 1}]


@pytest.mark.usefixtures("no_tiles_kept")
def test_from_afar_sectors_stand_for_their_postcodes(client):
    for code, kind, count in [
        ("M33 2", "sector", 40),
        ("M33 3", "sector", 60),
        ("M33", "outcode", 100),
    ]:
        PostcodeCell.objects.create(code=code, kind=kind, location=SALE, postcodes_count=count)

    assert [f.properties for f in tile(client, "postcodes", 5, 15, 10)] == [{"n": 100}]


@pytest.mark.usefixtures("no_tiles_kept")
def test_a_postcode_has_its_code_where_it_can_be_written(client):
    Postcode.objects.create(code="M332DH", location=SALE)

    assert tile(client, "postcodes", 13, 4043, 2652)[0].properties == {"n": 1}
    assert tile(client, "postcodes", 14, 8086, 5304)[0].properties == {"code": "M332DH"}


def test_a_tile_is_not_sent_twice_and_changes_with_what_is_in_it(client):
    address = "/tiles/assets/12/2021/1326.mvt"
    AssetFactory()
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    AssetFactory()
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_shared_caches_never_keep_what_somebody_signed_in_sees(client, champion):
    address = "/tiles/assets/12/2021/1326.mvt"

    public = client.get(address)
    client.force_login(champion)
    own = client.get(address)

    assert public["Cache-Control"] == "public, no-cache"
    assert own["Cache-Control"] == "private, no-cache"
    assert "Cookie" in public["Vary"]
    assert "Cookie" in own["Vary"]


def test_tiles_are_read_only(client):
    assert client.post("/tiles/assets/12/2021/1326.mvt").status_code == 405


def test_whoever_wants_no_map_gets_the_list_and_keeps_it_through_every_filter(client):
    AssetFactory(name="Canal Side Garden", check_state="fresh", category="garden_nature")

    page = client.get(MAP, {"map": "off", "category": "garden_nature"})

    html = page.content.decode()
    assert "Canal Side Garden" in said(page)
    assert "data-map-canvas" not in html
    assert "map-page" not in html
    assert "leaflet" not in html
    assert '<input type="hidden" name="map" value="off">' in html
    chips = re.findall(r'class="chip[^>]*href="[^"]*\?([^"]*)"', html)
    assert len(chips) == 3
    assert all("map=off" in chip for chip in chips)
    assert "Show the map too" in html


def test_the_map_is_there_unless_it_is_put_away(client):
    html = client.get(MAP).content.decode()

    assert "data-map-canvas" in html
    assert 'href="/map/?map=off"' in html
