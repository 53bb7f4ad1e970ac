"""What the page to add a place takes and asks, without a script and with one."""

import uuid

import pytest

from assets.models import Asset
from assets.photos.models import Photo
from assets.twins.models import Pair
from geo.models import Postcode
from tests import factories
from tests.factories import NORWICH, SALE, metres_east
from tests.pictures import TELLTALE, upload

ADD, ALIKE, NEAR = "/places/add/", "/places/alike/", "/places/near/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def signed_in(client, champion):
    client.force_login(champion)
    return client


@pytest.fixture
def library(db):
    return factories.AssetFactory(
        name="Waterside Arts and Books",
        category="library_learning",
        location=metres_east(SALE, 600),
    )


def filled(**changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "photo_uuid": str(uuid.uuid4()),
        "name": "Old Boathouse Café",
        "category": "food_drink",
        "wheelchair": "unknown",
        "lon": "-2.322000",
        "lat": "53.424000",
        **changes,
    }


def nowhere(**changes):
    return filled(lon="", lat="", **changes)


def text(response) -> str:
    return response.content.decode()


def at(point):
    return {"lon": point.x, "lat": point.y}


# --- what is taken --------------------------------------------------------------------


def test_name_kind_and_where_are_enough(signed_in):
    sent = filled()
    only = {key: sent[key] for key in ("client_uuid", "name", "category", "lon", "lat")}

    response = signed_in.post(ADD, {**only, "wheelchair": "unknown"})

    assert response.status_code == 302
    asset = Asset.objects.get()
    assert (asset.cost_kind, asset.step_free, asset.age_from) == ("unknown", "unknown", None)


