"""Asking places by mail: whom, how often, and when it stops."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from assets.models import Fact, OpenState, Visibility
from assets.services import check_facts
from fans.people.partners.models import Answer, Link, Question
from fans.people.partners.reports import assets_unanswered
from fans.people.partners.services.asking import ask_tonight
from fans.people.post import receivers
from fans.people.post import services as post
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import How
from tests import factories
from tests.fans.people.partners.conftest import CLUB, links, weeks_pass


def test_a_place_that_nobody_checked_is_asked_whether_it_is_right(approved):
    night = ask_tonight()

    assert (night.mails, night.places) == (1, 1)
    (sent,) = mail.outbox
    assert sent.to == [CLUB]
    assert "Bowls Club" in sent.subject
    assert "Phone: 0161 496 0111" in sent.body
    assert "Street and town: 1 The Green" in sent.body
    assert "We have it from OpenStreetMap" in sent.body
    assert set(links(sent)) == {"right", "edit", "gone"}


def test_the_mail_says_opening_hours_in_words(approved):
    type(approved).objects.filter(pk=approved.pk).update(opening_hours="Mo-Fr 10:00-12:00")
    ask_tonight()

    body = mail.outbox[0].body
    assert "Opening hours: Monday to Friday" in body
    assert "Mo-Fr" not in body


def test_only_hashes_of_tokens_are_kept_one_for_each_purpose(approved):
    ask_tonight()

    kept = dict(Link.objects.values_list("purpose", "token_hash"))
    for link in links().values():
        token = link.rstrip("/").rsplit("/", 1)[1]
        assert len(token) >= 43
        assert token not in kept.values()
    assert len(set(kept.values())) == 3


def test_a_place_that_was_checked_lately_is_left_alone(approved, champion):
    facts = [Fact.PLACE, Fact.PHONE, Fact.CONTACT]
    check_facts(by=champion, asset=approved, facts=facts, how="visit")

    assert ask_tonight().mails == 0
    assert not mail.outbox


def test_an_address_that_no_champion_approved_is_not_asked(club):
    assert ask_tonight().mails == 0
    assert not mail.outbox


def test_not_even_where_somebody_has_an_account_with_it(club):
    factories.PersonFactory(email=CLUB)

    assert ask_tonight().mails == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"visibility": Visibility.DRAFT, "published_on": None},
        {"visibility": Visibility.HIDDEN},
        {"state": OpenState.CLOSED},
        {"email": ""},
        {"email": "another@example.org"},
    ],
)
def test_what_is_not_public_or_has_another_address_now_is_not_asked(approved, facts):
    type(approved).objects.filter(pk=approved.pk).update(**facts)

    assert ask_tonight().mails == 0


def test_the_same_night_twice_asks_once(approved):
    ask_tonight()
    night = ask_tonight()

    assert night.mails == 0
    assert len(mail.outbox) == 1


def test_three_mails_three_weeks_apart_then_somebody_has_to_go(approved, area):
    for turn in (1, 2, 3):
        assert ask_tonight().mails == 1
        assert Question.objects.get().mails == turn
        weeks_pass(2)
        assert ask_tonight().mails == 0
        weeks_pass(1)
    night = ask_tonight()

    assert (night.mails, night.unanswered) == (0, 1)
    assert len(mail.outbox) == 3
    assert "three weeks ago we asked" in mail.outbox[1].body
    assert "This is the last time" in mail.outbox[2].body
    assert Question.objects.get().answer == Answer.UNANSWERED
    assert list(assets_unanswered([area.pk])) == [approved]


def test_a_champions_check_takes_it_off_the_list(approved, champion, area):
    ask_tonight()
    Question.objects.update(answer=Answer.UNANSWERED, ended_at=timezone.now())
    assert list(assets_unanswered([area.pk])) == [approved]

    check_facts(by=champion, asset=approved, facts=[Fact.PLACE], how="visit")

    assert not assets_unanswered([area.pk])


def test_the_list_is_of_ones_own_areas(approved):
    ask_tonight()
    Question.objects.update(answer=Answer.UNANSWERED, ended_at=timezone.now())
    norwich = factories.AreaFactory(boundary=factories.box(factories.NORWICH))

    assert not assets_unanswered([norwich.pk])
    assert not assets_unanswered([])
    assert list(assets_unanswered(everywhere=True)) == [approved]


def test_a_reminder_is_for_what_is_still_due(approved, champion):
    ask_tonight()
    facts = [Fact.PLACE, Fact.PHONE, Fact.CONTACT]
    check_facts(by=champion, asset=approved, facts=facts, how="call")
    weeks_pass(4)
    night = ask_tonight()

    assert (night.mails, night.settled) == (0, 1)
    assert Question.objects.get().answer == Answer.SETTLED


def test_a_place_is_left_alone_for_half_a_year_after_a_question(approved):
    ask_tonight()
    Question.objects.update(answer=Answer.UNANSWERED, ended_at=timezone.now())
    weeks_pass(25)
    assert ask_tonight().mails == 0

    weeks_pass(2)
    assert ask_tonight().mails == 1


def test_places_of_one_address_are_asked_in_one_mail(approved, champion):
    hall = factories.AssetFactory(name="Village Hall", email=CLUB)
    post.approve(asset=hall, by=champion)
    night = ask_tonight()

    assert (night.mails, night.places) == (1, 2)
    (sent,) = mail.outbox
    assert "Bowls Club" in sent.body
    assert "Village Hall" in sent.body
    assert "We have it from OpenStreetMap" in sent.body
    assert "put Village Hall on our map" in sent.body
    assert Link.objects.count() == 6


def test_one_that_was_not_approved_is_not_in_it(approved):
    factories.AssetFactory(name="Village Hall", email=CLUB)
    ask_tonight()

    assert "Village Hall" not in mail.outbox[0].body


def test_an_address_gets_one_mail_in_a_week(approved, champion):
    ask_tonight()
    hall = factories.AssetFactory(name="Village Hall", email=CLUB.upper())
    post.approve(asset=hall, by=champion)
    assert ask_tonight().mails == 0

    weeks_pass(1)
    assert ask_tonight().places == 1
    assert "Bowls Club" not in mail.outbox[-1].body


def test_one_night_asks_no_more_than_the_operator_set(champion, settings):
    settings.PARTNER_MAILS_A_NIGHT = 3
    for number in range(5):
        asset = factories.AssetFactory(email=f"place{number}@example.org")
        post.approve(asset=asset, by=champion)

    assert ask_tonight().mails == 3
    assert ask_tonight().mails == 0
    Question.objects.update(mailed_at=timezone.now() - timezone.timedelta(days=1))
    assert ask_tonight().mails == 2


def test_no_mail_goes_to_who_stopped_them_and_somebody_has_to_go(approved, area):
    ask_tonight()
    known = hash_of_address(CLUB)
    receivers.stop(address_hash=known, kind="partner", how=How.LINK)
    weeks_pass(3)
    ask_tonight()

    assert len(mail.outbox) == 1
    assert Question.objects.get().answer == Answer.UNANSWERED
    assert list(assets_unanswered([area.pk])) == [approved]


def test_who_stopped_mail_before_is_never_asked(approved):
    receivers.stop(address_hash=hash_of_address(CLUB), kind="all", how=How.COMPLAINT)

    assert ask_tonight().mails == 0
    assert not Question.objects.exists()


def test_an_approval_taken_back_ends_the_question(approved, champion):
    ask_tonight()
    post.withdraw_approval(asset=approved, by=champion)
    weeks_pass(3)
    ask_tonight()

    assert len(mail.outbox) == 1
    assert Question.objects.get().answer == Answer.SETTLED


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"answer": "maybe"}, "partners_question_answer_known"),
        ({"mails": 4}, "partners_question_three_mails_at_most"),
        ({"mails": 0}, "partners_question_three_mails_at_most"),
        ({"answer": "right"}, "partners_question_ended_when_answered"),
        ({"ended_at": timezone.now()}, "partners_question_ended_when_answered"),
    ],
)
def test_the_database_keeps_questions_in_order(approved, facts, name):
    ask_tonight()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Question.objects.update(**facts)


def test_a_place_has_one_open_question(approved):
    ask_tonight()

    with pytest.raises(IntegrityError, match="partners_question_one_at_a_time"):
        Question.objects.create(asset=approved, address_hash="x")


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"purpose": "any"}, "partners_link_purpose_known"),
        ({"token_hash": ""}, "partners_link_opens_with_a_token"),
    ],
)
def test_the_database_keeps_links_in_order(approved, facts, name):
    ask_tonight()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Link.objects.filter(purpose="right").update(**facts)
