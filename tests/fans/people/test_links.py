"""Links in mails: whatever follows one, a mail scanner or a preview, changes nothing."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fans.connections.ties import services as ties
from fans.people import inviting, services
from fans.people.models import Person
from fans.people.partners.services import asking, claiming
from fans.people.post import services as post
from fans.people.volunteers.services import signing_up
from tests import factories
from tests.factories import PASSWORD
from tests.fans.people.volunteers import offers
from tests.fingerprint import fingerprint

SCANNERS = {"user-agent": "MailScanner/1.0", "purpose": "prefetch", "sec-purpose": "prefetch"}


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def ada(db) -> Person:
    """Ada has an account with a confirmed address."""
    return services.open_account(email="ada@example.org", name="Ada", password=PASSWORD)


def _link() -> str:
    """The first link of the last mail, without the site's own address."""
    return re.search(r"https?://[^/\s]+(/\S+/\S+)", mail.outbox[-1].body)[1]


def _of_an_invitation(request) -> str:
    manager, home = (request.getfixturevalue(name) for name in ("manager", "home"))
    inviting.invite(email="eve@example.org", role="coordinator", scope=home, by=manager)
    return _link()


def _of_a_forgotten_password(request) -> str:
    request.getfixturevalue("ada")
    Client().post(reverse("account_reset_password"), {"email": "ada@example.org"})
    return _link()


def _of_an_address_to_confirm(request) -> str:
    Person.objects.create_user("new@example.org", PASSWORD)
    sent = {"login": "new@example.org", "password": PASSWORD}
    Client().post(reverse("account_login"), sent)
    return _link()


def _of_an_offer_to_volunteer(request) -> str:
    signing_up.offer(email=offers.AMRIT, answers=offers.answers(place=None))
    return _link()


def _of_an_adult_who_is_asked(request) -> str:
    signing_up.offer(email=offers.ZOE, answers=offers.of_zoe(place=None))
    signing_up.confirm(token=offers.token(offers.ZOE))
    return _link()


def _asked_place(request) -> None:
    champion = request.getfixturevalue("champion")
    club = factories.AssetFactory(email="club@example.org", phone="0161 496 0111")
    post.approve(asset=club, by=champion)
    asking.ask_tonight()


def _of_a_place_that_is_right(request) -> str:
    _asked_place(request)
    return _link()


def _of_a_place_to_put_right(request) -> str:
    _asked_place(request)
    return re.search(r"(/places/answer/edit/\S+)", mail.outbox[-1].body)[1]


def _of_a_place_that_is_gone(request) -> str:
    _asked_place(request)
    return re.search(r"(/places/answer/gone/\S+)", mail.outbox[-1].body)[1]


def _of_a_place_that_somebody_claims(request) -> str:
    champion = request.getfixturevalue("champion")
    club = factories.AssetFactory(email="club@example.org")
    post.approve(asset=club, by=champion)
    claiming.claim(asset=club, name="Dele", role="warden")
    return _link()


def _of_a_home_that_invites(request) -> str:
    coordinator = request.getfixturevalue("coordinator")
    home = coordinator.memberships.get().home
    partner = factories.PartnerFactory(
        kind="group", asset=None, name="Kitchen Choir", own_category="clubs_societies"
    )
    tie = factories.PartnershipFactory(home=home, partner=partner)
    ties.invite_by_mail(partnership=tie, by=coordinator, words="Come", to="choir@example.org")
    return re.search(r"(/ties/invited/\S+)", mail.outbox[-1].body)[1]


def _of_questions_behind_a_printed_code(request):
    today = timezone.localdate()
    code = factories.RespondCodeFactory(wave__opens_on=today, wave__closes_on=today)
    return reverse("respond:start", args=[code.letters])


LINKS = [
    _of_an_invitation,
    _of_a_forgotten_password,
    _of_an_address_to_confirm,
    _of_an_offer_to_volunteer,
    _of_an_adult_who_is_asked,
    _of_a_place_that_is_right,
    _of_a_place_to_put_right,
    _of_a_place_that_is_gone,
    _of_a_place_that_somebody_claims,
    _of_a_home_that_invites,
    _of_questions_behind_a_printed_code,
]


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("link_of", LINKS, ids=lambda each: each.__name__.strip("_"))
def test_following_a_link_changes_nothing(method, link_of, request, db):
    link = link_of(request)
    before = fingerprint()
    sent = len(mail.outbox)

    for _ in range(3):
        scanner = Client(headers=SCANNERS)
        response = getattr(scanner, method)(link, follow=True)
        assert response.status_code in (200, 405)

    assert fingerprint() == before
    assert len(mail.outbox) == sent


@pytest.mark.parametrize("link_of", LINKS, ids=lambda each: each.__name__.strip("_"))
def test_a_link_still_opens_its_page_after_the_scanners(link_of, request, db):
    link = link_of(request)
    first = Client().get(link, follow=True)
    for _ in range(5):
        Client(headers=SCANNERS).get(link, follow=True)
        Client(headers=SCANNERS).head(link, follow=True)

    last = Client().get(link, follow=True)

    assert last.status_code == first.status_code == 200
    assert last.templates[0].name == first.templates[0].name


@pytest.mark.parametrize("token", ["none-such", "x" * 5000, "ü", "a;b", "%0d%0aSet-Cookie:x=y"])
def test_an_invitation_that_somebody_made_up_writes_no_session(token, db):
    before = fingerprint(but=set())
    for _ in range(3):
        response = Client().get(f"/invitation/{token}/", follow=True)

        assert response.status_code == 410

    assert not Session.objects.exists()
    assert fingerprint(but=set()) == before


@pytest.mark.parametrize(
    "page", ["/volunteer/link/", "/volunteer/adult/", "/mail/stop/", "/places/claim/"]
)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_link_that_somebody_made_up_writes_nothing(method, page, db):
    before = fingerprint(but=set())
    for token in ("none-such", "x" * 3000, "ü", "a;b"):
        answer = getattr(Client(), method)(f"{page}{token}/", follow=True)
        assert answer.status_code < 500

    assert fingerprint(but=set()) == before


def test_the_token_is_kept_from_scripts_and_other_sites_and_forgotten_at_the_end(request, db):
    client = Client()
    opened = client.get(_of_an_invitation(request))
    (kept,) = opened.cookies.values()
    client.post(opened["Location"], {"name": "Eve", "password": PASSWORD})

    assert kept["httponly"]
    assert kept["samesite"] == "Lax"
    assert not kept["max-age"]  # no longer than the window is open
    assert client.cookies[kept.key].value == ""
