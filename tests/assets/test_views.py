"""The pages to add a place and to correct one: without map and script, nothing lost."""

import re
import uuid

import pytest
from django.urls import reverse

from assets import categories
from assets.models import Asset, Visibility
from geo.models import Postcode
from tests import factories
from tests.factories import NORWICH, SALE, metres_east

ADD = "/places/add/"

pytestmark = pytest.mark.django_db


def filled(**changes) -> dict[str, str]:
    return {
        "client_uuid": str(uuid.uuid4()),
        "name": "Old Boathouse Café",
        "category": "food_drink",
        "wheelchair": "limited",
        "lon": "-2.322000",
        "lat": "53.424000",
        **changes,
    }


def typed(asset: Asset, **changes) -> dict[str, str]:
    return {
        "seen_at": asset.updated_at.isoformat(),
        "name": asset.name,
        "category": asset.category,
        "wheelchair": asset.wheelchair,
        "lon": f"{asset.location.x:.7f}" if asset.location else "",
        "lat": f"{asset.location.y:.7f}" if asset.location else "",
        **changes,
    }


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def sale_postcode(db):
    return Postcode.objects.create(code="M332DH", location=SALE)


@pytest.fixture
def signed_in(client, champion):
    client.force_login(champion)
    return client


# --- adding ---------------------------------------------------------------------------


def test_the_form_holds_all_kinds_and_what_the_maps_script_looks_for(signed_in):
    page = text(signed_in.get(ADD))

    for slug in categories.SLUGS:
        assert f'value="{slug}"' in page
    for mark in ("data-add-map", "data-map-canvas", 'id="id_lon"', 'id="id_lat"'):
        assert mark in page
    assert "style=" not in page.split("<main")[1].split("</main>")[0]


def test_saves_what_a_champion_adds_and_shows_it(signed_in, champion):
    response = signed_in.post(ADD, filled(who_to_ask="Sam", could_give="Tea\r\nA back room"))

    asset = Asset.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/places/{asset.pk}/"
    assert asset.location.coords == (-2.322, 53.424)
    assert (asset.visibility, asset.created_by) == (Visibility.PUBLISHED, champion)
    assert (asset.who_to_ask, asset.could_give) == ("Sam", "Tea\nA back room")
    assert "Old Boathouse Café is on the map." in text(signed_in.get(ADD))


def test_tells_a_coordinator_that_a_champion_comes_first(client, coordinator):
    client.force_login(coordinator)

    response = client.post(ADD, filled())

    assert Asset.objects.get().visibility == Visibility.DRAFT
    page = text(client.get(response["Location"]))
    assert "Saved. Old Boathouse Café waits for a champion before others see it." in page


def test_a_postcode_is_enough_and_says_how_precise_it_is(signed_in, sale_postcode):
    signed_in.post(ADD, filled(lon="", lat="", postcode="m33 2dh"))

    asset = Asset.objects.get()
    assert asset.location.coords == SALE.coords
    assert (asset.location_precision, asset.location_source) == ("postcode", "postcode")
    assert asset.postcode == "M33 2DH"


