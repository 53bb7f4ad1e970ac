"""What a phone sends after a walk without signal: taken once, whatever is lost on the way."""

import json
import uuid

import pytest
from django.test import Client

from assets import services
from assets.models import Asset, Visibility
from assets.outbox import views
from assets.photos.models import Photo
from assets.twins.models import Pair
from geo.models import Postcode
from tests import factories
from tests.factories import SALE, metres_east
from tests.pictures import TELLTALE, picture, upload

OUTBOX = "/places/outbox/"
PHOTO = "/places/outbox/photo/"
PROBLEM = "application/problem+json"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def signed_in(client, champion):
    client.force_login(champion)
    return client


def place(**changes):
    return {
        "id": str(uuid.uuid4()),
        "name": "Old Boathouse Café",
        "category": "food_drink",
        "lon": "-2.322000",
        "lat": "53.424000",
        **changes,
    }


def send(client, sent, **more):
    return client.post(OUTBOX, json.dumps(sent), content_type="application/json", **more)


def send_photo(client, item, **changes):
    said = {"id": str(uuid.uuid4()), "item": item, "alt": "A blue door", "file": upload()}
    return client.post(PHOTO, {**said, **changes}, headers={"accept": "application/json"})


# --- whose outbox ---------------------------------------------------------------------------


def test_says_whose_it_is_without_saying_who(signed_in, champion):
    body = signed_in.get(OUTBOX).json()

    assert len(body["person"]) == 32
    assert str(champion.pk) != body["person"]
    assert champion.email not in json.dumps(body)


def test_every_person_has_a_mark_of_their_own(signed_in, coordinator):
    first = signed_in.get(OUTBOX).json()["person"]
    assert signed_in.get(OUTBOX).json()["person"] == first

    signed_in.force_login(coordinator)
    assert signed_in.get(OUTBOX).json()["person"] != first


def test_the_token_it_gives_is_the_one_to_send_with(champion):
    client = Client(enforce_csrf_checks=True)
    client.force_login(champion)
    token = client.get(OUTBOX).json()["csrf"]

    assert send(client, place()).status_code == 403
    assert send(client, place(), headers={"x-csrftoken": token}).status_code == 201


@pytest.mark.parametrize("url", [OUTBOX, PHOTO])
def test_a_script_is_told_that_nobody_is_signed_in(client, url):
    response = client.post(url, headers={"accept": "application/json"})

    assert (response.status_code, response["Content-Type"]) == (401, PROBLEM)


@pytest.mark.parametrize("url", [OUTBOX, PHOTO])
def test_whoever_may_add_nothing_is_refused_in_words(client, stranger, url):
    client.force_login(stranger)
    response = client.post(url, headers={"accept": "application/json"})

    assert (response.status_code, response["Content-Type"]) == (403, PROBLEM)
    assert "Your roles do not allow this" in response.json()["detail"]


def test_what_is_one_persons_stays_out_of_caches(signed_in):
    assert signed_in.get(OUTBOX)["Cache-Control"] == "no-store, private"
    assert send(signed_in, place())["Cache-Control"] == "no-store, private"


# --- places ---------------------------------------------------------------------------------


def test_takes_a_place_as_the_form_would(signed_in, champion):
    sent = place(wheelchair="limited", description="Tea dances")
    response = send(signed_in, sent)

    asset = Asset.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": asset.pk,
        "url": f"/places/{asset.pk}/",
        "published": True,
        "differs": [],
    }
    assert (asset.name, asset.wheelchair) == (sent["name"], "limited")
    assert (asset.description, asset.created_by) == ("Tea dances", champion)
    assert asset.location.coords == (-2.322, 53.424)


def test_a_postcode_will_do_where_the_phone_could_not_say(signed_in):
    Postcode.objects.create(code="M332DH", location=SALE)
    sent = place(postcode="M33 2DH")
    del sent["lon"], sent["lat"]

    assert send(signed_in, sent).status_code == 201
    assert Asset.objects.get().postcode == "M33 2DH"


def test_what_a_volunteer_sends_waits_for_a_champion(client, coordinator):
    client.force_login(coordinator)

    assert send(client, place()).json()["published"] is False
    assert Asset.objects.get().visibility == Visibility.DRAFT


def test_a_place_sent_twice_is_there_once(signed_in):
    sent = place()
    first, second = send(signed_in, sent), send(signed_in, sent)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Asset.objects.count() == 1


def test_a_place_sent_twice_at_once_is_there_once(signed_in, monkeypatch):
    sent = place()
    first = send(signed_in, sent)
    # The second came before the first was saved: neither look-up finds it.
    monkeypatch.setattr(views.items, "sent_before", lambda **said: None)
    monkeypatch.setattr(views, "alike", lambda **said: [])
    earlier, looks = services._sent_before, iter([True, False])
    monkeypatch.setattr(
        services, "_sent_before", lambda *said: None if next(looks) else earlier(*said)
    )

    second = send(signed_in, sent)

    assert second.json()["id"] == first.json()["id"]
    assert Asset.objects.count() == 1


def test_a_correction_after_it_arrived_is_told_and_not_lost_silently(signed_in):
    sent = place()
    send(signed_in, sent)
    again = send(signed_in, {**sent, "name": "New Boathouse", "lon": "-2.323000"})

    assert again.status_code == 200
    assert again.json()["differs"] == ["What is it called?", "Where"]
    assert Asset.objects.get().name == sent["name"]


def test_the_id_of_somebody_elses_place_is_refused(client, signed_in, coordinator):
    sent = place()
    send(signed_in, sent)
    client.force_login(coordinator)

    response = send(client, {**sent, "not_same": True})

    assert response.status_code == 400
    assert response["Content-Type"] == PROBLEM
    assert "url" not in response.json()


