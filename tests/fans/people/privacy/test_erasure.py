import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fans.people.errors import LastAdministratorError
from fans.people.models import Person
from fans.people.privacy import columns
from fans.people.privacy.erasure import FEW_NOTES, MOST_NOTES, Wish, erase, plan
from fans.people.privacy.errors import (
    AlreadyErasedError,
    AskAnAdministratorError,
    NotErasedError,
)
from fans.people.privacy.models import Erasure
from fans.people.volunteers.models import Guardian, Volunteer
from tests import factories
from tests.fans.people.privacy.conftest import EMAIL, NAME, PHONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return factories.member("administrator", name="Ann Admin")


def test_refuses_the_last_administrator_in_words(ann, zelda):
    for_a_while = factories.member("administrator", name="Till Then")
    for_a_while.memberships.update(until=timezone.localdate())

    with pytest.raises(LastAdministratorError, match="Give somebody this role first"):
        erase(person_id=ann.pk, wish=Wish())

    assert "Give somebody this role first" in plan(person=ann, wish=Wish()).refused
    assert Person.objects.filter(pk=ann.pk).exists()
    erase(person_id=zelda.pk, wish=Wish(by=ann))


def test_an_administrator_goes_where_another_stays(ann):
    factories.member("administrator", name="Bo Other")

    erase(person_id=ann.pk, wish=Wish())

    assert not Person.objects.filter(pk=ann.pk).exists()


def test_nobody_is_erased_twice(zelda):
    erase(person_id=zelda.pk, wish=Wish())

    with pytest.raises(AlreadyErasedError):
        erase(person_id=zelda.pk, wish=Wish())

    assert Erasure.objects.count() == 1


def test_somebody_without_name_or_account_is_erased(ann):
    child = Person.objects.create(name="")

    done = erase(person_id=child.pk, wish=Wish(by=ann))

    assert done.counts == {
        "people_person": {"deleted": 1},
        "people_personevent": {"deleted": 2},
    }


def test_a_name_in_very_many_notes_is_looked_at_first(zelda, ann):
    tie = factories.PartnershipFactory()
    for _ in range(MOST_NOTES + 1):
        factories.ConnectionFactory(partnership=tie, note=f"{NAME} sang")

    with pytest.raises(AskAnAdministratorError, match="ask an administrator"):
        erase(person_id=zelda.pk, wish=Wish())

    assert "administrator" in plan(person=zelda, wish=Wish()).refused
    erase(person_id=zelda.pk, wish=Wish(by=ann))


def test_a_name_that_nobody_vouched_for_is_taken_out_of_few_notes():
    tie = factories.PartnershipFactory()
    for _ in range(FEW_NOTES + 1):
        factories.ConnectionFactory(partnership=tie, note="We held an exercise class")
    unknown = factories.PersonFactory(name="Exercise Class")

    with pytest.raises(AskAnAdministratorError, match="more than 10 notes"):
        erase(person_id=unknown.pk, wish=Wish())

    factories.Membership.objects.create(
        person=unknown, role="volunteer", from_on=timezone.localdate()
    )
    assert plan(person=unknown, wish=Wish()).refused == ""


def test_another_bearer_of_the_name_keeps_what_is_said_of_them(zelda):
    factories.PersonFactory(name=NAME.lower())
    note = factories.ConnectionFactory(note=f"{NAME} sang, ask {EMAIL}")

    told = plan(person=zelda, wish=Wish())
    erase(person_id=zelda.pk, wish=Wish())

    note.refresh_from_db()
    assert told.unsearched == (NAME,)
    assert note.note == f"{NAME} sang, ask [removed]"


@pytest.mark.parametrize(
    "taken", ["Bell Jo Mary", "mary-jo  BELL", "Jo Bell", "Bell, Mary Jo", "See Mary Jo Bell"]
)
def test_nobody_takes_out_another_by_a_name_like_theirs(taken):
    mary = factories.PersonFactory(name="Mary Jo Bell")
    note = factories.ConnectionFactory(note="See Mary Jo Bell about it")
    other = factories.PersonFactory(name=taken)

    erase(person_id=other.pk, wish=Wish())

    mary.refresh_from_db()
    note.refresh_from_db()
    assert mary.name == "Mary Jo Bell"
    assert note.note == "See Mary Jo Bell about it"