def test_a_postcode_in_the_address_is_enough(signed_in, sale_postcode):
    signed_in.post(ADD, filled(lon="", lat="", address="Wharf Road, Sale M33 2DH"))

    assert Asset.objects.get().postcode == "M33 2DH"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Put the name on the door"),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"name": "a\x00b"}, "Null characters are not allowed"),
        ({"category": ""}, "Choose one."),
        ({"category": "ballroom"}, "Choose one."),
        ({"wheelchair": "maybe"}, "Choose one."),
        ({"lon": "", "lat": ""}, "Where is it? Move the map until the cross is on the door"),
        ({"lon": "-2.3", "lat": ""}, "Put degrees as a number"),
        ({"lon": "west", "lat": "53"}, "Put degrees as a number"),
        ({"lon": "nan", "lat": "inf"}, "Put degrees as a number"),
        ({"lon": "1e3", "lat": "53"}, "Put degrees as a number"),
        ({"lon": "53.424", "lat": "-2.322"}, "Longitude and latitude are swapped."),
        ({"lon": "2.35", "lat": "48.85"}, "This lies outside the UK."),
        ({"postcode": "M33"}, "Put a whole postcode"),
        ({"lon": "", "lat": "", "postcode": "ZE1 0AA"}, "We do not know ZE1 0AA."),
        ({"lon": "1.293", "lat": "52.629", "postcode": "M33 2DH"}, "Please check: M33 2DH is"),
        ({"category": "online"}, "“Online” has no place on the map."),
        (
            {"category": "individual_gift", "lon": "", "lat": "", "postcode": "M33 2DH"},
            "no place",
        ),
        ({"phone": "ring the bell"}, "Put a telephone number"),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"who_to_ask": "x" * 201}, "at most 200 characters"),
        ({"client_uuid": "x"}, "Please send it once more."),
        ({"client_uuid": ""}, "Please send it once more."),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(signed_in, sale_postcode, changes, words):
    response = signed_in.post(ADD, filled(**{"would_love": "Growers’ tales", **changes}))

    page = text(response)
    assert response.status_code == 400
    assert words in page.replace("&#x27;", "'")
    assert "Growers’ tales" in page
    assert not Asset.objects.exists()


def test_a_pin_may_stand_three_kilometres_from_its_postcode_and_no_more(
    signed_in, sale_postcode
):
    for metres, status in ((2_990, 302), (3_010, 400)):
        pin = metres_east(SALE, metres)
        form = filled(lon=f"{pin.x:.6f}", lat=f"{pin.y:.6f}", postcode="M33 2DH")
        assert signed_in.post(ADD, form).status_code == status


def test_an_unknown_postcode_beside_a_pin_is_taken(signed_in):
    assert signed_in.post(ADD, filled(postcode="ZE1 0AA")).status_code == 302


def test_an_online_group_needs_no_place(client, administrator):
    client.force_login(administrator)

    client.post(ADD, filled(category="online", lon="", lat=""))

    assert Asset.objects.get().location is None


def test_asks_whether_it_is_one_of_those_near_it(signed_in):
    there = factories.AssetFactory(name="Old Boathouse Cafe", location=metres_east(SALE, 35))
    factories.AssetFactory(name="Old Boathouse Cafe", location=metres_east(SALE, 4_000))
    factories.AssetFactory(name="Moss Lane Bowling Club", location=SALE)
    form = filled()

    response = signed_in.post(ADD, form)

    page = text(response)
    assert response.status_code == 409
    assert "Is it this one?" in page
    assert f'href="/places/{there.pk}/"' in page
    assert "35 m away" in page
    assert Asset.objects.count() == 3

    assert signed_in.post(ADD, {**form, "not_same": "1"}).status_code == 302
    assert Asset.objects.count() == 4


def test_enter_presses_a_button_that_only_saves(signed_in):
    """Browsers take the first button of a form: never one that skips a question."""
    factories.AssetFactory(name="Old Boathouse Café", location=SALE)
    draft = factories.AssetFactory(visibility=Visibility.DRAFT, published_on=None)

    for page in (signed_in.post(ADD, filled()), signed_in.get(f"/places/{draft.pk}/edit/")):
        form = text(page).split("<main")[1].split("<form")[1]
        first = re.search(r"<button[^>]*>", form).group()
        assert "name=" not in first


def test_a_draft_of_somebody_else_is_not_told_of(client, coordinator):
    client.force_login(coordinator)
    factories.AssetFactory(name="Old Boathouse Café", visibility=Visibility.DRAFT)

    assert client.post(ADD, filled()).status_code == 302


def test_a_form_that_arrives_twice_adds_one_place(signed_in):
    form = filled()

    first, second = signed_in.post(ADD, form), signed_in.post(ADD, form)

    assert first["Location"] == second["Location"]
    assert Asset.objects.count() == 1


