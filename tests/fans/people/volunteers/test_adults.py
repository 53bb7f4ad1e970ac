"""Under 18: an adult is asked, says yes or no, and changes their mind by a mailed link."""

import datetime as dt

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.recorded import Event
from fans.people.consent.services import holds
from fans.people.models import Person
from fans.people.volunteers.answers import Adult
from fans.people.volunteers.errors import AdultMissingError, LinkIsOverError
from fans.people.volunteers.models import Guardian, HoursEntry, Stage, Volunteer
from fans.people.volunteers.services import adults, own, signing_up
from fans.people.volunteers.services.pathway import move
from fans.people.volunteers.signals import refused
from tests import factories
from tests.fans.people.volunteers.offers import (
    JO,
    OF_KIT,
    OF_ZOE,
    ZOE,
    answer,
    confirm,
    of_kit,
    of_zoe,
    send,
    text,
    token,
)

pytestmark = pytest.mark.usefixtures("cells")


@pytest.fixture
def zoe() -> Volunteer:
    """Zoe is 16, has confirmed her address, and her mother Jo is asked."""
    signing_up.offer(email=ZOE, answers=of_zoe())
    return signing_up.confirm(token=token(ZOE))


@pytest.fixture
def kit() -> Volunteer:
    """Kit is 9; Jo signed Kit up and followed the link in her mail."""
    signing_up.offer(email=JO, answers=of_kit())
    return signing_up.confirm(token=token(JO))


@pytest.fixture
def lead(db) -> Person:
    """Lea looks after volunteers around Sale."""
    return factories.member("volunteer_lead", area=factories.AreaFactory(), name="Lea")


def test_of_a_sixteen_year_old_the_least_is_kept(client):
    send(client, **OF_ZOE, postcode="M33 2DH", phone="0161 496 0000", name_to_homes="on")
    confirm(client, ZOE)

    zoe = Volunteer.objects.get()
    assert (zoe.cell, zoe.location_precision, zoe.phone) == ("M33", "outcode", "")
    assert holds(zoe.person, "volunteer_profile")
    assert not holds(zoe.person, "name_to_homes")


def test_the_adult_is_asked_only_after_the_young_persons_own_address_is_confirmed(client):
    send(client, **OF_ZOE)
    before = [one.to for one in mail.outbox]
    confirm(client, ZOE)

    assert before == [[ZOE]]
    assert mail.outbox[-1].to == [JO]
    assert "nothing goes on without your yes" in mail.outbox[-1].body


def test_nothing_goes_on_before_the_adults_yes(zoe, lead):
    with pytest.raises(AdultMissingError):
        move(volunteer=zoe, to=Stage.MET, by=lead)


def test_the_page_says_what_would_happen_and_a_yes_lets_it_go_on(client, zoe, lead):
    client.get(reverse("volunteers:open_adult", args=[token(JO)]))
    page = text(client.get(reverse("volunteers:adult")))
    answer(client, "yes")

    zoe.refresh_from_db()
    assert "Never alone." in page
    assert "Around M33" in page
    assert zoe.adult_confirmed_at is not None
    assert zoe.guardian.confirmed_at is not None
    assert holds(zoe.person, "young_volunteer")
    assert zoe.person.consents.get(purpose="young_volunteer").scope == "guardian"
    assert {one.to[0] for one in mail.outbox[-2:]} == {ZOE, JO}
    assert move(volunteer=zoe, to=Stage.MET, by=lead).stage == Stage.MET


def test_a_yes_said_twice_is_one(zoe):
    first = adults.say_yes(token=token(JO))
    sent = len(mail.outbox)
    again = adults.say_yes(token=token(JO))

    assert again.confirmed_at == first.confirmed_at
    assert len(mail.outbox) == sent


def test_a_no_deletes_what_is_kept_and_tells_the_young_person(client, zoe):
    page = text(answer(client, "no"))

    assert "It is deleted" in page
    assert not Volunteer.objects.exists()
    assert not Guardian.objects.exists()
    assert not Person.objects.filter(email=ZOE).exists()
    assert (mail.outbox[-1].to, "did not agree" in mail.outbox[-1].body) == ([ZOE], True)


def test_a_no_leaves_nothing_in_history_either(zoe):
    abe = Adult("Abe Moss", "abe@example.org", "leader")
    adults.ask_adult(volunteer=zoe, adult=abe)
    before = _lines_about(JO)

    adults.say_no(token=token(abe.email))

    assert before > 0
    assert (_lines_about(JO), _lines_about(abe.email), _lines_about(ZOE)) == (0, 0, 0)


