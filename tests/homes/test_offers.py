"""A home says itself what it can give, and whom visitors ask for."""

import datetime as dt

import pytest
from django.utils import timezone

from homes.models import HomeAsset
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return factories.HomeFactory(phone="01610000001")


@pytest.fixture
def page(client, home):
    client.force_login(factories.member("manager", home=home))
    return f"/homes/{home.pk}/offers/"


def text(response) -> str:
    return response.content.decode()


def test_a_manager_lists_an_offer_and_shows_it(client, page, home):
    sent = {"do": "add", "kind": "garden", "description": " By the  canal ", "is_public": "on"}

    response = client.post(page, sent, follow=True)

    offer = HomeAsset.objects.get()
    assert (offer.home, offer.description, offer.is_public) == (home, "By the canal", True)
    assert offer.listed_on == timezone.localdate()
    assert "Garden or greenhouse is listed." in text(response)
    client.logout()
    assert "By the canal" in text(client.get(home.get_absolute_url()))


def test_what_is_kept_to_ourselves_is_not_public(client, page, home):
    client.post(page, {"do": "add", "kind": "minibus", "description": "Blue"})
    offer = HomeAsset.objects.get()
    public = home.get_absolute_url()

    client.post(page, {"do": "show", "offer": offer.pk})
    offer.refresh_from_db()
    assert offer.is_public
    client.post(page, {"do": "hide", "offer": offer.pk})
    client.logout()
    assert "Blue" not in text(client.get(public))


def test_what_is_withdrawn_can_be_put_back_on_the_same_day(client, page, home):
    offer = factories.HomeAssetFactory(home=home)

    withdrawn = text(client.post(page, {"do": "withdraw", "offer": offer.pk}, follow=True))
    assert "Withdrawn today" in withdrawn
    offer.refresh_from_db()
    assert offer.withdrawn_on == timezone.localdate()

    client.post(page, {"do": "put_back", "offer": offer.pk})
    offer.refresh_from_db()
    assert offer.withdrawn_on is None


def test_what_was_withdrawn_earlier_is_history(client, page, home):
    offer = factories.HomeAssetFactory(home=home, withdrawn_on=dt.date(2026, 2, 1))

    response = client.post(page, {"do": "put_back", "offer": offer.pk})

    assert response.status_code == 409
    assert "Please list it anew" in text(response)


def test_the_same_twice_is_refused_in_a_sentence(client, page):
    for status in (302, 409):
        response = client.post(page, {"do": "add", "kind": "garden", "description": "x"})
        assert response.status_code == status
    assert HomeAsset.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"do": "add"}, 422, "Choose one."),
        ({"do": "add", "kind": "pool"}, 422, "Choose one."),
        ({"do": "add", "kind": "pets", "description": "x" * 201}, 422, "at most 200"),
        ({"do": "welcome", "phone": "call me"}, 422, "Put a telephone number"),
        ({"do": "welcome", "role": "x" * 81}, 422, "at most 80"),
        ({"do": "burn", "offer": "own"}, 409, "We could not tell what to do"),
        ({"do": "withdraw", "offer": "x"}, 404, ""),
    ],
)
def test_what_cannot_be_taken_is_a_sentence(client, page, home, sent, status, words):
    offer = factories.HomeAssetFactory(home=home)
    sent = {name: offer.pk if value == "own" else value for name, value in sent.items()}

    response = client.post(page, sent)

    assert response.status_code == status
    assert words in text(response)


def test_visitors_are_told_whom_to_ask_for(client, page, home):
    sent = {"do": "welcome", "role": "The activity coordinator", "phone": "0161 000 0002"}

    client.post(page, sent)

    home.refresh_from_db()
    assert (home.welcome_role, home.phone) == ("The activity coordinator", "0161 000 0002")
    client.logout()
    public = text(client.get(home.get_absolute_url()))
    assert "The activity coordinator" in public
    assert "0161 000 0002" in public


def test_another_homes_offer_is_out_of_reach(client, page, home):
    other = factories.HomeAssetFactory(home=factories.HomeFactory(name="Elsewhere"))

    assert client.post(page, {"do": "withdraw", "offer": other.pk}).status_code == 404
    assert client.get(f"/homes/{other.home_id}/offers/").status_code == 404
    other.refresh_from_db()
    assert other.withdrawn_on is None


def test_the_home_page_leads_its_manager_there(client, page, home):
    assert page in text(client.get(home.get_absolute_url()))
    client.logout()
    assert page not in text(client.get(home.get_absolute_url()))


def test_a_dormant_home_is_said_to_be(client, home):
    home.registrations.update(dormant=True)

    assert "Dormant: registered, but giving no care" in text(
        client.get(home.get_absolute_url())
    )
