"""What the API tells of homes, and what it never does."""

import datetime as dt

import pytest
from django.urls import reverse

from geo.models import PostcodeCell
from homes.models import Home
from tests import factories
from tests.factories import NORWICH, SALE, metres_east

pytestmark = pytest.mark.django_db

LIST = "/api/v1/homes/"
SECTOR = metres_east(SALE, 800)


@pytest.fixture
def homes():
    """A large home in Sale, one of unknown beds near it, a small one, one in Norwich."""
    PostcodeCell.objects.create(
        code="M33 2", kind="sector", location=SECTOR, postcodes_count=60
    )
    factories.HomeFactory(
        name="Larkfield House", address="1 Lark Lane, Sale", phone="0161 000 0001"
    )
    factories.HomeFactory(name="Beech", beds=0, location=metres_east(SALE, 300), kind="nursing")
    factories.HomeFactory(
        name="Two Friends",
        beds=4,
        address="9 Secret Street, Sale",
        postcode="M33 2ZZ",
        phone="0161 000 0009",
        website="https://twofriends.example.org",
        location=metres_east(SALE, 400),
    )
    factories.HomeFactory(
        name="Norfolk Lodge", location=NORWICH, postcode="NR2 1AA", local_authority="Norwich"
    )


def names(client, query: str = "") -> list[str]:
    return [row["name"] for row in client.get(f"{LIST}?{query}").json()["results"]]


def test_lists_homes_by_name_and_says_how_many_of_how_many(client, homes):
    body = client.get(f"{LIST}?page_size=3").json()

    assert [row["name"] for row in body["results"]] == [
        "Beech",
        "Larkfield House",
        "Norfolk Lodge",
    ]
    assert (body["count"], body["returned"], body["page"]) == (4, 3, 1)
    assert body["next"].endswith("page=2&page_size=3")
    assert names(client, "page=2&page_size=3") == ["Small home in M33 2"]


def test_gives_the_registers_facts_of_a_home(client, homes):
    (row,) = client.get(f"{LIST}?q=larkfield").json()["results"]

    assert row["beds"] == 40
    assert row["location"] == {"type": "Point", "coordinates": [SALE.x, SALE.y]}
    assert row["phone"] == "0161 000 0001"
    detail = client.get(reverse("api:homes-detail", args=[row["id"]])).json()
    (registration,) = detail["registrations"]
    assert registration["regulator"] == "cqc"
    assert registration["regulator_id"].startswith("1-")


def test_a_small_home_is_known_by_its_sector_alone(client, homes):
    (row,) = client.get(f"{LIST}?q=small").json()["results"]
    detail = client.get(reverse("api:homes-detail", args=[row["id"]]))

    assert row["shown_by_sector"] is True
    assert row["location"]["coordinates"] == [round(SECTOR.x, 6), round(SECTOR.y, 6)]
    assert (row["postcode"], row["location_precision"]) == ("M33 2", "sector")
    assert detail.json()["registrations"] == []
    for secret in ("Two Friends", "Secret", "2ZZ", "0009", "twofriends"):
        assert secret not in detail.content.decode()


@pytest.mark.parametrize("secret", ["Two Friends", "Secret", "M33 2ZZ", "2ZZ"])
def test_a_search_finds_no_small_home_by_what_is_not_shown(client, homes, secret):
    assert "Small home in M33 2" not in names(client, f"q={secret}")


def test_distances_are_measured_to_where_a_home_is_shown(client, homes):
    here = f"near={SALE.x},{SALE.y}"

    body = client.get(f"{LIST}?{here}&within_m=1000").json()

    assert [(row["name"], row["distance_m"]) for row in body["results"]] == [
        ("Larkfield House", 0),
        ("Beech", 300),
        ("Small home in M33 2", 800),
    ]
    assert names(client, f"{here}&within_m=799") == ["Larkfield House", "Beech"]


def test_a_box_holds_what_is_shown_in_it(client, homes):
    real, shown = metres_east(SALE, 400), SECTOR

    def around(point):
        return (
            f"in_bbox={point.x - 0.001},{point.y - 0.001},{point.x + 0.001},{point.y + 0.001}"
        )

    assert names(client, around(real)) == []
    assert names(client, around(shown)) == ["Small home in M33 2"]


def test_unknown_beds_are_shown_as_registered(client, homes):
    (row,) = client.get(f"{LIST}?q=beech").json()["results"]

    assert (row["beds"], row["shown_by_sector"]) == (None, False)