def test_asks_whether_it_is_one_that_we_have(signed_in):
    there = factories.AssetFactory(
        name="The Old Boathouse Cafe", category="food_drink", location=metres_east(SALE, 20)
    )
    sent = place(lon=f"{SALE.x:.6f}", lat=f"{SALE.y:.6f}")

    response = send(signed_in, sent)

    assert (response.status_code, response["Content-Type"]) == (409, PROBLEM)
    (found,) = response.json()["alike"]
    assert (found["name"], found["url"]) == (there.name, f"/places/{there.pk}/")
    assert "20 m" in found["why"]
    assert Asset.objects.count() == 1

    assert send(signed_in, {**sent, "not_same": True}).status_code == 201
    assert Asset.objects.count() == 2
    assert Pair.objects.get(low=there).state == "distinct"


def test_a_draft_that_somebody_may_not_see_is_not_told_of(client, coordinator):
    factories.AssetFactory(
        name="Old Boathouse Café", location=SALE, visibility="draft", published_on=None
    )
    client.force_login(coordinator)

    assert send(client, place(lon=str(SALE.x), lat=str(SALE.y))).status_code == 201


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 500}, "name"),
        ({"name": "Null\0byte"}, "name"),
        ({"name": ["a", "list"]}, "name"),
        ({"category": "castle"}, "category"),
        ({"category": "individual_gift"}, "category"),
        ({"lon": "12.5", "lat": "41.9"}, "lon"),
        ({"lon": "", "lat": ""}, "postcode"),
        ({"wheelchair": "sometimes"}, "wheelchair"),
        ({"description": "Visits Mrs Smith in room 12"}, "description"),
        ({"id": "seven"}, "id"),
        ({"who_to_ask": "Sam"}, "who_to_ask"),
    ],
)
def test_bad_input_is_refused_by_field_and_nothing_is_saved(signed_in, changes, field):
    response = send(signed_in, place(**changes))

    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    assert field in response.json()["errors"]
    assert Asset.objects.count() == 0


@pytest.mark.parametrize("body", ["", "[]", '"x"', "{", "null", "[" * 900])
def test_what_is_no_place_is_refused(signed_in, body):
    response = signed_in.post(OUTBOX, body, content_type="application/json")

    assert response.status_code == 400
    assert response["Content-Type"] == PROBLEM


def test_more_than_a_place_needs_is_not_even_read(signed_in):
    response = send(signed_in, place(description="x" * views.PLACE_BYTES))

    assert (response.status_code, response["Content-Type"]) == (413, PROBLEM)


def test_a_script_without_end_is_slowed_down(signed_in, monkeypatch):
    monkeypatch.setattr(views.OutboxThrottle, "rate", "2/min")
    said = [signed_in.get(OUTBOX).status_code for _ in range(3)]

    assert said == [200, 200, 429]


# --- photos ---------------------------------------------------------------------------------


def test_takes_a_photo_of_a_place_that_arrived_without_where_it_was_taken(signed_in):
    sent = place()
    send(signed_in, sent)

    response = send_photo(signed_in, sent["id"])

    assert response.status_code == 200
    photo = Photo.objects.get()
    assert (photo.alt, photo.asset.name) == ("A blue door", sent["name"])
    assert TELLTALE in picture()
    with photo.file.open() as file:
        assert TELLTALE not in file.read()


def test_a_photo_sent_twice_is_there_once(signed_in):
    sent, photo = place(), str(uuid.uuid4())
    send(signed_in, sent)

    first = send_photo(signed_in, sent["id"], id=photo)
    again = send_photo(signed_in, sent["id"], id=photo)

    assert first.json() == again.json()
    assert Photo.objects.count() == 1


def test_a_photo_does_not_come_before_its_place(signed_in):
    response = send_photo(signed_in, str(uuid.uuid4()))

    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)
    assert Photo.objects.count() == 0


def test_a_photo_is_not_hung_on_a_place_that_somebody_else_sent(client, signed_in, coordinator):
    sent = place()
    send(signed_in, sent)
    client.force_login(coordinator)

    assert send_photo(client, sent["id"]).status_code == 404
    assert Photo.objects.count() == 0


def test_a_photo_follows_a_place_that_was_merged_meanwhile(signed_in):
    sent = place()
    send(signed_in, sent)
    kept = factories.AssetFactory(name="The Boathouse")
    Asset.objects.filter(client_uuid=sent["id"]).update(
        visibility=Visibility.HIDDEN, published_on=None, merged_into=kept
    )

    assert send_photo(signed_in, sent["id"]).status_code == 200
    assert Photo.objects.get().asset == kept


def test_a_photo_of_somebody_waits_whoever_sent_it(signed_in):
    sent = place()
    send(signed_in, sent)
    send_photo(signed_in, sent["id"], shows_people="yes")

    assert Photo.objects.public().count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "seven"}, "id"),
        ({"item": "seven"}, "item"),
        ({"file": ""}, "file"),
        ({"file": upload(b"%PDF-1.7 not a photo")}, "photo"),
        ({"alt": "x" * 5000}, "alt"),
    ],
)
def test_a_bad_photo_is_refused_by_field(signed_in, changes, field):
    sent = place()
    send(signed_in, sent)

    response = send_photo(signed_in, changes.pop("item", sent["id"]), **changes)

    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    assert field in response.json()["errors"]
    assert Photo.objects.count() == 0


def test_a_photo_that_is_too_large_is_not_taken(signed_in):
    sent = place()
    send(signed_in, sent)
    large = upload(b"\xff\xd8" + bytes(views.Photos.most_bytes))

    response = send_photo(signed_in, sent["id"], file=large)

    assert (response.status_code, response["Content-Type"]) == (413, PROBLEM)
    assert Photo.objects.count() == 0
