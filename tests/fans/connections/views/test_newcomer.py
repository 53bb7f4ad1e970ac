"""The page for somebody new: asks what is alike, keeps what was typed, leads to the log."""

import pytest
from django.urls import reverse

from fans.connections.models import Partner, Partnership
from tests import factories
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db

GROUP = {"kind": "group", "name": "Ukulele group", "category": "arts_culture"}


@pytest.fixture
def url(home):
    return reverse("connections:newcomer", args=[home.pk])


@pytest.fixture(autouse=True)
def _signed_in(client, coordinator):
    client.force_login(coordinator)


def test_a_new_group_is_kept_and_leads_to_the_log_with_it_chosen(client, url, home):
    response = client.post(url, GROUP, follow=True)

    tie = Partnership.objects.get(home=home)
    assert response.redirect_chain[-1][0] == f"/homes/{home.pk}/log/?tie={tie.pk}"
    assert "Ukulele group is among those you know." in response.text
    assert reverse("connections:take_back", args=[tie.pk]) in response.text


def test_the_way_back_takes_it_away(client, url, home):
    client.post(url, GROUP)
    tie = Partnership.objects.get(home=home)

    response = client.post(reverse("connections:take_back", args=[tie.pk]), follow=True)

    assert "Taken back." in response.text
    assert not Partner.objects.exists()


def test_alike_ones_are_asked_about_and_one_of_them_can_be_meant(client, url, home):
    place = AssetFactory(name="Wrenbury Ukulele Band", category="arts_culture")
    said = {**GROUP, "name": "Wrenbury Ukelele Band"}

    asked = client.post(url, said)
    meant = client.post(url, {**said, "same_as": f"place:{place.pk}"})

    assert asked.status_code == 422
    assert "Is it one of these?" in asked.text
    assert f'value="place:{place.pk}"' in asked.text
    assert meant.status_code == 302
    assert Partner.objects.get().asset == place


def test_none_of_these_makes_somebody_new(client, url):
    AssetFactory(name="Wrenbury Ukulele Band", category="arts_culture")

    said = {**GROUP, "name": "Wrenbury Ukelele Band", "same_as": "new"}
    assert client.post(url, said).status_code == 302
    assert Partner.objects.get().name == "Wrenbury Ukelele Band"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": ""}, "Choose one."),
        ({"kind": "robot"}, "is not one of the answers"),
        ({"name": ""}, "Say what you call them."),
        ({"category": ""}, "Choose what kind of group it is."),
        ({"category": "castle"}, "is not one of the answers"),
        ({"name": "x" * 201}, "at most 200"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"same_as": "tie:987654321"}, "is not one of the answers"),
        ({"same_as": "place:99999999999999999999"}, "is not one of the answers"),
        ({"kind": "person", "name": "Mrs Bell", "keep_as_it_is": "x"}, "somebody’s name"),
    ],
)
def test_what_will_not_do_is_said_beside_its_question_and_nothing_is_kept(
    client, url, said, words
):
    response = client.post(url, {**GROUP, **said})

    assert response.status_code == 422
    assert words in response.text
    assert not Partner.objects.exists()


def test_another_homes_tie_cannot_be_meant(client, url):
    theirs = factories.PartnershipFactory(home=factories.HomeFactory(name="Ash House"))

    response = client.post(url, {**GROUP, "same_as": f"tie:{theirs.pk}"})

    assert response.status_code == 422
    assert not Partner.objects.filter(kind="group").exists()


def test_what_looks_like_a_script_is_shown_as_text(client, url):
    response = client.post(url, {**GROUP, "name": "<script>alert(1)</script>"}, follow=True)

    assert "<script>alert(1)" not in response.text