def test_every_word_must_occur_somewhere(client, homes):
    assert names(client, "q=sale lark") == ["Larkfield House"]
    assert names(client, "q=NR2") == ["Norfolk Lodge"]
    assert names(client, "kind=nursing") == ["Beech"]


def test_homes_that_have_closed_are_not_listed(client, homes):
    Home.objects.get(name="Beech").registrations.update(until="2026-01-01")

    assert "Beech" not in names(client)


def test_answers_in_geojson(client, homes):
    response = client.get(f"{LIST}?format=geojson&q=beech")

    assert response["Content-Type"] == "application/geo+json"
    body = response.json()
    assert (body["type"], body["count"]) == ("FeatureCollection", 1)
    assert body["features"][0]["geometry"]["type"] == "Point"
    assert body["features"][0]["properties"]["name"] == "Beech"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("in_bbox=nan,nan,nan,nan", "in_bbox"),
        ("near=53.4,-2.3", "near"),
        ("within_m=500", "within_m"),
        ("near=-2.3,53.4&within_m=x", "within_m"),
        ("kind=castle", "kind"),
        ("page=0", "page"),
        ("page_size=501", "page_size"),
        ("page=1&page=2", "page"),
        ("q=%00", "q"),
        (f"q={'a' * 101}", "q"),
        ("nearby=1", "nearby"),
        ("format=xml", "format"),
    ],
)
def test_a_bad_parameter_is_a_400_that_names_it(client, query, field):
    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


@pytest.mark.parametrize("pk", ["0", "999999999999999999", "abc"])
def test_an_unknown_home_is_a_404(client, pk):
    assert client.get(f"{LIST}{pk}/").status_code == 404


def test_nothing_can_be_written(client, homes):
    assert client.post(LIST, {}, content_type="application/json").status_code in {403, 405}


def test_the_number_of_queries_does_not_grow_with_the_homes(
    client, homes, django_assert_num_queries
):
    for number in range(20):
        factories.HomeFactory(name=f"Home {number}")

    with django_assert_num_queries(4):
        client.get(LIST)


def test_a_small_home_in_a_sector_of_few_postcodes_gives_its_district(client, homes):
    PostcodeCell.objects.update(postcodes_count=9)
    cell = PostcodeCell.objects.create(
        code="M33", kind="outcode", location=SECTOR, postcodes_count=900
    )

    (row,) = client.get(f"{LIST}?q=small").json()["results"]
    assert (row["name"], row["postcode"]) == ("Small home in M33", "M33")
    assert row["location_precision"] == "outcode"

    cell.delete()
    (row,) = client.get(f"{LIST}?q=small").json()["results"]
    assert (row["name"], row["postcode"], row["location"]) == ("Small home", "", None)
    assert row["location_precision"] == ""


def test_lists_what_homes_offer_to_everybody(client, homes):
    home, small = Home.objects.get(name="Beech"), Home.objects.get(name="Two Friends")
    factories.HomeAssetFactory(home=home, description="By the canal", is_public=True)
    factories.HomeAssetFactory(home=home, kind="minibus")
    factories.HomeAssetFactory(
        home=home, kind="room", is_public=True, withdrawn_on=dt.date(2026, 2, 1)
    )
    factories.HomeAssetFactory(home=small, description="At 9 Secret Street", is_public=True)

    rows = client.get(f"{LIST}?home_asset=garden&home_asset=room").json()["results"]

    garden = {"kind": "garden", "kind_label": "Garden or greenhouse"}
    assert [(row["name"], row["home_assets"]) for row in rows] == [
        ("Beech", [garden | {"description": "By the canal"}]),
        ("Small home in M33 2", [garden | {"description": ""}]),
    ]
    assert names(client, "home_asset=minibus") == []
    assert client.get(f"{LIST}?home_asset=pool").status_code == 400


def test_tells_which_homes_give_no_care_at_present(client, homes):
    Home.objects.get(name="Beech").registrations.update(dormant=True)

    assert names(client, "dormant=yes") == ["Beech"]
    assert "Beech" not in names(client, "dormant=no")
    assert len(names(client, "dormant=no")) == 3
    (row,) = client.get(f"{LIST}?q=beech").json()["results"]
    assert row["dormant"] is True
    one = client.get(f"{LIST}{row['id']}/").json()
    assert one["registrations"][0]["dormant"] is True
