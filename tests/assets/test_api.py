"""The API of assets: filters, GeoJSON, who sees what, and what is wrong by name."""

import datetime as dt
import json

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from rest_framework.renderers import JSONRenderer
from rest_framework.routers import SimpleRouter

from assets import categories
from assets.api import AssetViewSet, CategoryViewSet
from assets.filters import PARAMETERS
from assets.geojson import PROPERTIES, RENAMED
from assets.models import Asset, Visibility
from assets.serializers import AssetSerializer
from tests import factories
from tests.factories import NORWICH, SALE, metres_east

URL = "/api/v1/assets/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    """A church and a school in Sale, a shop in Norwich, and a draft in Sale."""
    return {
        "church": factories.AssetFactory(name="St Bride", category="faith"),
        "school": factories.AssetFactory(
            name="Beech Road", category="school", location=metres_east(SALE, 300)
        ),
        "shop": factories.AssetFactory(name="Corner", category="shops", location=NORWICH),
        "draft": factories.AssetFactory(
            name="New choir", visibility=Visibility.DRAFT, published_on=None
        ),
    }


def names(response) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["name"] for row in response.json()["results"]]


def test_lists_what_is_published_and_says_how_many_of_how_many(client, town):
    body = client.get(URL, {"page_size": 2}).json()

    assert {key: body[key] for key in ("count", "returned", "page", "page_size")} == {
        "count": 3,
        "returned": 2,
        "page": 1,
        "page_size": 2,
    }
    assert body["previous"] is None
    assert names(client.get(body["next"])) == ["St Bride"]


def test_a_page_behind_the_last_is_empty(client, town):
    body = client.get(URL, {"page": 9}).json()

    assert (body["count"], body["returned"], body["results"], body["next"]) == (3, 0, [], None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=faith&category=shops", ["Corner", "St Bride"]),
        ("in_bbox=-2.4,53.4,-2.2,53.5", ["Beech Road", "St Bride"]),
        ("near=-2.322,53.424&within_m=500", ["St Bride", "Beech Road"]),
        ("q=bride", ["St Bride"]),
        ("check_state=fresh", []),
        ("wheelchair=unknown&q=corner", ["Corner"]),
    ],
)
def test_filters(client, town, query, found):
    assert names(client.get(f"{URL}?{query}")) == found


def test_says_the_distance_from_the_point_asked_for(client, town):
    rows = client.get(URL, {"near": "-2.322,53.424"}).json()["results"]

    assert [round(row["distance_m"]) for row in rows][:2] == [0, 300]


@pytest.mark.parametrize("how", [{"format": "geojson"}, {}])
def test_gives_geojson_that_says_the_same_as_json(client, town, how):
    headers = {} if how else {"Accept": "application/geo+json"}

    response = client.get(URL, {**how, "near": "-2.322,53.424"}, headers=headers)

    assert response["Content-Type"] == "application/geo+json"
    body = response.json()
    assert (body["type"], body["count"], body["returned"]) == ("FeatureCollection", 3, 3)
    assert [f["properties"]["name"] for f in body["features"]] == [
        "St Bride",
        "Beech Road",
        "Corner",
    ]
    first = body["features"][0]
    assert first["id"] == town["church"].pk
    assert first["geometry"] == {"type": "Point", "coordinates": [SALE.x, SALE.y]}


@pytest.mark.parametrize("query", ["", "near=-2.322,53.424"])
def test_a_list_says_what_the_serializer_says_of_each_row(client, town, query):
    factories.AssetFactory(
        category="online", location=None, location_precision="", location_source=""
    )

    rows = client.get(f"{URL}?{query}").json()["results"]

    for row in rows:
        told = AssetSerializer(Asset.objects.get(pk=row["id"])).data
        told = json.loads(JSONRenderer().render(told))
        assert {**row, "distance_m": None} == told
        assert list(row) == list(told)


def test_geojson_of_nothing_and_of_what_has_no_place(client):
    assert client.get(URL, {"format": "geojson"}).json()["features"] == []

    factories.AssetFactory(
        category="online", location=None, location_precision="", location_source=""
    )
    assert client.get(URL, {"format": "geojson"}).json()["features"][0]["geometry"] is None


def test_geojson_holds_no_addresses_of_people_and_escapes_texts(client):
    factories.AssetFactory(
        name='"}]<script>% s', email="jane.smith@garden.example", who_to_ask="Jane, garden lead"
    )

    text = client.get(URL, {"format": "geojson"}).content.decode()

    assert "jane" not in text.lower()
    assert json.loads(text)["features"][0]["properties"]["name"] == '"}]<script>% s'


def test_drafts_are_listed_for_a_champion_of_their_area_and_for_who_added_them(
    client, town, champion, coordinator
):
    client.force_login(champion)
    assert "New choir" in names(client.get(URL))

    client.force_login(coordinator)
    assert "New choir" not in names(client.get(URL))
    assert client.get(f"{URL}{town['draft'].pk}/").status_code == 404

    town["draft"].created_by = coordinator
    town["draft"].save()
    assert "New choir" in names(client.get(URL))


@pytest.mark.parametrize("state", ["draft", "hidden", "closed"])
def test_the_public_sees_no_draft_hidden_or_closed_one(client, state):
    asset = factories.AssetFactory()
    asset.visibility = state if state != "closed" else asset.visibility
    asset.state = "closed" if state == "closed" else "open"
    asset.save()

    assert names(client.get(URL)) == []
    assert client.get(f"{URL}{asset.pk}/").status_code == 404


def test_gives_one_asset_with_the_latest_check_of_each_fact(client):
    asset = factories.AssetFactory(email="info@garden.example")
    for fact, day in (("place", 1), ("place", 9), ("phone", 5)):
        asset.fact_checks.create(fact=fact, how="visit", checked_on=dt.date(2026, 5, day))

    body = client.get(f"{URL}{asset.pk}/").json()

    assert body["email"] == "info@garden.example"
    assert body["checks"] == [
        {"fact": "place", "checked_on": "2026-05-09", "how": "visit"},
        {"fact": "phone", "checked_on": "2026-05-05", "how": "visit"},
    ]


def test_one_asset_as_geojson_is_a_feature(client):
    asset = factories.AssetFactory()

    body = client.get(f"{URL}{asset.pk}/", {"format": "geojson"}).json()

    assert (body["type"], body["id"]) == ("Feature", asset.pk)
    assert body["geometry"]["coordinates"] == [SALE.x, SALE.y]


def test_whom_to_ask_is_for_those_who_broker_ties_there(client, champion, stranger):
    asset = factories.AssetFactory(who_to_ask="Sam on the counter")
    far = factories.AssetFactory(who_to_ask="Kim", location=NORWICH)

    assert client.get(f"{URL}{asset.pk}/").json()["who_to_ask"] is None
    client.force_login(stranger)
    assert client.get(f"{URL}{asset.pk}/").json()["who_to_ask"] is None
    client.force_login(champion)
    assert client.get(f"{URL}{asset.pk}/").json()["who_to_ask"] == "Sam on the counter"
    assert client.get(f"{URL}{far.pk}/").json()["who_to_ask"] is None
    assert "who_to_ask" not in client.get(URL).json()["results"][0]


def test_a_personal_looking_address_is_not_given(client):
    asset = factories.AssetFactory(email="jane.smith@garden.example")

    assert client.get(f"{URL}{asset.pk}/").json()["email"] == ""
    assert b"jane" not in client.get(URL).content


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("in_bbox=nan,nan,nan,nan", "in_bbox"),
        ("in_bbox=1,2,3", "in_bbox"),
        ("in_bbox=" + "9" * 5000, "in_bbox"),
        ("near=53.4,-2.3", "near"),
        ("near=1e308,-1e308", "near"),
        ("within_m=5", "within_m"),
        ("category=ballroom", "category"),
        ("check_state=", None),
        ("check_state=x", "check_state"),
        ("wheelchair=x", "wheelchair"),
        ("q=%00", "q"),
        ("q=" + "x" * 2000, "q"),
        ("q=%25%5C_%27%22;--", None),
        ("q=%ff%fe", None),
        ("q=%ED%A0%80", None),
        ("page=0", "page"),
        ("page=99999999999999999999999", "page"),
        ("page_size=1e9", "page_size"),
        ("format=xml", "format"),
        ("format=geojson&format=x", "format"),
        ("categry=faith", "categry"),
        ("%00=1", "\x00"),
        ("page=1&page=2", "page"),
    ],
)
@pytest.mark.parametrize("form", ["", "&format=geojson"])
def test_hostile_questions_are_named_and_never_break(client, town, query, name, form):
    response = client.get(f"{URL}?{query}{form if 'format' not in query else ''}")

    if name is None:
        assert response.status_code == 200
    else:
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert name in response.json()["errors"]


@pytest.mark.parametrize("pk", ["0", "-1", "x", "9" * 30, "1e3", "%00", "..%2f", "١"])
def test_an_asset_that_is_none_is_not_found(client, town, pk):
    assert client.get(f"{URL}{pk}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, champion, town, method):
    client.force_login(champion)

    for url in (URL, f"{URL}{town['church'].pk}/"):
        response = getattr(client, method)(url, "{}", content_type="application/json")
        assert response.status_code == 405
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("form", ["json", "geojson"])
def test_a_list_costs_the_same_however_long(client, django_assert_num_queries, form):
    factories.AssetFactory.create_batch(30)

    with django_assert_num_queries(3):  # the page, the cells, and the few beside them
        client.get(URL, {"format": form, "page_size": 20})
    with django_assert_num_queries(1):  # a last page knows how many there are
        client.get(URL, {"format": form})


def test_gives_the_25_categories(client):
    body = client.get("/api/v1/categories/").json()

    assert body["count"] == 25
    assert [row["slug"] for row in body["results"]] == list(categories.SLUGS)
    assert client.get("/api/v1/categories/faith/").json()["label"] == "Faith"
    assert client.get("/api/v1/categories/ballroom/").status_code == 404


def test_a_foreign_accept_header_is_refused_not_broken(client, town):
    response = client.get(URL, headers={"Accept": "application/xml"})

    assert response.status_code == 406


def test_the_schema_describes_both_lists_without_warnings(capsys):
    router = SimpleRouter()
    router.register("assets", AssetViewSet, basename="assets")
    router.register("categories", CategoryViewSet, basename="categories")

    schema = SchemaGenerator(patterns=router.urls).get_schema(public=True)

    assert capsys.readouterr().err == ""
    answers = schema["paths"]["/assets/"]["get"]["responses"]["200"]["content"]
    assert set(answers) == {"application/json", "application/geo+json"}
    named = {
        parameter["name"] for parameter in schema["paths"]["/assets/"]["get"]["parameters"]
    }
    assert named == (PARAMETERS - {"bbox"}) | {"format"}


def test_no_session_is_needed(town):
    assert Client(enforce_csrf_checks=True).get(URL).status_code == 200


NASTY = 'Say "hi" \\ back\tto {0} %s Łódź 🪴 </script>\x7f'


@pytest.fixture
def varied(db, champion):
    """Places that differ in every way that a feature can."""
    factories.AssetFactory(name=NASTY, description=f"{NASTY}\n\nTwo lines", address="'")
    factories.AssetFactory(
        location=None, location_precision="", location_source="", category="online"
    )
    factories.AssetFactory(
        closed_from=dt.date(2026, 12, 24), closed_until=dt.date(2027, 1, 2), closed_why="Snow"
    )
    factories.AssetFactory(
        source="osm", source_ref="node/7", source_licence="ODbL", source_attribution="© OSM"
    )
    factories.AssetFactory(
        source="oruk", source_ref="x", source_licence="OGL v3.0", source_attribution="A council"
    )
    factories.AssetFactory(name="Kept back", visibility=Visibility.DRAFT, published_on=None)
    factories.AssetFactory(check_state="stale", email="jo@example.org", step_free="yes")


@pytest.mark.parametrize("query", ["", "near=-2.322,53.424", "in_bbox=-3,53,-2,54"])
@pytest.mark.parametrize("person", ["visitor", "champion"])
def test_a_feature_says_what_the_serializer_says_of_its_row(
    client, varied, champion, query, person
):
    if person == "champion":
        client.force_login(champion)

    body = client.get(f"{URL}?format=geojson&{query}").json()
    rows = client.get(f"{URL}?{query}").json()

    assert len(body["features"]) >= 5
    assert any(f["properties"]["name"] == "Kept back" for f in body["features"]) is (
        person == "champion"
    )
    members = ("count", "returned", "page", "page_size", "attributions")
    assert [body[name] for name in members] == [rows[name] for name in members]
    for feature, row in zip(body["features"], rows["results"], strict=True):
        told = AssetSerializer(Asset.objects.get(pk=feature["id"])).data
        told = json.loads(JSONRenderer().render(told))
        assert feature["type"] == "Feature"
        assert feature["id"] == row["id"]
        assert feature["geometry"] == told["location"]
        assert feature["properties"] == {name: told[name] for name in feature["properties"]}
        assert len(feature["properties"]) == len(PROPERTIES) + len(RENAMED)


def test_features_come_in_the_order_of_the_list_whoever_is_to_be_named(client):
    for number in range(40):
        factories.AssetFactory(
            name=f"Place {number:02}",
            source="osm",
            source_ref=f"node/{number}",
            source_licence="ODbL",
            source_attribution=f"Mapper {number * 7 % 40:02}",
        )

    body = client.get(URL, {"format": "geojson"}).json()

    assert [f["properties"]["name"] for f in body["features"]] == [
        f"Place {number:02}" for number in range(40)
    ]
    assert len(body["attributions"]) == 40


@pytest.mark.parametrize("field", ["name", "source_attribution"])
def test_geojson_says_any_text_whatever_letters_are_in_it(client, field):
    odd = '\x7f, \x7fcost_kind\x7f: \x7ffree \\ \\u007f " \t \x01 \x1f ŵ 🙂'
    factories.AssetFactory(name="Plain", description='He said "no" \\ twice')
    asset = factories.AssetFactory(name="Odd", source_licence="ODbL")
    Asset.objects.filter(pk=asset.pk).update(**{field: odd})

    body = json.loads(client.get(URL, {"format": "geojson"}).content)

    told = {feature["id"]: feature["properties"] for feature in body["features"]}
    shown = {"source_attribution": "attribution"}.get(field, field)
    assert told.pop(asset.pk)[shown] == odd
    assert [each["description"] for each in told.values()] == ['He said "no" \\ twice']
    assert len(body["attributions"]) == 1


def test_the_last_page_knows_how_many_there_are_without_counting(
    client, town, django_assert_num_queries
):
    ask = {"format": "geojson", "page_size": 2}
    client.get(URL, ask)

    with django_assert_num_queries(3):
        assert client.get(URL, ask).json()["count"] == 3
    with django_assert_num_queries(1):
        body = client.get(URL, {**ask, "page": 2}).json()
    assert (body["count"], body["returned"], body["next"]) == (3, 1, None)
