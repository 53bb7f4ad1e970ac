"""The quick check: all facts of a place on one screen, for those who may correct it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assets.checking.standing import standing_of
from assets.models import CheckState, Fact, FactCheck, Visibility
from tests import factories
from tests.factories import NORWICH

pytestmark = pytest.mark.django_db

SAID = {"phone": "0161 496 0111", "opening_hours": "Mo-Fr 09:00-17:00", "wheelchair": "yes"}


@pytest.fixture
def hall():
    return factories.AssetFactory(name="Wharf Hall", category="community_space", **SAID)


def address(asset):
    return reverse("checking:check", args=[asset.pk])


def test_shows_every_fact_that_is_said_with_its_own_state(client, champion, hall):
    client.force_login(champion)

    page = re.sub(r"\s+", " ", client.get(address(hall)).content.decode())

    assert re.findall(r'name="facts" value="(\w+)"', page) == [
        "place",
        "hours",
        "phone",
        "access",
    ]
    assert "checked" not in re.findall(r'<input type="checkbox"[^>]*>', page)[0]
    assert "Monday to Friday, 9am to 5pm" in page
    assert page.count("Nobody has checked this yet") == 4


def test_what_is_ticked_is_noted_and_can_be_taken_back(client, champion, hall):
    client.force_login(champion)
    sent = {"facts": ["place", "hours"], "how": "visit", "next": "/map/"}

    answer = client.post(address(hall), sent)

    assert answer.status_code == 302
    assert answer.url == "/map/"
    assert {check.fact for check in FactCheck.objects.all()} == {"place", "hours"}
    page = client.get(reverse("frontend:asset", args=[hall.pk])).content.decode()
    assert "Thank you. 2 of 4 facts checked: Wharf Hall." in page
    undo = re.search(r'action="(/places/\d+/check/[\d-]+/undo/[^"]*)"', page)[1]
    assert client.get(undo).status_code == 405

    back = client.post(undo.replace("&amp;", "&"))

    assert back.url == "/map/"
    assert not FactCheck.objects.exists()


def test_one_button_says_that_all_of_it_is_right(client, champion, hall):
    client.force_login(champion)

    client.post(address(hall), {"how": "visit", "all": "1"})

    states = {f: s.state for f, s in standing_of(hall, timezone.localdate()).items() if s.said}
    assert states == dict.fromkeys(
        (Fact.PLACE, Fact.HOURS, Fact.PHONE, Fact.ACCESS), CheckState.FRESH
    )
    hall.refresh_from_db()
    assert hall.check_state == CheckState.FRESH


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"how": "visit"}, "Tick what you have checked."),
        ({"facts": ["place", "cost"], "how": "visit"}, "Tick only what is listed here."),
        ({"facts": ["place"], "how": "mail"}, "Choose one."),
        ({"facts": ["place"]}, "Choose one."),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_is(client, champion, hall, sent, words):
    client.force_login(champion)

    answer = client.post(address(hall), sent)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not FactCheck.objects.exists()


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_leads_back_to_no_other_site(client, champion, hall, url):
    client.force_login(champion)

    answer = client.post(address(hall), {"facts": ["place"], "how": "web", "next": url})

    assert answer.url == reverse("frontend:asset", args=[hall.pk])
    assert url not in client.get(address(hall), {"next": url}).content.decode()


def test_only_those_who_may_correct_it_check_it(client, champion, coordinator, hall):
    draft = factories.AssetFactory(
        visibility=Visibility.DRAFT, published_on=None, location=NORWICH
    )
    far = factories.AssetFactory(location=NORWICH)

    answers = []
    for person, asset in ((coordinator, hall), (champion, far), (champion, draft)):
        client.force_login(person)
        answers.append(client.post(address(asset), {"all": "1", "how": "web"}).status_code)

    assert answers == [403, 403, 404]
    assert not FactCheck.objects.exists()


def test_a_record_that_is_one_with_another_is_checked_as_that(client, champion, hall):
    lost = factories.AssetFactory(visibility=Visibility.HIDDEN, merged_into=hall)
    client.force_login(champion)

    client.post(address(lost), {"facts": ["place"], "how": "web"})

    assert [check.asset for check in FactCheck.objects.all()] == [hall]