def test_the_map_begins_where_it_was_left(signed_in):
    assert 'data-at="53.42400,-2.32200,16"' in text(
        signed_in.get(ADD, {"at": "53.42400,-2.32200,16"})
    )
    for bad in ("x", "1,2,3", "53.4,-2.3,99", '53.4,-2.3,"><script>'):
        assert signed_in.get(ADD, {"at": bad}).status_code == 200
        assert f'data-at="{bad}' not in text(signed_in.get(ADD, {"at": bad}))


def test_hostile_names_are_shown_as_text(signed_in):
    response = signed_in.post(ADD, filled(name="<script>alert(1)</script>", phone="x"))

    assert "<script>alert(1)" not in text(response)


# --- who may ----------------------------------------------------------------------------


def test_a_visitor_is_sent_to_sign_in(client):
    asset = factories.AssetFactory()

    for url in (ADD, f"/places/{asset.pk}/edit/"):
        assert client.get(url).status_code == 302
        assert "/accounts/login/" in client.post(url, filled())["Location"]


def test_a_stranger_is_refused(client, stranger):
    client.force_login(stranger)
    asset = factories.AssetFactory()

    for url in (ADD, f"/places/{asset.pk}/edit/"):
        assert client.get(url).status_code == 403
        assert client.post(url, filled()).status_code == 403
    assert Asset.objects.count() == 1


def test_nobody_corrects_what_lies_outside_their_scope(client, champion, coordinator):
    near, far = factories.AssetFactory(), factories.AssetFactory(location=NORWICH)
    hidden = factories.AssetFactory(location=NORWICH, visibility=Visibility.HIDDEN)
    client.force_login(champion)

    assert client.get(f"/places/{near.pk}/edit/").status_code == 200
    assert client.get(f"/places/{far.pk}/edit/").status_code == 403
    assert client.post(f"/places/{far.pk}/edit/", typed(far, name="X")).status_code == 403
    assert client.get(f"/places/{hidden.pk}/edit/").status_code == 404
    client.force_login(coordinator)
    assert client.get(f"/places/{near.pk}/edit/").status_code == 403


def test_a_partner_corrects_the_own_place_even_before_it_is_public(client):
    own = factories.AssetFactory(visibility=Visibility.DRAFT, location=NORWICH)
    client.force_login(factories.member("partner", asset=own))

    page = text(client.get(f"/places/{own.pk}/edit/"))

    assert "Save what I changed" in page
    assert "put on the map" not in page
    response = client.post(f"/places/{own.pk}/edit/", typed(own, name="Ours", publish="1"))
    assert response.status_code == 403
    own.refresh_from_db()
    assert (own.name, own.visibility) != ("Ours", Visibility.PUBLISHED)
    assert own.name != "Ours"  # nothing is half saved


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(signed_in, method):
    assert getattr(signed_in, method)(ADD).status_code == 405


@pytest.mark.parametrize("pk", ["0", "9" * 25])
def test_a_place_that_is_none_is_not_found(signed_in, pk):
    assert signed_in.get(f"/places/{pk}/edit/").status_code == 404


# --- correcting --------------------------------------------------------------------------


def test_saves_what_was_put_right_and_nothing_else(signed_in):
    asset = factories.AssetFactory(name="Old name", phone="0161 496 0111", cost="Free")

    response = signed_in.post(
        f"/places/{asset.pk}/edit/",
        typed(asset, name="New name", phone="0161 496 0222"),
    )

    asset.refresh_from_db()
    assert response["Location"] == f"/places/{asset.pk}/"
    assert (asset.name, asset.phone, asset.cost) == ("New name", "0161 496 0222", "Free")
    assert asset.location.coords == SALE.coords
    assert asset.fact_checks.count() == 0


def test_a_place_nobody_touched_keeps_its_point_and_how_it_was_found(signed_in, sale_postcode):
    asset = factories.AssetFactory(
        postcode="M33 2DH",
        location=metres_east(SALE, 4_000),  # as the register says; not this form's matter
        location_precision="sector",
        location_source="register",
    )
    before = asset.location.coords

    form = typed(asset, postcode="M33 2DH", name="New name")
    assert signed_in.post(f"/places/{asset.pk}/edit/", form).status_code == 302

    asset.refresh_from_db()
    assert asset.location.coords == before
    assert (asset.location_precision, asset.location_source) == ("sector", "register")