def test_nobody_takes_out_the_name_of_a_young_volunteers_adult():
    guardian = Guardian.objects.create(
        volunteer=factories.young_volunteer(),
        name="Jo Bell",
        email="jo@example.org",
        relation="parent",
        asked_at=timezone.now(),
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    other = factories.PersonFactory(name="Bell Jo")

    erase(person_id=other.pk, wish=Wish())

    guardian.refresh_from_db()
    assert guardian.name == "Jo Bell"


def test_an_administrator_tells_bearers_of_a_name_apart(zelda, ann):
    factories.PersonFactory(name=NAME)
    note = factories.ConnectionFactory(note=f"{NAME} sang")

    erase(person_id=zelda.pk, wish=Wish(by=ann))

    note.refresh_from_db()
    assert note.note == "[removed] sang"


def test_a_common_word_is_not_taken_out_of_everything():
    rose = factories.PersonFactory(name="Rose")
    note = factories.ConnectionFactory(note="A rose for everybody")

    assert plan(person=rose, wish=Wish()).unsearched == ("Rose",)
    erase(person_id=rose.pk, wish=Wish())

    note.refresh_from_db()
    assert note.note == "A rose for everybody"


def test_an_address_that_somebody_else_has_now_is_theirs(zelda):
    Person.objects.filter(pk=zelda.pk).update(email="new@example.org")
    factories.PersonFactory(email=EMAIL, name="Next")
    note = factories.ConnectionFactory(note=f"ask {EMAIL}")

    erase(person_id=zelda.pk, wish=Wish())

    note.refresh_from_db()
    assert note.note == f"ask {EMAIL}"
    assert Person.objects.filter(email=EMAIL).exists()


def test_a_number_that_is_somebody_elses_too_stays_theirs(zelda):
    facts = {"age_band": "18+", "stage_since": timezone.now(), "last_heard_on": "2026-11-01"}
    Volunteer.objects.create(person=zelda, phone=PHONE, **facts)
    partner = factories.PersonFactory(name="Zack Quimberley")
    theirs = Volunteer.objects.create(person=partner, phone="+447700900461", **facts)
    note = factories.ConnectionFactory(note=f"Ring {PHONE}")

    erase(person_id=zelda.pk, wish=Wish())

    theirs.refresh_from_db()
    note.refresh_from_db()
    assert (theirs.phone, note.note) == ("+447700900461", f"Ring {PHONE}")


def test_names_of_places_stay_unless_an_administrator_says_so(zelda, ann):
    place = factories.AssetFactory(name=f"Garden of {NAME}", description=f"{NAME} digs here")

    told = plan(person=zelda, wish=Wish())

    assert [
        (g.table, g.columns, g.is_public) for g in told.groups if g.relation == "names you"
    ] == [
        ("assets_asset", ("Description",), False),
        ("assets_asset", ("Name",), True),
    ]
    erase(person_id=zelda.pk, wish=Wish())
    place.refresh_from_db()
    assert (place.name, place.description) == (f"Garden of {NAME}", "[removed] digs here")


def test_what_would_be_left_stops_everything(zelda, monkeypatch):
    note = factories.ConnectionFactory(note=f"{NAME} sang")
    monkeypatch.setattr(columns, "clean", lambda table, finder: 0)

    with pytest.raises(NotErasedError, match="connections_connection"):
        erase(person_id=zelda.pk, wish=Wish())

    note.refresh_from_db()
    assert note.note == f"{NAME} sang"
    assert Person.objects.filter(pk=zelda.pk, email=EMAIL).exists()
    assert not Erasure.objects.exists()


def test_a_file_that_cannot_be_written_stops_everything(zelda, state, monkeypatch):
    (state / "web.log").write_text(EMAIL)

    def refuse(path, finder):
        raise PermissionError(str(path))

    monkeypatch.setattr("fans.people.privacy.files.take_out", refuse)

    with pytest.raises(NotErasedError, match="nothing was changed"):
        erase(person_id=zelda.pk, wish=Wish())

    assert Person.objects.filter(pk=zelda.pk).exists()


def test_every_window_is_signed_out_at_once(zelda):
    here, there = Client(), Client()
    for window in (here, there):
        window.force_login(zelda)
        assert window.get(reverse("people:account")).status_code == 200

    erase(person_id=zelda.pk, wish=Wish())

    for window in (here, there):
        assert window.get(reverse("people:account")).status_code == 302


def test_a_session_of_somebody_else_is_cleaned_and_stays(zelda, ann):
    window = Client()
    window.force_login(ann)
    session = window.session
    session["last"] = f"looked at {NAME}"
    session.save()

    erase(person_id=zelda.pk, wish=Wish(by=ann))

    assert window.session["last"] == "looked at [removed]"
    assert window.get(reverse("people:account")).status_code == 200


def test_the_record_of_an_erasure_holds_no_name(zelda, ann):
    factories.ConnectionFactory(note=f"{NAME} sang")

    done = erase(person_id=zelda.pk, wish=Wish(by=ann))

    said = str({f.name: getattr(done, f.attname) for f in done._meta.fields}).lower()
    assert "quimberley" not in said
    assert done.counts["connections_connection"] == {"cleaned": 1}


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"reason": "whim"}, "privacy_erasure_reason_known"),
        ({"reason": "self"}, "privacy_erasure_self_unnamed"),
    ],
)
def test_the_record_of_an_erasure_keeps_its_rules(ann, facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Erasure.objects.create(erased_id=1, by=ann, **facts)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_erase_once():
    zelda = factories.PersonFactory(name=NAME, email=EMAIL)
    factories.ConnectionFactory(note=f"{NAME} sang", logged_by=zelda)
    together, outcomes = threading.Barrier(2), []

    def press():
        together.wait()
        try:
            outcomes.append(erase(person_id=zelda.pk, wish=Wish()).reason)
        except AlreadyErasedError:
            outcomes.append("already")
        finally:
            connection.close()

    windows = [threading.Thread(target=press) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()

    assert sorted(outcomes) == ["already", "self"]
    assert Erasure.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_two_administrators_cannot_both_go_at_once():
    two = [factories.member("administrator", name=f"Ann {n}") for n in ("One", "Two")]
    together, outcomes = threading.Barrier(2), []

    def press(person):
        together.wait()
        try:
            erase(person_id=person.pk, wish=Wish())
            outcomes.append("erased")
        except LastAdministratorError:
            outcomes.append("refused")
        finally:
            connection.close()

    windows = [threading.Thread(target=press, args=[person]) for person in two]
    for window in windows:
        window.start()
    for window in windows:
        window.join()

    assert sorted(outcomes) == ["erased", "refused"]
    assert Person.objects.filter(memberships__role="administrator").count() == 1