def _lines_about(words: str) -> int:
    """Count the lines of any table's history that hold some words."""
    tables = [m._meta.db_table for m in apps.get_models() if issubclass(m, Event)]
    with connection.cursor() as cursor:
        found = 0
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS line WHERE line::text LIKE %s',
                [f"%{words}%"],
            )
            found += cursor.fetchone()[0]
    return found


def test_a_no_does_what_it_can_where_nobody_hears_of_it(zoe, monkeypatch):
    monkeypatch.setattr(refused, "receivers", [])

    adults.say_no(token=token(JO))

    assert not Volunteer.objects.exists()
    assert not Person.objects.filter(email=ZOE).exists()


def test_a_no_leaves_the_account_of_somebody_with_another_part_here(zoe, home):
    person = zoe.person
    factories.Membership.objects.create(
        person=person, role="relative", home=home, from_on=timezone.localdate()
    )

    adults.say_no(token=token(JO))

    assert Person.objects.filter(pk=person.pk).exists()
    assert not Volunteer.objects.exists()


def test_hours_stay_counted_when_an_adult_ends_it(kit):
    HoursEntry.objects.create(volunteer=kit, day=timezone.localdate(), minutes=60, note="Fun")

    adults.say_no(token=token(JO))

    left = HoursEntry.objects.get()
    assert (left.volunteer, left.minutes, left.note) == (None, 60, "")


def test_a_yes_taken_back_lets_the_young_person_rest_at_once(client, zoe, lead):
    adults.say_yes(token=token(JO))
    move(volunteer=zoe, to=Stage.MET, by=lead)

    page = text(answer(client, "take_back"))

    zoe.refresh_from_db()
    assert "Zoe rests from now on." in page
    assert (zoe.stage, zoe.adult_confirmed_at) == (Stage.RESTING, None)
    assert not holds(zoe.person, "young_volunteer")
    with pytest.raises(AdultMissingError):
        own.come_back(volunteer=zoe, by=zoe.person)


def test_a_yes_given_again_lets_the_young_person_come_back(zoe, lead):
    adults.say_yes(token=token(JO))
    move(volunteer=zoe, to=Stage.MET, by=lead)
    link = token(JO)
    adults.take_back(token=link)
    adults.say_yes(token=link)

    assert own.come_back(volunteer=zoe, by=zoe.person).stage == Stage.MET


def test_the_young_person_asks_another_adult_and_the_first_link_ends(client, zoe):
    first = token(JO)
    client.force_login(zoe.person)
    asked = {"name": "Abe Moss", "relation": "leader", "email": "abe@example.org"}

    client.post(reverse("volunteers:ask_adult"), asked)

    assert Guardian.objects.get().name == "Abe Moss"
    assert adults.find(token=first) is None
    assert adults.find(token=token("abe@example.org")) is not None


def test_the_young_person_is_not_their_own_adult(client, zoe):
    client.force_login(zoe.person)
    asked = {"name": "Zed", "relation": "parent", "email": ZOE.upper()}

    assert client.post(reverse("volunteers:ask_adult"), asked).status_code == 422
    assert Guardian.objects.get().email == JO


def test_an_adult_is_not_asked_more_than_three_times_an_hour(client, zoe):
    client.force_login(zoe.person)
    asked = {"name": "Jo Bell", "relation": "parent", "email": JO}
    sent = len(mail.outbox)

    for _ in range(5):
        client.post(reverse("volunteers:ask_adult"), asked)

    assert len(mail.outbox) - sent == 3


def test_an_adults_link_is_good_for_two_weeks_and_after_a_yes_for_two_years(zoe):
    link = token(JO)
    with (
        time_machine.travel(timezone.now() + dt.timedelta(days=15)),
        pytest.raises(LinkIsOverError),
    ):
        adults.say_yes(token=link)

    adults.say_yes(token=link)
    with time_machine.travel(timezone.now() + dt.timedelta(days=700)):
        assert adults.find(token=link) is not None


def test_a_new_link_is_mailed_for_each_young_person_and_ends_the_old_ones(client, zoe, kit):
    old = token(JO)
    response = client.post(reverse("volunteers:adult_link"), {"email": JO.upper()})

    assert response["Location"] == reverse("volunteers:sent")
    assert "Zoe" in mail.outbox[-1].body
    assert "Kit" in mail.outbox[-1].body
    assert adults.find(token=old) is None
    assert adults.find(token=token(JO)) is not None


def test_asking_for_a_link_tells_nobody_who_answers_for_whom(client, zoe):
    sent = len(mail.outbox)
    known = client.post(reverse("volunteers:adult_link"), {"email": JO})
    unknown = Client().post(reverse("volunteers:adult_link"), {"email": "x@example.org"})

    assert known["Location"] == unknown["Location"]
    assert len(mail.outbox) == sent + 1


