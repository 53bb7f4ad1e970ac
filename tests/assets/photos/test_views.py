"""The pages of photos: without scripts, and to nobody a photo that is not theirs to see."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from assets.photos import services
from assets.photos.models import Photo
from tests import factories
from tests.factories import NORWICH
from tests.pictures import TELLTALE, picture, upload

ADD, WAITING = "/photos/add/", "/photos/waiting/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def asset(db):
    return factories.AssetFactory(name="Canal Side Garden")


@pytest.fixture
def far_champion(db):
    area = factories.AreaFactory(boundary=factories.box(NORWICH), name="Norwich")
    return factories.member("champion", area=area, name="Dan")


def filled(asset, **changes):
    return {
        "place": str(asset.pk),
        "photo": upload(),
        "alt": "A gate with roses",
        "photo_uuid": str(uuid.uuid4()),
        **changes,
    }


def text(response) -> str:
    return response.content.decode()


def public(asset, **details):
    return factories.PhotoFactory(
        asset=asset, state="public", decided_at=timezone.now(), **details
    )


def url(photo, size="small"):
    return f"/photos/{photo.pk}/{size}.jpg"


# --- a photo itself -------------------------------------------------------------------


def test_a_public_photo_is_anybodys_and_may_be_kept(client, asset):
    response = client.get(url(public(asset), "large"))

    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=604800"
    assert response.content.startswith(b"\xff\xd8")


def test_a_browser_that_has_a_photo_is_not_sent_it_again(client, asset):
    first = client.get(url(public(asset)))

    again = client.get(url(Photo.objects.get()), headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert not again.content


def test_a_photo_of_people_is_kept_for_an_hour(client, asset):
    photo = public(asset, shows_people=True, permission_until=timezone.localdate())

    assert client.get(url(photo))["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_photo_that_waits_is_for_whoever_added_it_and_champions_of_the_area(
    client, asset, coordinator, champion, far_champion, size
):
    photo = factories.PhotoFactory(asset=asset, by=coordinator)
    seen = {}
    for person in (None, coordinator, champion, far_champion, factories.PersonFactory()):
        client.logout()
        if person:
            client.force_login(person)
        response = client.get(url(photo, size))
        seen[person] = response.status_code
        if response.status_code == 200:
            assert response["Cache-Control"] == "private, no-store"

    assert seen[coordinator] == seen[champion] == 200
    assert sorted(seen.values()) == [200, 200, 404, 404, 404]


@pytest.mark.parametrize(
    "changes", [{"visibility": "hidden"}, {"visibility": "draft"}, {"state": "closed"}]
)
def test_photos_of_a_place_that_is_not_public_are_not_either(client, asset, changes):
    photo = public(asset)
    type(asset).objects.filter(pk=asset.pk).update(**changes)

    assert client.get(url(photo)).status_code == 404


def test_a_photo_whose_permission_has_run_out_is_gone_at_once(client, asset):
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    photo = public(asset, shows_people=True, permission_until=yesterday)

    assert client.get(url(photo)).status_code == 404
    assert "/large.jpg" not in text(client.get(f"/places/{asset.pk}/"))


def test_the_page_of_a_draft_shows_its_photos_to_those_who_see_it(client, champion):
    draft = factories.AssetFactory(visibility="draft", published_on=None)
    photo = public(draft)
    assert client.get(url(photo)).status_code == 404

    client.force_login(champion)
    assert url(photo) in text(client.get(f"/places/{draft.pk}/"))
    assert client.get(url(photo)).status_code == 200


def test_a_file_that_is_gone_is_no_fault_of_ours(client, asset, settings):
    photo = public(asset)
    for path in settings.MEDIA_ROOT.rglob("*.jpg"):
        path.unlink()

    assert client.get(url(photo)).status_code == 404


def test_no_web_server_is_told_where_photos_lie(asset):
    with pytest.raises(ValueError, match="by a view"):
        public(asset).file.url  # noqa: B018


# --- adding ---------------------------------------------------------------------------


def test_a_coordinator_adds_a_photo_on_the_page_of_a_place(client, coordinator, asset):
    client.force_login(coordinator)
    page = text(client.get(f"/places/{asset.pk}/"))
    assert 'action="/photos/add/" enctype="multipart/form-data"' in page

    response = client.post(ADD, filled(asset), follow=True)

    photo = Photo.objects.get()
    assert (photo.asset, photo.state, photo.alt) == (asset, "pending", "A gate with roses")
    assert "only you and champions see it" in text(response)
    assert url(photo) in text(response)


def test_nothing_of_the_camera_is_handed_out_again(client, champion, asset):
    client.force_login(champion)
    client.post(ADD, filled(asset))

    photo = Photo.objects.get()
    for size in ("small", "large"):
        data = client.get(url(photo, size)).content
        assert TELLTALE not in data
        assert b"Exif" not in data


def test_a_form_sent_twice_adds_one_photo(client, coordinator, asset):
    client.force_login(coordinator)
    sent = str(uuid.uuid4())

    for _ in range(2):
        response = client.post(ADD, filled(asset, photo_uuid=sent))
        assert response.status_code == 302

    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"photo": ""}, "Choose a photo"),
        ({"alt": " "}, "Say what is to be seen"),
        ({"alt": "x" * 251}, "at most 250"),
        ({"photo": upload(b"GIF89a nothing")}, "cannot read this file as a photo"),
        ({"shows_people": "on"}, "Put the last day on which they agree"),
        ({"shows_people": "on", "permission_until": "2001-01-01"}, "today, or later"),
        ({"shows_people": "on", "permission_until": "soon"}, "Put a day"),
        ({"photo_uuid": "not one"}, "send it once more"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_wrong_is_said_beside_its_field(client, coordinator, asset, changes, words):
    client.force_login(coordinator)

    response = client.post(ADD, filled(asset, **changes))

    assert response.status_code == 400
    assert words in text(response)
    assert not Photo.objects.exists()


def test_a_photo_over_the_limit_is_refused_unstored(client, coordinator, asset, settings):
    settings.PHOTO_LIMITS = {**settings.PHOTO_LIMITS, "bytes": 2**20}
    client.force_login(coordinator)

    response = client.post(ADD, filled(asset, photo=upload(b"\xff" * (2**21 + 1))))

    assert response.status_code == 400
    assert "too large: at most 1 MB are taken" in text(response)


def test_words_that_may_name_somebody_are_asked_about(client, coordinator, asset):
    client.force_login(coordinator)

    response = client.post(ADD, filled(asset, alt="Mrs Bell from room 4 with her roses"))

    assert response.status_code == 400
    assert "Keep it as it is" in text(response)


def test_a_form_that_has_to_ask_again_keeps_the_photo(client, coordinator, asset):
    client.force_login(coordinator)
    page = text(client.post(ADD, filled(asset, alt="")))
    assert "Your photo is kept" in page
    seal = page.split('name="photo_held" value="')[1].split('"')[0]

    response = client.post(ADD, filled(asset, photo="", photo_held=seal))

    assert response.status_code == 302
    assert Photo.objects.get().width == 640


def test_a_kept_photo_is_nobody_elses(client, coordinator, champion, asset):
    client.force_login(coordinator)
    page = text(client.post(ADD, filled(asset, alt="")))
    seal = page.split('name="photo_held" value="')[1].split('"')[0]
    client.force_login(champion)

    for held in (seal, "made up", seal[:-1]):
        response = client.post(ADD, filled(asset, photo="", photo_held=held))
        assert response.status_code == 400
        assert "Choose a photo" in text(response)


def test_without_a_place_the_map_is_shown_first(client, coordinator):
    client.force_login(coordinator)

    assert client.get(ADD)["Location"].startswith("/map/")


@pytest.mark.parametrize("place", ["0", "-1", "999999999999999999999", "x", "1e9"])
def test_a_place_that_is_none_is_not_found(client, coordinator, place):
    client.force_login(coordinator)

    assert client.get(ADD, {"place": place}).status_code == 404


def test_visitors_and_strangers_add_no_photo(client, stranger, asset):
    assert 'action="/photos/add/"' not in text(client.get(f"/places/{asset.pk}/"))
    assert client.post(ADD, filled(asset)).status_code == 302
    client.force_login(stranger)
    assert client.post(ADD, filled(asset)).status_code == 403
    assert not Photo.objects.exists()


def test_strangers_fill_no_disk_with_what_they_upload(stranger):
    kept = []
    for user in (AnonymousUser(), stranger):
        request = RequestFactory().post(ADD, {"photo": upload()})
        request.user = user
        kept.append(dict(request.FILES))

    assert kept == [{}, {}]


# --- deciding -------------------------------------------------------------------------


def test_a_champion_finds_what_waits_oldest_first_and_only_there(client, champion, asset):
    far = factories.PhotoFactory(asset=factories.AssetFactory(location=NORWICH))
    new, old = factories.PhotoFactory(asset=asset), factories.PhotoFactory(asset=asset)
    before = timezone.now() - timezone.timedelta(days=3)
    Photo.objects.filter(pk=old.pk).update(added_at=before)
    public(asset)
    client.force_login(champion)

    page = text(client.get(WAITING))

    assert "2 photos to look at" in page
    assert page.index(url(old, "large")) < page.index(url(new, "large"))
    assert url(far, "large") not in page


def test_the_day_of_a_champion_begins_with_how_many_photos_wait(client, champion, asset):
    client.force_login(champion)
    assert 'href="/photos/waiting/"' not in text(client.get("/today/"))
    factories.PhotoFactory(asset=asset)

    assert 'href="/photos/waiting/"' in text(client.get("/today/"))


def test_a_champion_of_two_areas_looks_at_one(client, champion, asset):
    norwich = factories.AreaFactory(boundary=factories.box(NORWICH), name="Norwich")
    champion.memberships.create(role="champion", area=norwich, from_on="2026-01-01")
    far = factories.PhotoFactory(asset=factories.AssetFactory(location=NORWICH))
    near = factories.PhotoFactory(asset=asset)
    client.force_login(champion)

    both = text(client.get(WAITING))
    one = text(client.get(WAITING, {"area": norwich.pk}))

    assert url(far, "large") in both
    assert url(near, "large") in both
    assert url(far, "large") in one
    assert url(near, "large") not in one


def test_the_list_costs_no_more_for_more_photos(
    client, champion, asset, django_assert_max_num_queries
):
    client.force_login(champion)
    for _ in range(6):
        factories.PhotoFactory(asset=asset)

    with django_assert_max_num_queries(12):
        client.get(WAITING)


def test_a_champion_shows_a_photo_with_better_words(client, champion, asset):
    photo = factories.PhotoFactory(asset=asset, alt="")
    client.force_login(champion)

    response = client.post(
        f"/photos/{photo.pk}/", {"alt": "A gate", "publish": "1"}, follow=True
    )

    photo.refresh_from_db()
    assert (photo.state, photo.alt, photo.decided_by) == ("public", "A gate", champion)
    assert "Just decided" in text(response)
    assert f'action="/photos/{photo.pk}/undo/"' in text(response)


def test_a_champion_refuses_in_words_that_whoever_took_it_reads(
    client, champion, coordinator, asset
):
    photo = factories.PhotoFactory(asset=asset, by=coordinator)
    client.force_login(champion)

    client.post(f"/photos/{photo.pk}/", {"alt": "", "reason": "Too dark", "refuse": "1"})

    client.force_login(coordinator)
    assert "Not shown: Too dark" in text(client.get(f"/places/{asset.pk}/"))
    client.logout()
    assert "Too dark" not in text(client.get(f"/places/{asset.pk}/"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"alt": "A gate", "refuse": "1"}, "Say why in a few words"),
        ({"alt": "", "publish": "1"}, "Say what is to be seen"),
        ({"alt": "A gate", "shows_people": "on", "publish": "1"}, "today, or later"),
    ],
    ids=["no reason", "no words", "no permission"],
)
def test_what_is_missing_for_a_decision_is_asked_for(client, champion, asset, said, words):
    photo = factories.PhotoFactory(asset=asset)
    client.force_login(champion)

    response = client.post(f"/photos/{photo.pk}/", said)

    assert response.status_code == 400
    assert words in text(response)
    assert Photo.objects.get().state == "pending"


def test_a_champion_undoes_what_they_decided(client, champion, asset):
    photo = factories.PhotoFactory(asset=asset)
    client.force_login(champion)
    client.post(f"/photos/{photo.pk}/", {"alt": "A gate", "publish": "1"})

    client.post(f"/photos/{photo.pk}/undo/")

    assert Photo.objects.get().state == "pending"


def test_what_can_no_longer_be_undone_is_said(client, champion, asset):
    photo = public(asset)
    long_ago = timezone.now() - timezone.timedelta(hours=1)
    Photo.objects.update(decided_at=long_ago)
    client.force_login(champion)

    page = text(client.post(f"/photos/{photo.pk}/undo/", follow=True))

    assert "can no longer be undone" in page
    assert Photo.objects.get().state == "public"


def test_a_champion_takes_a_photo_off_the_page_of_a_place(client, champion, asset):
    photo = public(asset)
    client.force_login(champion)
    assert f'href="/photos/{photo.pk}/"' in text(client.get(f"/places/{asset.pk}/"))

    said = {"alt": photo.alt, "reason": "Sold", "refuse": "1", "back": "place"}
    response = client.post(f"/photos/{photo.pk}/", said)

    assert response["Location"] == f"/places/{asset.pk}/#photos"
    client.logout()
    assert client.get(url(photo)).status_code == 404


def test_a_champion_puts_a_photo_first(client, champion, asset):
    first, second = public(asset), public(asset, position=1)
    client.force_login(champion)

    client.post(f"/photos/{second.pk}/first/")

    assert list(asset.photos.all()) == [second, first]


def test_whoever_added_a_photo_takes_it_away(client, coordinator, asset):
    photo = factories.PhotoFactory(asset=asset, by=coordinator)
    client.force_login(coordinator)

    response = client.post(f"/photos/{photo.pk}/delete/")

    assert response["Location"] == f"/places/{asset.pk}/#photos"
    assert not Photo.objects.exists()


def test_nobody_else_takes_a_photo_away(client, champion, coordinator, asset):
    photo = public(asset, by=coordinator)
    client.force_login(champion)

    assert client.post(f"/photos/{photo.pk}/delete/").status_code == 404
    assert client.post("/photos/987654321/delete/").status_code == 404
    assert Photo.objects.exists()


def test_a_place_says_how_many_photos_wait_only_to_its_champions(
    client, champion, far_champion, asset
):
    factories.PhotoFactory(asset=asset)
    seen = []
    for person in (None, far_champion, champion):
        if person:
            client.force_login(person)
        seen.append("1 photo waits to be looked at" in text(client.get(f"/places/{asset.pk}/")))

    assert seen == [False, False, True]


def test_the_page_of_a_place_asks_once_for_all_its_photos(
    client, asset, django_assert_max_num_queries
):
    for position in range(5):
        public(asset, position=position)

    with django_assert_max_num_queries(12):
        page = text(client.get(f"/places/{asset.pk}/"))

    assert page.count("/small.jpg") == 5
    assert 'alt="A gate with roses"' in page


def test_names_of_files_and_words_of_cameras_are_in_no_page(client, champion, asset):
    client.force_login(champion)
    services.add_photo(
        asset=asset, by=champion, file=upload(picture(), "Mrs Bell.jpg"), alt="A gate"
    )

    assert "Bell" not in text(client.get(f"/places/{asset.pk}/"))
