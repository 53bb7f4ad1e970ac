"""Offers that wait for their address to be confirmed, and what becomes of them."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.people import services
from fans.people.consent.services import holds
from fans.people.models import Person
from fans.people.volunteers.answers import Answers
from fans.people.volunteers.errors import (
    AdultMissingError,
    AlreadyVolunteersError,
    ConsentMissingError,
    LinkIsOverError,
)
from fans.people.volunteers.models import Application, Guardian, Stage, Volunteer
from fans.people.volunteers.services import own, signing_up
from tests import factories
from tests.fans.people.volunteers.offers import AMRIT, answers, of_kit, of_zoe, token

pytestmark = pytest.mark.usefixtures("cells")


def test_answers_survive_being_written_down():
    for said in (answers(), of_zoe(), of_kit(), answers(place=None)):
        read = Answers.from_json(said.as_json())

        assert read.as_json() == said.as_json()
        assert read.adult == said.adult


def test_of_a_waiting_offer_only_the_hash_of_its_link_is_kept():
    signing_up.offer(email=f" {AMRIT.upper()} ", answers=answers())

    row = Application.objects.get()
    assert row.email == AMRIT
    assert row.token_hash != token()
    assert row.expires_at - timezone.now() > dt.timedelta(days=6)


def test_an_offer_made_again_replaces_the_one_that_waits():
    signing_up.offer(email=AMRIT, answers=answers())
    first = token()
    signing_up.offer(email=AMRIT, answers=answers(interests=["music"]))

    assert signing_up.find(token=first) is None
    assert signing_up.confirm(token=token()).interests == ["music"]


def test_two_children_of_one_adult_wait_side_by_side():
    signing_up.offer(email="jo@example.org", answers=of_kit())
    first = token("jo@example.org")
    signing_up.offer(email="jo@example.org", answers=of_kit(name="Kim"))

    second = token("jo@example.org")

    assert signing_up.confirm(token=first).person.name == "Kit"
    assert signing_up.confirm(token=second).person.name == "Kim"


def test_a_link_is_good_for_a_week():
    signing_up.offer(email=AMRIT, answers=answers())
    link = token()

    with (
        time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)),
        pytest.raises(LinkIsOverError),
    ):
        signing_up.confirm(token=link)
    assert not Volunteer.objects.exists()


def test_an_account_made_meanwhile_becomes_the_volunteers():
    signing_up.offer(email=AMRIT, answers=answers())
    ann = services.open_account(email=AMRIT, name="Ann Rit")

    volunteer = signing_up.confirm(token=token())

    assert volunteer.person == ann
    assert volunteer.person.name == "Ann Rit"


def test_an_account_closed_meanwhile_is_not_opened_by_an_old_link():
    signing_up.offer(email=AMRIT, answers=answers())
    person = services.open_account(email=AMRIT)
    Person.objects.filter(pk=person.pk).update(is_active=False)

    with pytest.raises(LinkIsOverError):
        signing_up.confirm(token=token())
    assert not Volunteer.objects.exists()


def test_without_a_yes_or_an_adult_nothing_is_kept():
    with pytest.raises(ConsentMissingError):
        signing_up.offer(email=AMRIT, answers=answers(agreed=[]))
    with pytest.raises(AdultMissingError):
        signing_up.offer(email=AMRIT, answers=of_zoe(adult=None))

    assert not Application.objects.exists()
    assert mail.outbox == []


def test_somebody_without_an_account_is_offered_for_by_mail_only(stranger):
    with pytest.raises(ValueError, match="by mail"):
        signing_up.offer_from_account(person=stranger, answers=of_kit())


def test_nobody_is_a_volunteer_twice(stranger):
    signing_up.offer_from_account(person=stranger, answers=answers())

    with pytest.raises(AlreadyVolunteersError):
        signing_up.offer_from_account(person=stranger, answers=answers())
    assert Volunteer.objects.count() == 1


def test_whoever_left_begins_anew_with_their_history(stranger):
    volunteer = signing_up.offer_from_account(person=stranger, answers=answers())
    own.leave(volunteer=volunteer, by=stranger)

    again = signing_up.offer_from_account(person=stranger, answers=answers(interests=["games"]))

    assert (again.pk, again.stage, again.interests) == (volunteer.pk, Stage.APPLIED, ["games"])
    assert [event.stage for event in again.events.all()] == ["applied", "left", "applied"]
    assert holds(stranger, "volunteer_profile")


def test_somebody_who_left_at_17_and_comes_back_at_18_needs_no_adult(stranger):
    young = signing_up.offer_from_account(person=stranger, answers=of_zoe())
    own.leave(volunteer=young, by=stranger)

    signing_up.offer_from_account(person=stranger, answers=answers())

    assert Volunteer.objects.get().age_band == "18+"
    assert not Guardian.objects.exists()


def test_in_the_demo_who_signs_up_is_made_up_too(settings):
    settings.DEMO_ALLOWED = True
    factories.PersonFactory(is_demo=True)
    signing_up.offer(email=AMRIT, answers=answers())

    assert signing_up.confirm(token=token()).person.is_demo


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"email": "Amrit@Example.org"}, "volunteers_application_email_lower"),
        ({"confirmed_at": timezone.now()}, "volunteers_application_emptied"),
    ],
)
def test_the_database_refuses_an_application_that_cannot_be(changes, name):
    signing_up.offer(email=AMRIT, answers=answers())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Application.objects.update(**changes)