def test_a_child_has_no_account_and_the_adults_link_looks_after_it(client):
    send(client, **OF_KIT)
    welcome = confirm(client, JO)

    kit = Volunteer.objects.get()
    assert "Thank you! Kit is signed up" in text(welcome)
    assert (kit.person.email, kit.person.has_usable_password()) == (None, False)
    assert (kit.cell, kit.age_band) == ("M33", "under-16")
    assert kit.guardian.confirmed_at is not None
    assert kit.adult_confirmed_at is not None
    assert holds(kit.person, "young_volunteer")
    assert "Kit" in text(
        client.get(reverse("volunteers:open_adult", args=[token(JO)]), follow=True)
    )


def test_an_adult_with_an_account_signs_a_child_up_like_any_other(client):
    factories.PersonFactory(email=JO)

    send(client, **OF_KIT)
    confirm(client, JO)

    assert Volunteer.objects.get().person.name == "Kit"


def test_the_adult_lets_a_child_rest_and_come_back(client, kit, lead):
    move(volunteer=kit, to=Stage.MET, by=lead)
    answer(client, "rest")
    kit.refresh_from_db()
    rested = kit.stage
    answer(client, "come_back")
    kit.refresh_from_db()

    assert (rested, kit.stage) == (Stage.RESTING, Stage.MET)


def test_the_adult_cannot_end_a_leads_pause(client, kit, lead):
    move(volunteer=kit, to=Stage.RESTING, by=lead)

    answer(client, "come_back")

    kit.refresh_from_db()
    assert kit.stage == Stage.RESTING


def test_the_link_of_a_sixteen_year_olds_adult_does_not_rest_for_them(client, zoe):
    adults.say_yes(token=token(JO))

    response = answer(client, "rest")

    zoe.refresh_from_db()
    assert response.status_code == 410
    assert zoe.stage == Stage.APPLIED


def test_a_press_that_names_nothing_changes_nothing(client, zoe):
    page = text(answer(client, "everything"))

    zoe.refresh_from_db()
    assert "could not tell what to do" in page
    assert zoe.adult_confirmed_at is None


@pytest.mark.parametrize("field", [{"email": "kit@example.org"}, {"password": "md5$a$b"}])
def test_the_database_refuses_a_child_an_address_and_a_password(kit, field):
    with pytest.raises(IntegrityError, match="no account"), transaction.atomic():
        Person.objects.filter(pk=kit.person_id).update(**field)


def test_the_database_refuses_to_call_somebody_with_an_account_a_child(zoe):
    with pytest.raises(IntegrityError, match="no account"), transaction.atomic():
        Volunteer.objects.filter(pk=zoe.pk).update(age_band="under-16")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"relation": "friend"}, "volunteers_guardian_relation_known"),
        ({"email": "Jo@Example.org"}, "volunteers_guardian_email_lower"),
        ({"expires_at": timezone.now() - dt.timedelta(days=9)}, "guardian_expires_later"),
        ({"confirmed_at": timezone.now() - dt.timedelta(days=9)}, "guardian_confirmed_later"),
    ],
)
def test_the_database_refuses_a_guardian_that_cannot_be(zoe, changes, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Guardian.objects.filter(volunteer=zoe).update(**changes)


def test_under_18_a_group_is_not_theirs_to_lead(zoe):
    with pytest.raises(IntegrityError, match="adult_leads"), transaction.atomic():
        Volunteer.objects.filter(pk=zoe.pk).update(kind="group", group_name="Sale Sings")


def _active_with_a_link(**person):
    """Somebody of 16 who is active, by the yes of Jo, whose link is returned."""
    young = factories.young_volunteer(stage=Stage.ACTIVE, **person)
    factories.Membership.objects.create(
        person=young.person, role="volunteer", from_on=timezone.localdate()
    )
    adults.ask_adult(volunteer=young, adult=Adult("Jo Bell", JO, "parent"))
    return young.person, token(JO)


def test_with_an_adults_no_the_account_of_an_active_volunteer_goes_too():
    person, link = _active_with_a_link()

    adults.say_no(token=link)

    assert not Person.objects.filter(pk=person.pk).exists()


def test_with_an_adults_no_the_role_of_a_volunteer_ends_and_another_stays(home):
    person, link = _active_with_a_link()
    factories.Membership.objects.create(
        person=person, role="relative", home=home, from_on=timezone.localdate()
    )

    adults.say_no(token=link)

    held = factories.Membership.objects.on(timezone.localdate()).filter(person=person)
    assert [one.role for one in held] == ["relative"]
