"""A place claims its entry: by the link mailed to its own address, or a champion's word."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assets.models import Asset
from fans.people.models import Invitation, Membership
from fans.people.partners.models import Claim, Ending
from fans.people.partners.reports import kept_among, kept_by_itself
from fans.people.post import receivers
from fans.people.post import services as post
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import How
from tests import factories
from tests.fans.people.partners.conftest import CLUB, claim_link, press
from tests.fingerprint import fingerprint

DELE = {"name": "Dele", "role": "warden", "email": "dele@example.org"}


def claim(asset, client=None, **said):
    return (client or Client()).post(f"/places/{asset.pk}/claim/", DELE | said)


# --- asking -----------------------------------------------------------------------------------


def test_anybody_may_say_that_a_place_is_theirs(club, client):
    page = client.get(f"/places/{club.pk}/").content.decode()
    answer = claim(club, client)

    assert f'href="/places/{club.pk}/claim/"' in page
    assert answer["Location"] == "/places/claims/own/"
    row = Claim.objects.get()
    assert (row.name, row.role, row.email) == ("Dele", "warden", "dele@example.org")
    assert (
        "A champion of the area sees your words now"
        in client.get(answer["Location"]).content.decode()
    )


def test_the_link_goes_to_the_places_own_address_and_never_to_the_one_typed(approved):
    claim(approved)

    (sent,) = mail.outbox
    assert sent.to == [CLUB]
    assert "Dele, warden" in sent.body
    assert "dele@example.org" not in sent.body


def test_without_a_champions_word_for_the_address_no_mail_goes_anywhere(club):
    claim(club)

    assert not mail.outbox
    assert Claim.objects.get().mailed_at is None


def test_nor_where_they_want_no_mail_or_whoever_approved_has_gone(approved, champion):
    receivers.stop(address_hash=hash_of_address(CLUB), kind="partner", how=How.LINK)
    claim(approved)
    receivers.start_again(address_hash=hash_of_address(CLUB), kind="partner")
    champion.memberships.update(ended_at=timezone.now(), ended_by=champion)
    claim(approved, name="Ayo")

    assert not mail.outbox
    assert Claim.objects.count() == 2


def test_the_same_claim_sent_twice_is_one_and_mails_once(approved):
    for _ in range(3):
        claim(approved)

    assert Claim.objects.count() == 1
    assert len(mail.outbox) == 1


def test_two_people_claim_at_once_the_place_gets_one_mail(approved):
    claim(approved)
    claim(approved, name="Ayo", role="secretary", email="")

    assert Claim.objects.count() == 2
    assert len(mail.outbox) == 1


def test_machines_are_told_what_everybody_is_told(approved):
    answer = claim(approved, company="Acme")

    assert answer["Location"] == "/places/claims/own/"
    assert not Claim.objects.exists()
    assert not mail.outbox


def test_a_place_is_claimed_so_often_a_day_and_no_more(club):
    answers = [claim(club, name=f"Dele {turn}").status_code for turn in range(6)]

    assert answers == [302] * 5 + [429]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"role": " "}, {"email": "dele"}, {"name": "x" * 81}]
)
def test_a_claim_that_says_nothing_or_nonsense_is_sent_back(club, wrong):
    assert claim(club, **wrong).status_code == 400
    assert not Claim.objects.exists()


@pytest.mark.parametrize("field", ["name", "role"])
@pytest.mark.parametrize(
    "words",
    [
        "Sign in at https://evil.example",
        "see www.evil.example now",
        "Write to x@evil.example",
        "Confirm at evil.example/club",
        "evil.example",
    ],
)
def test_no_claim_leads_the_place_elsewhere(approved, field, words):
    assert claim(approved, **{field: words}).status_code == 400
    assert not mail.outbox


@pytest.mark.parametrize("words", ["Hon. Sec.", "Dr. O’Neill", "Warden, St. Anne’s (P.T.)"])
def test_a_claim_takes_words_as_people_write_them(approved, words):
    assert claim(approved, name=words, role=words).status_code == 302


def test_a_claim_is_one_line_in_the_mail_to_the_place(approved):
    claim(approved, name="Dele\n\nYour account is closed")

    (sent,) = mail.outbox
    assert "\n  Dele Your account is closed, warden\n" in sent.body


@pytest.mark.parametrize("facts", [{"visibility": "hidden"}, {"state": "closed"}])
def test_what_is_not_on_the_map_cannot_be_claimed(club, facts):
    Asset.objects.filter(pk=club.pk).update(**facts)

    assert claim(club).status_code == 404


# --- the mailed link --------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_whatever_follows_the_link_changes_nothing(approved, method):
    claim(approved)
    before = fingerprint(but=set())
    for _ in range(3):
        getattr(Client(), method)(claim_link(), follow=True)

    assert fingerprint(but=set()) == before


def test_with_a_yes_the_mailbox_becomes_a_partner(approved, client):
    claim(approved)
    answer = press(client, claim_link(), do="yes")
    assert answer["Location"] == "/invitation/"
    client.post("/invitation/", {"name": "Dele", "password": "correct horse battery"})

    membership = Membership.objects.get(role="partner")
    assert membership.asset == approved
    assert membership.person.email == CLUB
    assert membership.until is not None
    row = Claim.objects.get()
    assert (row.state, row.how) == ("approved", "mail")
    assert len(mail.outbox) == 1  # no second mail: the mailbox was just read
    assert kept_by_itself(approved)
    assert (
        "Kept right by the place itself"
        in Client().get(f"/places/{approved.pk}/").content.decode()
    )


def test_the_yes_works_once(approved):
    claim(approved)
    link = claim_link()
    press(Client(), link, do="yes")
    before = fingerprint()

    assert press(Client(), link, do="yes").status_code == 410
    assert press(Client(), link, do="no").status_code == 410
    assert fingerprint() == before
    assert Invitation.objects.count() == 1


def test_with_a_no_nothing_is_given_away(approved, client):
    claim(approved, client)
    answer = press(Client(), claim_link(), do="no")

    assert "Nothing was changed" in answer.content.decode()
    assert Claim.objects.get().state == "denied"
    assert not Invitation.objects.exists()
    assert "The place itself said no" in client.get("/places/claims/own/").content.decode()


@pytest.mark.parametrize("do", ["", "perhaps"])
def test_a_press_that_says_nothing_does_nothing(approved, do):
    claim(approved)

    assert press(Client(), claim_link(), do=do).status_code == 302
    assert Claim.objects.get().state == "waiting"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda claims, assets: claims.update(expires_at=timezone.now()),
        lambda claims, assets: assets.update(email="new@example.org"),
        lambda claims, assets: assets.update(visibility="hidden"),
    ],
)
def test_a_link_that_is_too_old_or_of_another_address_opens_nothing(approved, spoil):
    claim(approved)
    spoil(Claim.objects.all(), Asset.objects.filter(pk=approved.pk))

    assert press(Client(), claim_link(), do="yes").status_code == 410
    assert not Invitation.objects.exists()


def test_nor_one_whose_address_lost_its_approval(approved, champion):
    claim(approved)
    post.withdraw_approval(asset=approved, by=champion)

    assert press(Client(), claim_link(), do="yes").status_code == 410


def test_an_address_that_was_approved_anew_does_not_open_an_old_link(approved, champion):
    claim(approved)
    Asset.objects.filter(pk=approved.pk).update(email="new@example.org")
    approved.refresh_from_db()
    post.approve(asset=approved, by=champion)

    assert press(Client(), claim_link(), do="yes").status_code == 410


@pytest.mark.parametrize("token", ["none-such", "x" * 3000, "ü", "a;b"])
def test_a_forged_link_opens_nothing_and_writes_nothing(approved, token):
    claim(approved)
    before = fingerprint(but=set())

    assert Client().get(f"/places/claim/{token}/", follow=True).status_code == 410
    assert (
        "open the address"
        in Client().get(f"/places/claims/own/{token}/", follow=True).content.decode()
    )
    assert fingerprint(but=set()) == before


# --- a champion's word ------------------------------------------------------------------------


def test_a_champion_who_knows_them_invites_them(club, champion, client):
    claim(club)
    row = Claim.objects.get()
    client.force_login(champion)
    page = client.get("/places/word/").content.decode()
    sent = {"do": "vouch", "email": "dele@example.org", "known": "on"}
    client.post(f"/places/claims/{row.pk}/", sent)

    assert "Dele" in page
    assert "warden" in page
    row.refresh_from_db()
    assert (row.state, row.how, row.decided_by) == ("approved", "word", champion)
    assert Invitation.objects.get().email == "dele@example.org"
    assert mail.outbox[-1].to == ["dele@example.org"]


@pytest.mark.parametrize("wrong", [{"known": ""}, {"email": ""}, {"email": "dele"}])
def test_not_without_knowing_them_and_an_address(club, champion, client, wrong):
    claim(club)
    client.force_login(champion)
    sent = {"do": "vouch", "email": "dele@example.org", "known": "on"} | wrong
    answer = client.post(f"/places/claims/{Claim.objects.get().pk}/", sent)

    assert answer.status_code == 400
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_a_refusal_has_words_that_the_claimant_reads(club, champion, client):
    asker = Client()
    claim(club, asker)
    own = re.search(
        r"https?://[^/\s]+(/places/claims/own/[^/\s]+/)",
        asker.get("/places/claims/own/").content.decode(),
    )[1]
    pk = Claim.objects.get().pk
    client.force_login(champion)
    assert (
        client.post(f"/places/claims/{pk}/", {"do": "refuse", "words": ""}).status_code == 400
    )
    client.post(f"/places/claims/{pk}/", {"do": "refuse", "words": "The club says no."})

    assert Claim.objects.get().state == "refused"
    assert "The club says no." in Client().get(own, follow=True).content.decode()
    assert not mail.outbox


def test_of_two_champions_one_decides(club, champion, area, client):
    claim(club)
    pk = Claim.objects.get().pk
    sent = {"do": "vouch", "email": "dele@example.org", "known": "on"}
    for person in (champion, factories.member("champion", area=area, name="Ben")):
        client.force_login(person)
        answer = client.post(f"/places/claims/{pk}/", sent, follow=True)

    assert "Somebody has decided about this already" in answer.content.decode()
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("role", ["champion", "partner", "manager", "stranger"])
def test_nobody_else_decides_or_even_sees_it(club, role, client, home):
    claim(club)
    elsewhere = {
        "champion": {"area": factories.AreaFactory(boundary=factories.box(factories.NORWICH))},
        "partner": {"asset": club},
        "manager": {"home": home},
    }
    if role == "stranger":
        client.force_login(factories.PersonFactory())
    else:
        client.force_login(factories.member(role, **elsewhere[role]))
    before = fingerprint()
    sent = {"do": "vouch", "email": "dele@example.org", "known": "on"}
    answer = client.post(f"/places/claims/{Claim.objects.get().pk}/", sent)
    page = client.get("/places/word/")

    assert answer.status_code in (403, 404)
    assert "Dele" not in page.content.decode()
    assert fingerprint(but={"django_session", "usersessions_usersession"}) == before


# --- later ------------------------------------------------------------------------------------


@pytest.fixture
def keeper(club):
    return factories.member("partner", asset=club, name="Dele")


def test_a_champion_ends_it_with_a_reason_and_takes_that_back(club, keeper, champion, client):
    client.force_login(champion)
    held = keeper.memberships.get()
    assert "Dele" in client.get("/places/word/").content.decode()
    client.post(f"/places/keepers/{held.pk}/end/", {"words": ""})
    assert kept_by_itself(club)
    client.post(f"/places/keepers/{held.pk}/end/", {"words": "The club asked us to."})

    ending = Ending.objects.get()
    assert (ending.reason, ending.by) == ("The club asked us to.", champion)
    assert not kept_by_itself(club)
    assert kept_among([club.pk]) == set()
    client.post(f"/places/endings/{ending.pk}/undo/")
    assert kept_by_itself(club)
    ending.refresh_from_db()
    assert ending.undone_at is not None
    client.post(f"/places/keepers/{held.pk}/end/", {"words": "Once more."})
    assert Ending.objects.count() == 2


def test_a_champion_of_elsewhere_ends_nothing(club, keeper, client):
    norwich = factories.AreaFactory(boundary=factories.box(factories.NORWICH))
    client.force_login(factories.member("champion", area=norwich))
    held = keeper.memberships.get()

    answer = client.post(f"/places/keepers/{held.pk}/end/", {"words": "So there."})
    assert answer.status_code == 404
    assert kept_by_itself(club)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (
            {"state": "maybe", "decided_at": timezone.now(), "token_hash": None},
            "partners_claim_state_known",
        ),
        ({"how": "sure"}, "partners_claim_how_known"),
        ({"name": ""}, "partners_claim_says_who"),
        ({"state": "denied", "decided_at": timezone.now()}, "only_while_it_waits"),
        ({"mailed_at": None}, "partners_claim_link_mailed_when"),
        ({"address_hash": ""}, "partners_claim_link_mailed_when"),
        ({"decided_at": timezone.now()}, "partners_claim_decided_when"),
        ({"how": "mail"}, "partners_claim_proof_of_a_yes"),
        (
            {"state": "refused", "decided_at": timezone.now(), "token_hash": None},
            "partners_claim_refused_with_words",
        ),
    ],
)
def test_the_database_keeps_claims_in_order(approved, facts, name):
    claim(approved)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Claim.objects.update(**facts)


def test_a_place_has_one_open_link(approved):
    claim(approved)
    claim(approved, name="Ayo")

    with pytest.raises(IntegrityError, match="partners_claim_one_mail_at_a_time"):
        Claim.objects.filter(name="Ayo").update(
            token_hash="x",
            address_hash="y",
            mailed_at=timezone.now(),
            expires_at=timezone.now(),
        )


def test_an_ending_has_a_reason_and_stands_once(club, keeper):
    held = keeper.memberships.get()
    with (
        pytest.raises(IntegrityError, match="partners_ending_has_reason"),
        transaction.atomic(),
    ):
        Ending.objects.create(membership=held, reason="")
    Ending.objects.create(membership=held, reason="So.")
    with pytest.raises(IntegrityError, match="partners_ending_once"):
        Ending.objects.create(membership=held, reason="So.")
