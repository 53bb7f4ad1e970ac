"""Who sees a photo of the log, and who adds one."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fans.connections.pictures.models import Picture
from tests import factories
from tests.factories import PictureFactory
from tests.pictures import upload

pytestmark = pytest.mark.django_db

FAR = dt.date(2099, 1, 1)


@pytest.fixture
def url(connection):
    return reverse("pictures:entry", args=[connection.pk])


@pytest.fixture
def shown(connection):
    return PictureFactory(
        connection=connection, is_public=True, shared_at=timezone.now(),
        permission_held=True, permission_until=FAR,
    )  # fmt: skip


def small(row):
    return reverse("pictures:file", args=[row.pk, "small"])


def test_a_photo_is_added_and_its_toast_takes_it_off(client, coordinator, url):
    client.force_login(coordinator)
    sent = {"photo": upload(), "alt": "Hands potting on beans", "shows_people": "on"}

    page = client.post(url, sent, follow=True)

    row = Picture.objects.get()
    assert (row.alt, row.is_public) == ("Hands potting on beans", False)
    assert "Only your own team sees it." in page.text
    assert reverse("pictures:take_off", args=[row.pk]) in page.text


def test_the_homes_team_sees_a_photo_and_nobody_else_does(connection, manager):
    row = PictureFactory(connection=connection)
    others = {
        "visitor": None,
        "champion": factories.member("champion", area=factories.AreaFactory()),
        "administrator": factories.member("administrator"),
        "elsewhere": factories.member("manager", home=factories.HomeFactory(name="Ash")),
    }
    for name, person in others.items():
        browser = Client()
        if person:
            browser.force_login(person)
        assert browser.get(small(row)).status_code in (302, 404), name
    browser = Client()
    browser.force_login(manager)
    answer = browser.get(small(row))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_anybody_sees_a_photo_that_is_shown_until_permission_is_over(client, shown):
    answer = client.get(small(shown))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "public, max-age=3600"

    Picture.objects.update(permission_until=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(small(shown)).status_code == 404


def test_a_home_that_became_small_shows_none(client, shown, connection):
    connection.home.registrations.update(beds=4)

    assert client.get(small(shown)).status_code == 404


def test_a_photo_taken_off_is_gone_for_its_team_too(client, coordinator, connection):
    row = PictureFactory(connection=connection)
    client.force_login(coordinator)

    client.post(reverse("pictures:take_off", args=[row.pk]))

    assert client.get(small(row)).status_code == 404


def test_showing_a_photo_to_anybody_wants_permission_and_can_be_taken_back(
    client, coordinator, connection
):
    row = PictureFactory(connection=connection)
    client.force_login(coordinator)
    page = reverse("pictures:picture", args=[row.pk])
    said = {"alt": "Two friends", "shows_people": "on", "share": "1"}

    refused = client.post(page, said)
    assert refused.status_code == 422
    assert "hold the permission of each of them" in refused.text
    shared = client.post(
        page, {**said, "permission_held": "on", "permission_until": "2099-01-01"}, follow=True
    )
    assert Picture.objects.public().exists()
    hide = reverse("pictures:hide", args=[row.pk])
    assert hide in shared.text
    client.post(hide)
    assert not Picture.objects.public().exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a photo."),
        ({"photo": upload(b"not a picture")}, "We cannot read this file as a photo."),
        ({"photo": upload(), "alt": "Mrs Bell"}, "somebody’s name"),
        ({"photo": upload(), "alt": "x" * 251}, "at most 250"),
        (
            {"photo": upload(), "shows_people": "on", "permission_held": "on"},
            "Put the last day",
        ),
        (
            {"photo": upload(), "shows_people": "on", "permission_held": "on",
             "permission_until": "2020-01-01"},
            "Put the last day",
        ),
        ({"photo": upload(), "photo_uuid": "x"}, "send it once more"),
    ],
)  # fmt: skip
def test_what_will_not_do_is_said_in_a_sentence(client, coordinator, url, sent, words):
    client.force_login(coordinator)
    for value in sent.values():
        if hasattr(value, "seek"):
            value.seek(0)

    page = client.post(url, sent)

    assert page.status_code == 422
    assert words in page.text
    assert not Picture.objects.exists()


def test_an_entry_taken_back_has_no_photo_page(client, coordinator, connection, url):
    client.force_login(coordinator)
    connection.undone_at = timezone.now()
    connection.save()

    assert client.get(url).status_code == 404


def test_the_log_leads_its_own_team_to_photos_and_nobody_else(client, connection, coordinator):
    rows = reverse("connections:rows", args=[connection.home_id])
    photos = reverse("pictures:entry", args=[connection.pk])
    client.force_login(coordinator)
    assert photos in client.get(rows).text

    client.force_login(factories.member("champion", area=factories.AreaFactory()))
    assert photos not in client.get(rows).text
