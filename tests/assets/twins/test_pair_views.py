"""The page of pairs: a champion's own areas, both records, and what they say of them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assets.twins.models import Pair
from tests import factories
from tests.factories import NORWICH, SALE, box, metres_east

pytestmark = pytest.mark.django_db
LIST = reverse("twins:pairs")


@pytest.fixture
def champion(client):
    person = factories.member("champion", area=factories.AreaFactory(boundary=box(SALE)))
    client.force_login(person)
    return person


def pair(**said):
    said.setdefault("high__location", metres_east(SALE, 40))
    said.setdefault("low__name", "Boathouse Tea Room")
    reasons = [
        {"code": "name_like", "counts": 2.0},
        {"code": "near", "counts": 2.2, "value": 40},
        {"code": "phone_other", "counts": -0.5},
    ]
    return factories.PairFactory(**{"reasons": reasons, **said})


def test_both_records_stand_side_by_side_with_the_reasons_in_words(client, champion):
    found = pair(low__phone="0161 496 0111", high__address="4 Wharf Road")

    page = client.get(LIST).content.decode()

    for words in (
        *("Boathouse Tea Room", found.high.name, "0161 496 0111", "4 Wharf Road"),
        *("like name, 40 m away.", "another phone"),
    ):
        assert words in page
    assert "apart." not in page  # how far, said once
    merge = reverse("twins:merge", args=[found.low_id])
    assert f'href="{merge}?with={found.high_id}"' in page


def test_pairs_elsewhere_and_records_nobody_may_see_are_left_out(client, champion):
    elsewhere = pair(low__location=NORWICH, high__location=NORWICH)
    pair(low__name="Draft far away", high__location=NORWICH, high__visibility="draft")

    page = client.get(LIST).content.decode()
    answer = client.post(reverse("twins:decide", args=[elsewhere.pk]), {"decision": "distinct"})

    assert "Pair 1" not in page
    assert answer.status_code == 404


def test_not_the_same_is_noted_and_undone(client, champion):
    found = pair()
    url = reverse("twins:decide", args=[found.pk])

    response = client.post(url, {"decision": "distinct"}, follow=True)
    assert "are two places. Nobody is asked again." in response.content.decode()
    found.refresh_from_db()
    assert (found.state, found.decided_by) == ("distinct", champion)
    assert "Boathouse" in client.get(LIST, {"show": "distinct"}).content.decode()

    client.post(url, {"decision": "open", "show": "distinct"})
    found.refresh_from_db()
    assert found.state == "open"


def test_who_may_not_merge_both_says_so_for_somebody_who_may(client, champion):
    found = pair(high__location=NORWICH)

    page = client.get(LIST).content.decode()
    client.post(reverse("twins:decide", args=[found.pk]), {"decision": "same"})

    assert "The same: merge" not in page
    assert Pair.objects.get().state == "same"


@pytest.mark.parametrize("decision", ["", "merged", "x"])
def test_an_answer_that_means_nothing_is_a_sentence(client, champion, decision):
    found = pair()

    response = client.post(reverse("twins:decide", args=[found.pk]), {"decision": decision})

    assert response.status_code == 400
    assert "choose “Not the same”" in response.content.decode()


def test_merged_meanwhile_is_said(client, champion):
    found = pair(state="merged", decided_at=timezone.now())

    response = client.post(
        reverse("twins:decide", args=[found.pk]), {"decision": "distinct"}, follow=True
    )

    assert "have been merged meanwhile" in response.content.decode()


def test_the_map_gets_the_places_of_the_page(client, champion):
    found = pair()

    answer = client.get(reverse("twins:points")).json()

    titles = [each["properties"]["title"] for each in answer["features"]]
    assert titles == [found.low.name, found.high.name]
    assert answer["left_off"] == 0


def test_a_list_that_is_none_is_not_found(client, champion):
    assert client.get(LIST, {"show": "all"}).status_code == 404
    assert client.get(reverse("twins:points"), {"show": "all"}).status_code == 404


def test_nothing_to_look_at_says_so(client, champion):
    assert "No two look alike" in client.get(LIST).content.decode()


def test_a_coordinator_has_no_say(client):
    home = factories.HomeFactory()
    client.force_login(factories.member("coordinator", home=home))

    assert client.get(LIST).status_code == 403
