import pytest
from django.urls import reverse

from assets.choices import Visibility
from tests.factories import SALE, AssetFactory

pytestmark = pytest.mark.django_db

SEARCH = reverse("frontend:search")
NEAR = f"{SALE.x},{SALE.y}"


def labels(response):
    return [found["label"] for found in response.json()["results"]]


def test_answers_with_what_a_script_needs(client):
    asset = AssetFactory(name="Moss Lane Bowls", category="sport", location=SALE)

    response = client.get(SEARCH, {"q": "moss la", "near": NEAR})

    assert response.json() == {
        "results": [
            {
                "kind": "asset",
                "label": "Moss Lane Bowls",
                "detail": "Sport, 10 m",
                "url": f"/places/{asset.pk}/",
                "point": [SALE.x, SALE.y],
            }
        ],
        "spelled": False,
        "meant": "",
    }
    assert response["Cache-Control"] == "private, no-store"


def test_who_does_not_say_where_is_told_no_distances(client):
    AssetFactory(name="Moss Lane Bowls", category="sport")

    (found,) = client.get(SEARCH, {"q": "moss"}).json()["results"]

    assert found["detail"] == "Sport"


@pytest.mark.parametrize("words", ["moss lane", "mos lane bowles"])
@pytest.mark.parametrize("visibility", [Visibility.DRAFT, Visibility.HIDDEN])
def test_what_is_not_public_is_found_by_nobody_outside(client, visibility, words):
    AssetFactory(name="Moss Lane Bowls", visibility=visibility, published_on=None)

    response = client.get(SEARCH, {"q": words, "near": NEAR})

    assert response.json() == {"results": [], "spelled": False, "meant": ""}


def test_who_may_see_drafts_finds_them(client, administrator):
    AssetFactory(name="Moss Lane Bowls", visibility=Visibility.DRAFT, published_on=None)
    client.force_login(administrator)

    assert labels(client.get(SEARCH, {"q": "moss lane"})) == ["Moss Lane Bowls"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("q=x&q=y", "q"),
        ("q=" + "x" * 101, "q"),
        ("q=a%00b", "q"),
        ("q=moss&near=nan,1", "near"),
        ("q=moss&near=1e308,1e308", "near"),
        ("q=moss&near=53.4,-2.3", "near"),
        ("q=moss&near=1", "near"),
        ("q=moss&near=-2.3,53.4,0", "near"),
        ("q=moss&page=2", "page"),
        ("words=moss", "words"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client, query, named):
    response = client.get(f"{SEARCH}?{query}")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [named]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("query", ["", "q=", "q=%ff%fe", "q=%ED%A0%80", "q=%25%5C_%27%22;--"])
def test_odd_words_find_nothing_and_break_nothing(client, query):
    response = client.get(f"{SEARCH}?{query}")

    assert response.status_code == 200
    assert response.json()["results"] == []


def test_only_reads(client):
    assert client.post(SEARCH, {"q": "moss"}).status_code == 405