def test_hours_cost_ages_and_ways_in_are_kept(signed_in):
    more = {
        "opening_hours": "Mo-Fr 09:00-17:00",
        "cost_kind": "donation",
        "cost": "A pound for tea",
        "age_from": "50",
        "age_to": "120",
        "step_free": "yes",
        "quiet": "no",
        "closed_from": "2027-01-01",
        "closed_until": "2027-01-31",
        "closed_why": "Painting",
    }

    assert signed_in.post(ADD, filled(**more)).status_code == 302

    asset = Asset.objects.get()
    assert {name: str(getattr(asset, name)) for name in more} == more


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opening_hours": "when the light is on"}, "Mo-Fr 09:00-17:00"),
        ({"age_from": "60", "age_to": "50"}, "The oldest age is below the youngest"),
        ({"age_from": "121"}, "whole years, from 0 to 120"),
        ({"age_to": "-1"}, "whole years, from 0 to 120"),
        ({"step_free": "perhaps"}, "Choose one."),
        ({"closed_until": "soon"}, "Put a day"),
        (
            {"closed_from": "2027-02-01", "closed_until": "2027-01-01"},
            "comes before the first one",
        ),
        ({"closed_why": "Painting"}, "from when, or until when"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_said_and_its_part_of_the_form_open(signed_in, changes, words):
    response = signed_in.post(ADD, filled(**changes))

    page = text(response)
    assert response.status_code == 400
    assert words in page
    assert '<details class="field" open>' in page
    assert not Asset.objects.exists()


def test_correcting_one_fact_leaves_what_the_form_does_not_send(signed_in):
    asset = factories.AssetFactory(cost_kind="free", step_free="yes", age_from=50)
    typed = {
        "seen_at": asset.updated_at.isoformat(),
        "name": "New name",
        "category": asset.category,
        "wheelchair": "yes",
        "lon": f"{asset.location.x:.7f}",
        "lat": f"{asset.location.y:.7f}",
    }

    assert signed_in.post(f"/places/{asset.pk}/edit/", typed).status_code == 302

    asset.refresh_from_db()
    assert (asset.name, asset.cost_kind, asset.step_free, asset.age_from) == (
        *("New name", "free", "yes"),
        50,
    )


def test_hours_that_were_there_before_hinder_no_other_correction(signed_in):
    asset = factories.AssetFactory(opening_hours="ask inside")
    typed = {
        "seen_at": asset.updated_at.isoformat(),
        "name": "New name",
        "category": asset.category,
        "wheelchair": "yes",
        "opening_hours": "ask inside",
        "lon": f"{asset.location.x:.7f}",
        "lat": f"{asset.location.y:.7f}",
    }

    assert signed_in.post(f"/places/{asset.pk}/edit/", typed).status_code == 302


# --- the photo in the form ------------------------------------------------------------


def test_a_place_comes_with_its_photo(signed_in):
    response = signed_in.post(ADD, filled(photo=upload(), alt="A blue door"), follow=True)

    photo = Photo.objects.get()
    assert (photo.asset, photo.state) == (Asset.objects.get(), "public")
    with photo.file.open() as file:
        assert TELLTALE not in file.read()
    assert 'alt="A blue door"' in text(response)


def test_a_photo_without_words_waits_for_them(signed_in):
    response = signed_in.post(ADD, filled(photo=upload()), follow=True)

    assert Photo.objects.get().state == "pending"
    assert "waits for words on what is to be seen" in text(response)


def test_a_file_that_is_no_photo_keeps_the_place_back(signed_in):
    response = signed_in.post(ADD, filled(photo=upload(b"no picture")))

    assert response.status_code == 400
    assert "cannot read this file as a photo" in text(response)
    assert not Asset.objects.exists()


def test_the_same_form_sent_twice_adds_one_place_and_one_photo(signed_in):
    sent = filled(alt="A blue door")

    for _ in range(2):
        assert signed_in.post(ADD, {**sent, "photo": upload()}).status_code == 302

    assert (Asset.objects.count(), Photo.objects.count()) == (1, 1)


def test_a_question_about_the_place_does_not_lose_the_photo(signed_in):
    factories.AssetFactory(name="Old Boathouse Cafe", category="food_drink")
    sent = filled(alt="A blue door")
    page = signed_in.post(ADD, {**sent, "photo": upload()})
    assert page.status_code == 409
    assert "Your photo is kept" in text(page)
    seal = text(page).split('name="photo_held" value="')[1].split('"')[0]

    again = signed_in.post(ADD, {**sent, "photo_held": seal, "not_same": "1"})

    assert again.status_code == 302
    assert Photo.objects.get().alt == "A blue door"


# --- where it is, in words ------------------------------------------------------------


def test_near_the_library_is_where_the_library_is(signed_in, library):
    response = signed_in.post(ADD, nowhere(near="near the library"))

    assert response.status_code == 302
    asset = Asset.objects.get(name="Old Boathouse Café")
    assert asset.location.equals_exact(library.location, 1e-7)
    assert (asset.location_precision, asset.location_source) == ("postcode", "near")


def test_words_that_mean_several_places_are_asked_about(signed_in, library):
    other = factories.AssetFactory(
        name="Sale Library", category="library_learning", location=metres_east(SALE, 1_500)
    )
    page = signed_in.post(ADD, nowhere(near="the library"))
    assert page.status_code == 400
    assert "Which one do you mean?" in text(page)
    assert "Waterside Arts and Books" in text(page)
    chosen = f"{other.location.x:.6f},{other.location.y:.6f}"
    assert f'name="near_point" value="{chosen}"' in text(page)

    again = signed_in.post(ADD, nowhere(near="the library", near_point=chosen))

    assert again.status_code == 302
    asset = Asset.objects.get(name="Old Boathouse Café")
    assert asset.location.equals_exact(other.location, 1e-6)


def test_words_that_mean_nothing_here_are_said_so(signed_in):
    response = signed_in.post(ADD, nowhere(near="the moon"))

    assert response.status_code == 400
    assert "We know no place called “the moon”" in text(response)


@pytest.mark.parametrize("chosen", ["1,2", "x,y", "-2.3", "53.4,-2.3", "nan,nan", ","])
def test_a_chosen_point_that_is_none_is_refused(signed_in, library, chosen):
    response = signed_in.post(ADD, nowhere(near="the library", near_point=chosen))

    assert response.status_code in (302, 400)
    made = Asset.objects.filter(name="Old Boathouse Café")
    assert all(each.location.equals_exact(library.location, 1e-7) for each in made)


def test_a_postcode_may_stand_where_words_do(signed_in):
    Postcode.objects.create(code="M332DH", location=SALE)

    assert signed_in.post(ADD, nowhere(near="m33 2dh")).status_code == 302

    assert Asset.objects.get().location.coords == SALE.coords


# --- what a script asks while somebody types ------------------------------------------


def test_what_is_like_it_is_shown_with_enough_to_judge_by(signed_in):
    there = factories.AssetFactory(
        name="Old Boathouse Cafe",
        category="food_drink",
        location=metres_east(SALE, 35),
        address="3 Canal Street",
        description="Tea and cakes by the water",
    )
    factories.PhotoFactory(
        asset=there, alt="A blue door", state="public", decided_at=there.created_at
    )

    page = text(signed_in.get(ALIKE, {"name": "Old Boathouse Café", **at(SALE)}))

    for words in ("35 m away", "3 Canal Street", "Food and drink", "Tea and cakes"):
        assert words in page
    assert f'href="/places/{there.pk}/"' in page
    assert 'alt="A blue door"' in page


@pytest.mark.parametrize("asked", [{}, {"name": "Ol"}, {"name": " "}, {"name": "Moss Lane"}])
def test_nothing_like_it_shows_nothing(signed_in, asked):
    factories.AssetFactory(name="Old Boathouse Cafe", category="food_drink")

    response = signed_in.get(ALIKE, {**asked, **at(SALE)})

    assert response.status_code == 200
    assert "Is it" not in text(response)


def test_somebody_elses_draft_is_not_given_away(client, coordinator):
    factories.AssetFactory(
        name="Old Boathouse Cafe", category="food_drink", visibility="draft", published_on=None
    )
    client.force_login(coordinator)

    page = text(client.get(ALIKE, {"name": "Old Boathouse Cafe", **at(SALE)}))

    assert "Boathouse" not in page


def test_places_that_were_said_to_be_others_are_not_asked_about_again(signed_in):
    there = factories.AssetFactory(name="Old Boathouse Cafe", category="food_drink")

    assert signed_in.post(ADD, filled()).status_code == 409
    assert signed_in.post(ADD, filled(not_these=f"{there.pk + 1}")).status_code == 409
    assert signed_in.post(ADD, filled(not_these=f"7,{there.pk},x")).status_code == 302


def test_what_somebody_said_is_another_place_is_remembered(signed_in, champion):
    there = factories.AssetFactory(name="Old Boathouse Cafe", category="food_drink")
    factories.AssetFactory(name="Moss Lane Bowling Club", category="sport")

    signed_in.post(ADD, filled(not_these=str(there.pk)))

    pair = Pair.objects.get()
    assert (pair.low, pair.state, pair.decided_by) == (there, "distinct", champion)
    assert pair.high == Asset.objects.get(name="Old Boathouse Café")


def test_near_answers_with_the_nearest_first(signed_in, library):
    factories.AssetFactory(
        name="Sale Library", category="library_learning", location=metres_east(SALE, 1_500)
    )
    factories.AssetFactory(name="Norwich Library", location=NORWICH)

    found = signed_in.get(NEAR, {"q": "near the library", **at(SALE)}).json()["results"]

    assert [each["name"] for each in found] == ["Waterside Arts and Books", "Sale Library"]
    assert found[0]["what"] == "Libraries and books"
    assert found[0]["distance_m"] == pytest.approx(600, abs=1)
    assert found[0]["lon"] == pytest.approx(library.location.x, abs=1e-6)


def test_a_care_home_is_something_to_be_near_to_but_no_small_one(signed_in):
    factories.HomeFactory(name="Larkfield House", location=SALE)
    factories.HomeFactory(name="Larkfield Cottage", location=SALE, beds=3)

    found = signed_in.get(NEAR, {"q": "by Larkfield", **at(SALE)}).json()["results"]

    assert [(each["name"], each["what"]) for each in found] == [
        ("Larkfield House", "Care home")
    ]


def test_a_draft_is_nothing_to_be_near_to(signed_in):
    factories.AssetFactory(name="Secret Library", visibility="draft", published_on=None)

    found = signed_in.get(NEAR, {"q": "Secret Library", **at(SALE)}).json()["results"]

    assert found == []


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": ""},
        {"q": "%_\\'\"<b>"},
        {"q": "x" * 5_000},
        {"q": "a", "lon": "x", "lat": "9e9"},
        {"q": "ab\x00cd", "category": "\x00", "postcode": "\x00", "lon": "-2.3", "lat": "53.4"},
    ],
    ids=["none", "empty", "odd", "long", "no point", "null"],
)
def test_odd_questions_are_answered_with_nothing(signed_in, query):
    for url in (NEAR, ALIKE):
        assert signed_in.get(url, {**query, "name": query.get("q", "")}).status_code == 200


def test_nobody_without_a_role_is_answered(client, stranger):
    for url in (NEAR, ALIKE):
        assert client.get(url, {"q": "library"}).status_code == 302
    client.force_login(stranger)
    for url in (NEAR, ALIKE):
        assert client.get(url, {"q": "library"}).status_code == 403
