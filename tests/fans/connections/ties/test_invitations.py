"""Inviting by mail: whom, once a week; the link shows little, and answers for one side."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fans.connections.models import Partnership
from fans.connections.services import Side, confirm
from fans.connections.ties import services
from fans.connections.ties.errors import AskedLatelyError, NoAddressToAskError
from fans.connections.ties.models import Approach, TieEvent, TieLink
from fans.connections.ties.services import inviting
from fans.people.models import hash_of
from fans.people.post import receivers
from fans.people.post import services as post
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import How, Mail
from tests import factories

pytestmark = pytest.mark.django_db

CHOIR = "choir@example.org"
START = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as travel:
        yield travel


@pytest.fixture
def choir():
    return factories.AssetFactory(name="Sale Choir", email=CHOIR)


@pytest.fixture
def tie(home, choir):
    partner = factories.PartnerFactory(asset=choir)
    return factories.PartnershipFactory(home=home, partner=partner, purpose="Songs on Fridays")


@pytest.fixture
def invited(tie, choir, champion, coordinator):
    """The choir was invited; its tie."""
    post.approve(asset=choir, by=champion)
    invite(tie, coordinator)
    return tie


def invite(tie, by, **more):
    return services.invite_by_mail(
        partnership=tie, by=by, words="Come and sing with us", **more
    )


def path_of(sent):
    return re.search(r"https?://[^/\s]+(/ties/invited/\S+)", sent.body)[1]


def open_mail(client=None):
    client = client or Client()
    client.get(path_of(mail.outbox[-1]))
    return client


def link_of(tie):
    return TieLink.objects.get(approach__partnership=tie, purpose="answer").pk


def answer(client, tie, **said):
    return client.post(reverse("ties:invitation"), {"about": link_of(tie), **said})


# --- whom ----------------------------------------------------------------------------------


def test_a_place_without_an_approved_address_gets_no_mail(tie, coordinator):
    with pytest.raises(NoAddressToAskError, match="Ask your champion to approve the address"):
        invite(tie, coordinator)

    assert not mail.outbox
    assert not Approach.objects.exists()


def test_an_account_at_the_address_does_not_stand_for_the_word_of_a_champion(tie, coordinator):
    factories.PersonFactory(email=CHOIR)

    with pytest.raises(NoAddressToAskError):
        invite(tie, coordinator)


def test_a_place_without_an_address_is_asked_another_way(tie, choir, coordinator):
    type(choir).objects.update(email="")
    tie = Partnership.objects.get()

    with pytest.raises(NoAddressToAskError, match="Ask another way"):
        invite(tie, coordinator)


@pytest.mark.parametrize("kind", ["person", "family", "professional"])
def test_private_people_are_never_mailed(home, coordinator, kind):
    category = "individual_gift" if kind == "person" else ""
    partner = factories.PartnerFactory(
        kind=kind, asset=None, name="Accordion player", own_category=category
    )
    tie = factories.PartnershipFactory(home=home, partner=partner)

    with pytest.raises(NoAddressToAskError, match="never private people"):
        invite(tie, coordinator, to="someone@example.org")


def _group(home):
    partner = factories.PartnerFactory(
        kind="group", asset=None, name="Kitchen Choir", own_category="clubs_societies"
    )
    return factories.PartnershipFactory(home=home, partner=partner)


def test_a_group_is_mailed_at_the_address_typed_which_is_not_kept(home, coordinator):
    tie = _group(home)

    invite(tie, coordinator, to="Kitchen@Example.org")

    assert mail.outbox[-1].to == ["Kitchen@Example.org"]
    asked = Approach.objects.get()
    assert asked.address_hash == hash_of_address("kitchen@example.org")
    values = str(list(Approach.objects.values())) + str(list(TieEvent.objects.values()))
    assert "kitchen@" not in values.lower()


def test_a_group_s_address_that_is_a_place_s_needs_the_champion_too(home, coordinator, choir):
    with pytest.raises(NoAddressToAskError, match="approve the address"):
        invite(_group(home), coordinator, to=CHOIR)


@pytest.mark.parametrize("typed", ["", "kitchen", "a@b@c"])
def test_what_is_no_address_is_said_to_be_none(home, coordinator, typed):
    with pytest.raises(NoAddressToAskError) as refusal:
        invite(_group(home), coordinator, to=typed)

    assert refusal.value.field == "to"


def test_whoever_wants_no_mail_gets_none_and_the_home_does_not_learn_it(home, coordinator):
    tie = _group(home)
    known = hash_of_address("kitchen@example.org")
    receivers.stop(address_hash=known, kind="partner", how=How.LINK)

    told = invite(tie, coordinator, to="kitchen@example.org").outcome.words

    assert not mail.outbox
    assert told == "Done. A mail goes out, unless they asked for none."
    assert Mail.objects.get().state == "stopped"


def test_one_address_is_asked_once_a_week(invited, home, coordinator, clock):
    with pytest.raises(AskedLatelyError):
        invite(invited, coordinator)

    clock.shift(dt.timedelta(days=7, minutes=1))
    invite(invited, coordinator)
    assert len(mail.outbox) == 2


def test_noting_that_no_answer_came_lets_nobody_write_again_at_once(invited, coordinator):
    asked = Approach.objects.get()
    services.answer(approach=asked, by=coordinator, answer="none")

    with pytest.raises(AskedLatelyError):
        invite(invited, coordinator)


def test_taking_back_lets_an_invitation_be_written_anew_once(invited, coordinator, clock):
    _take_back_asking(coordinator)
    invite(invited, coordinator)
    _take_back_asking(coordinator)

    with pytest.raises(AskedLatelyError):
        invite(invited, coordinator)
    assert len(mail.outbox) == 2

    clock.shift(dt.timedelta(days=7, minutes=1))
    invite(invited, coordinator)


def _take_back_asking(by):
    for event in TieEvent.objects.filter(undone_at=None).order_by("-pk"):
        services.undo(event=event, by=by)


def test_a_home_sends_so_many_invitations_a_day(home, coordinator, clock, monkeypatch):
    monkeypatch.setattr(inviting, "MOST_A_DAY", 2)
    tie = _group(home)
    for name in ("one", "two"):
        invite(tie, coordinator, to=f"{name}@example.org")

    with pytest.raises(AskedLatelyError):
        invite(tie, coordinator, to="three@example.org")

    clock.shift(dt.timedelta(days=1, minutes=1))
    invite(tie, coordinator, to="four@example.org")


def test_inviting_says_yes_for_the_home_where_they_may_say_it(invited, coordinator):
    invited.refresh_from_db()

    assert (invited.status, bool(invited.home_confirmed_at)) == ("asked", True)


def test_a_champion_s_invitation_is_not_the_home_s_yes(tie, choir, champion):
    post.approve(asset=choir, by=champion)

    invite(tie, champion)

    tie.refresh_from_db()
    assert (tie.status, tie.home_confirmed_at) == ("asked", None)


# --- what the link shows --------------------------------------------------------------------


def test_the_link_shows_the_home_the_purpose_and_the_words_and_no_more(invited, coordinator):
    services.set_depth(partnership=invited, by=coordinator, depth=1)
    Approach.objects.update(reply="They never call back")

    page = open_mail().get(reverse("ties:invitation"))

    text = page.content.decode()
    assert page.status_code == 200
    for shown in ("Larkfield House", "Songs on Fridays", "Come and sing with us"):
        assert shown in text
    for hidden in ("They never call back", "A one-off", "Ada", CHOIR):
        assert hidden not in text


def test_only_the_hash_of_a_link_is_kept(invited):
    token = path_of(mail.outbox[-1]).rstrip("/").rsplit("/", 1)[1]

    assert TieLink.objects.get().token_hash == hash_of(token)


# --- what it answers -------------------------------------------------------------------------


def test_a_choir_says_yes_by_its_link_and_the_tie_is_active(invited):
    client = open_mail()

    response = answer(client, invited, answer="yes", words="Lovely", named_ok="on")

    assert response.url == reverse("ties:answered")
    invited.refresh_from_db()
    assert (invited.status, invited.partner_named_ok) == ("active", True)
    assert "Larkfield House sees your answer" in client.get(response.url).content.decode()
    assert set(TieEvent.objects.filter(how="link").values_list("kind", "by")) == {
        ("yes", None),
        ("named", None),
    }


def test_the_partner_s_yes_is_never_the_home_s(tie, choir, champion):
    post.approve(asset=choir, by=champion)
    invite(tie, champion)

    answer(open_mail(), tie, answer="yes")

    tie.refresh_from_db()
    assert (tie.status, tie.home_confirmed_at) == ("agreed", None)


def test_a_no_by_link_has_a_reason_and_declines(invited):
    client = open_mail()

    refused = answer(client, invited, answer="no")
    assert refused.status_code == 422
    answer(client, invited, answer="no", reason="no_staff", words="Ask in spring")

    invited.refresh_from_db()
    assert (invited.status, invited.declined_reason) == ("declined", "no_staff")
    assert (invited.declined_side, invited.declined_words) == ("partner", "Ask in spring")


@pytest.mark.parametrize(
    ("said", "follow_up"), [("talk", dt.date(2026, 10, 1)), ("later", dt.date(2026, 11, 26))]
)
def test_they_may_ask_to_talk_or_to_be_asked_later(invited, said, follow_up):
    answer(open_mail(), invited, answer=said)

    asked = Approach.objects.get()
    invited.refresh_from_db()
    assert (asked.answer, asked.follow_up_on, invited.status) == (said, follow_up, "asked")


def test_a_link_answers_once(invited):
    first, second = open_mail(), open_mail()

    answer(first, invited, answer="yes")

    assert answer(second, invited, answer="no", reason="other").status_code == 410
    invited.refresh_from_db()
    assert invited.status == "active"


def test_an_answer_is_taken_back_in_the_same_window_and_given_anew(invited):
    client = open_mail()
    answer(client, invited, answer="yes", named_ok="on")

    assert client.post(reverse("ties:answered")).status_code == 200

    invited.refresh_from_db()
    assert (invited.status, invited.partner_named_ok) == ("asked", False)
    assert Approach.objects.get().answer == "waiting"
    assert client.post(reverse("ties:answered")).status_code == 410
    answer(open_mail(client), invited, answer="talk")
    assert Approach.objects.get().answer == "talk"


def test_what_the_home_went_on_with_is_not_taken_back_by_a_link(invited, coordinator):
    client = open_mail()
    answer(client, invited, answer="yes")
    services.end(partnership=invited, by=coordinator)

    assert client.post(reverse("ties:answered")).status_code == 410
    invited.refresh_from_db()
    assert invited.status == "ended"


def test_a_link_to_answer_takes_nothing_back(invited):
    client = open_mail()
    client.cookies["fans-tie-undo"] = client.cookies["fans-tie-answer"].value

    assert client.post(reverse("ties:answered")).status_code == 410


def _withdrawn(tie, champion, clock):
    post.withdraw_approval(asset=tie.partner.asset, by=champion)


def _other_address(tie, champion, clock):
    type(tie.partner.asset).objects.update(email="new@example.org")


def _hidden(tie, champion, clock):
    type(tie.partner.asset).objects.update(visibility="hidden")


def _too_old(tie, champion, clock):
    clock.shift(dt.timedelta(days=61))


def _taken_back(tie, champion, clock):
    Approach.objects.update(undone_at=START)


def _closed(tie, champion, clock):
    tie.home.registrations.update(until=timezone.localdate())


def _over(tie, champion, clock):
    Partnership.objects.update(status="ended")


@pytest.mark.parametrize(
    "end", [_withdrawn, _other_address, _hidden, _too_old, _taken_back, _closed, _over]
)
def test_a_link_opens_nothing_once_it_is_not_asked_any_more(invited, champion, clock, end):
    client = open_mail()

    end(Partnership.objects.select_related("partner__asset").get(), champion, clock)

    assert client.get(reverse("ties:invitation")).status_code == 410
    assert answer(client, invited, answer="yes").status_code == 410
    invited.refresh_from_db()
    assert invited.partner_confirmed_at is None


def test_another_mail_opened_since_is_not_answered_by_mistake(invited, home, coordinator):
    client = open_mail()
    stale = {"about": link_of(invited) + 1, "answer": "yes"}

    response = client.post(reverse("ties:invitation"), stale)

    assert response.url == reverse("ties:invitation")
    assert Approach.objects.get().answer == "waiting"


def test_made_up_links_open_nothing(client):
    client.get(reverse("ties:open_invitation", args=["made-up"]))

    assert client.get(reverse("ties:invitation")).status_code == 410


# --- signed in --------------------------------------------------------------------------------


@pytest.fixture
def pat(choir):
    return factories.member("partner", asset=choir, name="Pat")


def test_a_place_s_own_people_answer_signed_in(invited, pat, client):
    client.force_login(pat)
    listed = client.get(reverse("ties:mine")).content.decode()
    assert "Larkfield House" in listed
    assert "Come and sing with us" in listed

    said = {"answer": "yes", "words": "Yes!"}
    response = client.post(reverse("ties:own_answer", args=[invited.pk]), said)

    assert response.url == reverse("ties:mine")
    invited.refresh_from_db()
    assert invited.status == "active"
    assert TieEvent.objects.get(kind="yes", side="partner").by == pat


def test_a_home_s_mere_idea_is_its_own(tie, pat, client):
    client.force_login(pat)

    assert "Larkfield House" not in client.get(reverse("ties:mine")).content.decode()
    assert client.get(reverse("ties:own_answer", args=[tie.pk])).status_code == 404


def test_a_home_s_own_no_and_its_words_stay_in_the_home(invited, pat, coordinator, client):
    services.decline(
        partnership=invited, by=coordinator, reason="no_staff", words="Too loud", side=Side.HOME
    )
    client.force_login(pat)

    listed = client.get(reverse("ties:mine")).content.decode()

    assert "Too loud" not in listed
    assert "Larkfield House" not in listed


def test_a_partner_who_said_yes_sees_that_it_is_over_and_not_why(
    invited, pat, coordinator, client
):
    confirm(partnership=invited, side=Side.PARTNER, by=pat)
    services.end(partnership=invited, by=coordinator, words="They were late")
    client.force_login(pat)

    listed = client.get(reverse("ties:mine")).content.decode()

    assert "Over" in listed
    assert "They were late" not in listed