def test_a_place_known_by_its_postcode_moves_with_it(signed_in, sale_postcode):
    asset = factories.AssetFactory(
        postcode="M33 9ZZ", location=metres_east(SALE, 500), location_source="postcode"
    )

    form = typed(asset, postcode="M33 2DH")
    assert signed_in.post(f"/places/{asset.pk}/edit/", form).status_code == 302

    asset.refresh_from_db()
    assert asset.location.coords == SALE.coords
    assert asset.location_precision == "postcode"


def test_a_moved_pin_is_exact(signed_in):
    asset = factories.AssetFactory(location_precision="postcode", location_source="postcode")

    signed_in.post(f"/places/{asset.pk}/edit/", typed(asset, lon="-2.33"))

    asset.refresh_from_db()
    assert asset.location.x == -2.33
    assert (asset.location_precision, asset.location_source) == ("exact", "map")


def test_two_people_at_once_are_told_and_nothing_is_lost(signed_in):
    asset = factories.AssetFactory(name="Old name", category="faith")
    opened = typed(asset)
    signed_in.post(f"/places/{asset.pk}/edit/", {**opened, "name": "Theirs", "phone": ""})

    mine = {**opened, "name": "Mine", "category": "civic", "could_give": "Tea"}
    response = signed_in.post(f"/places/{asset.pk}/edit/", mine)

    page = text(response)
    assert response.status_code == 409
    assert "Somebody saved this place while you were typing" in page
    assert "They put: Theirs<br>You put: Mine" in page
    assert "They put: Faith<br>You put: Town and post" in page
    assert 'value="Mine"' in page
    assert "Tea" in page
    asset.refresh_from_db()
    assert asset.name == "Theirs"

    again = {**mine, "seen_at": asset.updated_at.isoformat()}
    assert again["seen_at"].replace("+", "&#x2B;") in page or again["seen_at"] in page
    assert signed_in.post(f"/places/{asset.pk}/edit/", again).status_code == 302
    asset.refresh_from_db()
    assert (asset.name, asset.could_give) == ("Mine", "Tea")


@pytest.mark.parametrize("seen_at", ["", "yesterday", "2026-01-01", "9" * 400])
def test_a_form_without_its_moment_is_asked_for_again(signed_in, seen_at):
    asset = factories.AssetFactory()

    response = signed_in.post(
        f"/places/{asset.pk}/edit/", typed(asset, name="New", seen_at=seen_at)
    )

    assert response.status_code == 400
    assert "Please send it once more." in text(response)


def test_a_champion_puts_a_draft_on_the_map(signed_in):
    draft = factories.AssetFactory(visibility=Visibility.DRAFT, published_on=None)
    url = f"/places/{draft.pk}/edit/"
    assert "Save and put on the map" in text(signed_in.get(url))

    signed_in.post(url, typed(draft, publish="1"))

    draft.refresh_from_db()
    assert draft.visibility == Visibility.PUBLISHED
    assert "Save and put on the map" not in text(signed_in.get(url))


def test_a_persons_gift_is_saved_but_not_put_on_the_map(signed_in, administrator, client):
    gift = factories.AssetFactory(
        category="individual_gift",
        visibility=Visibility.DRAFT,
        location=None,
        location_precision="",
        location_source="",
    )
    client.force_login(administrator)

    response = client.post(f"/places/{gift.pk}/edit/", typed(gift, publish="1"))

    assert response.status_code == 400
    assert "never public" in text(response)


def test_the_pages_have_names_that_others_link_to():
    assert reverse("assets:add") == ADD
    assert reverse("assets:edit", args=[5]) == "/places/5/edit/"
    assert Asset(pk=5).get_absolute_url() == "/places/5/"
