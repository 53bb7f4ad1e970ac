"""A place's own people keep its entry right; champions say where mail may go."""

import pytest
from django.utils import timezone

from assets.models import FactCheck
from fans.people.partners.models import Question
from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import Approval, How, Mail, State
from tests import factories
from tests.fans.people.partners.conftest import CLUB


@pytest.fixture
def keeper(club, client):
    person = factories.member("partner", asset=club, name="Dele")
    client.force_login(person)
    return person


def test_a_partner_is_led_to_their_place(club, keeper, client):
    today = client.get("/today/").content.decode()

    assert f'href="/my-places/{club.pk}/"' in today
    assert client.get("/my-places/")["Location"] == f"/my-places/{club.pk}/"


def test_a_partner_saves_offers_and_asks_at_once(club, keeper, client):
    page = f"/my-places/{club.pk}/"
    seen = club.updated_at.isoformat()
    said = {"could_give": "A green\r\nTea", "would_love": "Players", "seen_at": seen}
    answer = client.post(page, said | {"do": "save"})

    assert answer.status_code == 302
    club.refresh_from_db()
    assert (club.could_give, club.would_love) == ("A green\nTea", "Players")
    public = client.get(f"/places/{club.pk}/").content.decode()
    assert "<li>Tea</li>" in public


def test_a_partner_corrects_facts_at_once(club, keeper, client):
    said = {
        "name": club.name,
        "category": club.category,
        "wheelchair": "yes",
        "phone": "0161 496 0222",
        "address": club.address,
        "lon": f"{club.location.x:.7f}",
        "lat": f"{club.location.y:.7f}",
        "seen_at": club.updated_at.isoformat(),
    }
    assert client.post(f"/places/{club.pk}/edit/", said).status_code == 302

    club.refresh_from_db()
    assert club.phone == "0161 496 0222"


def test_a_partner_says_that_all_of_it_is_right(club, keeper, client):
    page = f"/my-places/{club.pk}/"
    client.post(page, {"do": "right", "seen_at": club.updated_at.isoformat()})

    checked = set(FactCheck.objects.filter(asset=club).values_list("fact", "how"))
    assert checked == {("place", "mail"), ("phone", "mail"), ("contact", "mail")}


def test_but_not_of_what_changed_since_they_looked(club, keeper, client):
    seen = club.updated_at.isoformat()
    club.phone = "0161 496 0999"
    club.save()
    client.post(f"/my-places/{club.pk}/", {"do": "right", "seen_at": seen})

    assert not FactCheck.objects.exists()


@pytest.mark.parametrize("seen_at", ["", "yesterday"])
def test_a_form_without_its_moment_saves_nothing(club, keeper, client, seen_at):
    said = {"do": "save", "could_give": "Tea", "seen_at": seen_at}
    answer = client.post(f"/my-places/{club.pk}/", said)

    assert answer.status_code == 400
    club.refresh_from_db()
    assert club.could_give == ""


def test_nobody_keeps_another_place(club, keeper, client):
    other = factories.AssetFactory(could_give="")
    said = {"do": "save", "could_give": "Mine", "seen_at": other.updated_at.isoformat()}

    assert client.get(f"/my-places/{other.pk}/").status_code == 404
    assert client.post(f"/my-places/{other.pk}/", said).status_code == 404
    other.refresh_from_db()
    assert other.could_give == ""


def test_a_role_that_has_ended_keeps_nothing(club, keeper, client):
    keeper.memberships.update(ended_at=timezone.now())

    assert client.get(f"/my-places/{club.pk}/").status_code in (403, 404)


# --- where mail may go ------------------------------------------------------------------------


@pytest.fixture
def page(club, champion, client):
    client.force_login(champion)
    return f"/places/{club.pk}/mail/"


def test_a_champion_approves_an_address_from_the_page_of_the_place(
    club, champion, page, client
):
    public = client.get(f"/places/{club.pk}/").content.decode()
    shown = client.get(page).content.decode()
    client.post(page, {"do": "approve", "address": CLUB})

    assert f'href="{page}"' in public
    assert CLUB in shown
    assert "What approving means" in shown
    assert receivers.approval_of(club, CLUB).by == champion
    assert "Approved by Priya" in client.get(page).content.decode()


def test_an_address_that_changed_meanwhile_is_not_approved(club, page, client):
    client.post(page, {"do": "approve", "address": "old@example.org"})

    assert not Approval.objects.exists()


def test_a_champion_takes_it_back_and_what_waits_does_not_go(
    club, page, client, champion, settings
):
    settings.EMAIL_BACKEND = "fans.people.post.backend.QueueBackend"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    client.post(page, {"do": "approve", "address": CLUB})
    from fans.people.partners.services.asking import ask_tonight  # noqa: PLC0415

    assert ask_tonight().mails == 1
    assert Mail.objects.get(kind="partner").state == State.QUEUED
    client.post(page, {"do": "withdraw"})

    kept = Mail.objects.get(kind="partner")
    assert (kept.state, kept.body) == (State.STOPPED, "")
    assert not Approval.objects.exists()
    assert Question.objects.count() == 1


def test_a_champion_is_told_that_nothing_goes_there_all_the_same(club, page, client):
    client.post(page, {"do": "approve", "address": CLUB})
    receivers.stop(address_hash=hash_of_address(CLUB), kind="partner", how=How.LINK)

    assert "they asked for no such mails" in client.get(page).content.decode()


def test_a_press_that_says_nothing_approves_nothing(club, page, client):
    for sent in ({}, {"do": "all"}, {"do": "approve"}):
        assert client.post(page, sent).status_code == 302
    assert not Approval.objects.exists()


@pytest.mark.parametrize("role", ["champion", "partner"])
def test_nobody_else_approves(club, role, client):
    scope = {
        "champion": {"area": factories.AreaFactory(boundary=factories.box(factories.NORWICH))},
        "partner": {"asset": club},
    }[role]
    client.force_login(factories.member(role, **scope))
    page = f"/places/{club.pk}/mail/"

    assert client.get(page).status_code in (403, 404)
    assert client.post(page, {"do": "approve", "address": CLUB}).status_code in (403, 404)
    assert not Approval.objects.exists()
