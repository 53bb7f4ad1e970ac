"""What the database and the querysets promise of homes."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from homes.models import Home, HomeAsset, Registration, RegistrationQuestion
from tests import factories
from tests.factories import NORWICH

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrations():
    home = factories.HomeFactory()
    return home.registrations.get(), factories.RegistrationFactory(home=home)


def test_beds_are_those_of_registrations_that_stand():
    home = factories.HomeFactory(beds=30)
    factories.RegistrationFactory(home=home, beds=12)
    factories.RegistrationFactory(home=home, beds=50, until=dt.date(2020, 1, 1))

    assert Home.objects.with_beds().get().beds == 42


def test_unknown_beds_are_none_and_not_zero():
    factories.HomeFactory(beds=0)

    assert Home.objects.with_beds().get().beds is None


def test_a_home_is_registered_while_one_registration_stands():
    home = factories.HomeFactory()
    factories.RegistrationFactory(home=home, until=dt.date(2020, 1, 1))
    assert Home.objects.registered().exists()

    home.registrations.update(until=dt.date(2026, 1, 1))

    assert not Home.objects.registered().exists()


def test_questions_are_asked_where_one_of_the_homes_lies():
    area = factories.AreaFactory()
    here, there = factories.HomeFactory(), factories.HomeFactory(location=NORWICH)
    question = RegistrationQuestion.objects.create(
        gone=there.registrations.get(), new=here.registrations.get()
    )
    questions = RegistrationQuestion.objects

    assert list(questions.about_homes_in(everywhere=False, area_ids=[area.pk])) == [question]
    assert not questions.about_homes_in(everywhere=False, area_ids=[]).exists()
    assert question.permission_scope() == {"home": {here.pk, there.pk}}


def test_a_home_has_a_name():
    with pytest.raises(IntegrityError, match="homes_home_has_name"):
        factories.HomeFactory(name="")


def test_a_home_is_of_a_known_kind():
    with pytest.raises(IntegrityError, match="homes_home_kind_known"):
        factories.HomeFactory(kind="castle")


def test_a_regulator_gives_a_number_once():
    factories.HomeFactory()
    number = Registration.objects.get().regulator_id

    with pytest.raises(IntegrityError, match="homes_registration_number_once"):
        factories.RegistrationFactory(regulator_id=number)


def test_a_registration_is_by_a_known_regulator():
    with pytest.raises(IntegrityError, match="homes_registration_regulator_known"):
        factories.RegistrationFactory(regulator="ofst")


def test_a_registration_has_a_number():
    with pytest.raises(IntegrityError, match="homes_registration_has_number"):
        factories.RegistrationFactory(regulator_id="")


def test_a_registration_ends_after_it_began():
    day = dt.date(2020, 5, 1)
    assert factories.RegistrationFactory(from_on=day, until=day).pk

    with pytest.raises(IntegrityError, match="homes_registration_ordered"):
        factories.RegistrationFactory(from_on=day, until=day - dt.timedelta(days=1))


def test_a_question_is_asked_once(registrations):
    gone, new = registrations
    RegistrationQuestion.objects.create(gone=gone, new=new)

    with pytest.raises(IntegrityError, match="homes_registrationquestion_once"):
        RegistrationQuestion.objects.create(gone=gone, new=new)


def test_a_question_is_about_two_registrations(registrations):
    with pytest.raises(IntegrityError, match="homes_registrationquestion_two"):
        RegistrationQuestion.objects.create(gone=registrations[0], new=registrations[0])


@pytest.mark.parametrize("answer", [{"same_home": True}, {"answered_at": timezone.now()}])
def test_an_answer_comes_with_its_time(registrations, answer):
    gone, new = registrations

    with pytest.raises(IntegrityError, match="homes_registrationquestion_answered"):
        RegistrationQuestion.objects.create(gone=gone, new=new, **answer)


def test_an_offer_is_of_a_known_kind():
    with pytest.raises(IntegrityError, match="homes_homeasset_kind_known"):
        factories.HomeAssetFactory(kind="castle")


def test_an_offer_is_withdrawn_after_it_was_listed():
    with pytest.raises(IntegrityError, match="homes_homeasset_ordered"):
        factories.HomeAssetFactory(withdrawn_on=dt.date(2025, 12, 31))


def test_records_say_what_they_are():
    home = factories.HomeFactory(name="Beech")
    offer = HomeAsset(home=home, kind="garden")

    assert str(home) == "Beech"
    assert str(offer) == "Garden or greenhouse"
    assert str(home.registrations.get()).startswith("Beech (1-")
