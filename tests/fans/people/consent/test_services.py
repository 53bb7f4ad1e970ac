"""Agreeing, taking back within one click, undoing, and being asked anew."""

import datetime as dt
import threading

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from fans.people.consent import services, signals
from fans.people.consent.errors import (
    NewerWordingError,
    NothingToTakeBackError,
    NotTheirsToSayError,
    TooLateError,
    UnknownPurposeError,
)
from fans.people.consent.models import Consent
from fans.people.consent.services import agree, holding, holds, outstanding, restore, withdraw
from tests import factories


@pytest.fixture
def person(db):
    """Pia, who is asked."""
    return factories.PersonFactory(name="Pia")


def _yes(person, purpose="photo", **more):
    return agree(person=person, purpose=purpose, **{"how": "web", **more})


def test_a_yes_is_kept_with_its_wording_day_and_way(person):
    row = _yes(person)

    assert row.wording == services.current_wording("photo")
    assert (row.scope, row.how, row.recorded_by, row.given_by) == ("self", "web", person, None)
    assert timezone.now() - row.given_at < dt.timedelta(minutes=1)
    assert holds(person, "photo")
    assert not holds(person, "mail_news")
    assert holding("photo") == {person.pk}


def test_the_same_yes_again_changes_nothing(person):
    assert _yes(person) == _yes(person)
    assert Consent.objects.count() == 1


def test_what_was_taken_back_does_not_count_and_stays_in_the_ledger(person):
    _yes(person)

    row = withdraw(person=person, purpose="photo")

    assert not holds(person, "photo")
    assert (row.withdrawn_by, row.withdrawn_how) == (person, "web")
    assert list(person.consents.all()) == [row]


def test_agreeing_again_is_a_new_entry(person):
    first = _yes(person)
    withdraw(person=person, purpose="photo")

    second = _yes(person)

    assert holds(person, "photo")
    assert {first, second} == set(person.consents.all())
    assert list(person.consents.standing()) == [second]


def test_there_is_nothing_to_take_back_where_nobody_agreed(person):
    with pytest.raises(NothingToTakeBackError):
        withdraw(person=person, purpose="photo")


def test_taking_back_can_be_undone_for_ten_minutes(person):
    row = _yes(person)
    withdraw(person=person, purpose="photo")

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=9, seconds=55)):
        restore(consent=row, by=person)

    assert holds(person, "photo")


def test_after_ten_minutes_it_cannot_be_undone(person):
    row = _yes(person)
    withdraw(person=person, purpose="photo")

    later = timezone.now() + dt.timedelta(minutes=10, seconds=5)
    with time_machine.travel(later), pytest.raises(TooLateError):
        restore(consent=row, by=person)
    assert not holds(person, "photo")


def test_what_was_agreed_anew_cannot_be_undone_beside(person):
    row = _yes(person)
    withdraw(person=person, purpose="photo")
    _yes(person)

    with pytest.raises(TooLateError):
        restore(consent=row, by=person)


def test_only_whoever_took_it_back_undoes_it(person, administrator):
    row = _yes(person)
    withdraw(person=person, purpose="photo", by=administrator, how="phone")

    with pytest.raises(NotTheirsToSayError):
        restore(consent=row, by=person)


def test_nobody_is_asked_for_what_is_no_purpose(person):
    with pytest.raises(UnknownPurposeError):
        _yes(person, "fingerprints")
    with pytest.raises(UnknownPurposeError):
        holds(person, "fingerprints")


# --- a new wording ------------------------------------------------------------------------


def test_a_new_wording_asks_again_and_the_earlier_yes_may_count_meanwhile(person, new_wording):
    _yes(person, "mail_news")
    assert outstanding(person) == []

    new_wording("mail_news", stands=True)

    assert [purpose.slug for purpose in outstanding(person)] == ["mail_news"]
    assert holds(person, "mail_news")
    assert holding("mail_news") == {person.pk}


def test_a_new_wording_that_asks_for_more_ends_what_the_earlier_yes_covers(person, new_wording):
    _yes(person)

    new_wording("photo", stands=False)

    assert [purpose.slug for purpose in outstanding(person)] == ["photo"]
    assert not holds(person, "photo")
    assert holding("photo") == set()


def test_a_yes_to_the_new_wording_replaces_the_old_one(person, new_wording):
    old = _yes(person)
    new_wording("photo", stands=False)

    new = _yes(person)

    old.refresh_from_db()
    assert old.replaced_at is not None
    assert old.withdrawn_at is None
    assert new.wording.version == 2
    assert outstanding(person) == []
    assert holds(person, "photo")


def test_whoever_took_it_back_is_not_asked_anew(person, new_wording):
    _yes(person)
    withdraw(person=person, purpose="photo")

    new_wording("photo", stands=False)

    assert outstanding(person) == []


def test_a_wording_that_is_not_published_yet_is_not_asked(person, new_wording):
    _yes(person)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    new_wording("photo", stands=False, published_on=tomorrow.isoformat())

    assert outstanding(person) == []
    assert services.current_wording("photo").version == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert services.current_wording("photo").version == 2


def test_words_that_changed_while_they_were_read_are_not_agreed_to(person, new_wording):
    new_wording("photo", stands=False)

    with pytest.raises(NewerWordingError, match="read it once more"):
        _yes(person, version=1)
    assert not person.consents.exists()


# --- said by or for others ----------------------------------------------------------------


def test_somebody_records_a_yes_that_came_on_paper(person, administrator):
    lately = timezone.now() - dt.timedelta(days=3)

    row = _yes(person, how="paper", by=administrator, given_at=lately)

    assert (row.recorded_by, row.given_at) == (administrator, lately)
    assert row.recorded_at > lately


def test_somebody_else_decides_in_a_persons_best_interests(person, administrator):
    with pytest.raises(NotTheirsToSayError):
        _yes(person, scope="best_interests")
    with pytest.raises(NotTheirsToSayError):
        _yes(person, scope="best_interests", by=person)

    row = _yes(person, scope="best_interests", how="in_person", by=administrator)
    assert row.recorded_by == administrator


def test_a_persons_own_word_takes_the_place_of_a_decision_for_them(person, administrator):
    decided = _yes(person, scope="best_interests", how="in_person", by=administrator)

    own = _yes(person)

    decided.refresh_from_db()
    assert decided.replaced_at is not None
    assert (own.scope, own.stands) == ("self", True)


def test_an_adult_says_yes_for_somebody_under_18_and_nobody_else_does(person):
    with pytest.raises(NotTheirsToSayError, match="parent, carer or leader"):
        _yes(person, "young_volunteer")
    with pytest.raises(NotTheirsToSayError, match="for the person to say"):
        _yes(person, "photo", scope="guardian")

    row = _yes(person, "young_volunteer", scope="guardian")
    assert row.recorded_by is None  # the adult has no account
    assert holds(person, "young_volunteer")


def test_an_adult_without_an_account_takes_it_back(person):
    _yes(person, "young_volunteer", scope="guardian")

    row = withdraw(person=person, purpose="young_volunteer")

    assert row.withdrawn_by is None
    assert not holds(person, "young_volunteer")


def test_refuses_a_yes_of_tomorrow(person, administrator):
    tomorrow = timezone.now() + dt.timedelta(days=1)

    with pytest.raises(ValidationError, match="recorded before it was given"):
        _yes(person, how="paper", by=administrator, given_at=tomorrow)


# --- told to others, and two at once -------------------------------------------------------


def test_what_depends_on_a_yes_hears_of_it(person):
    heard = []

    def hear(sender, consent, signal, **kwargs):
        names = {signals.agreed: "agreed", signals.withdrawn: "withdrawn"}
        heard.append((names.get(signal, "restored"), consent.person, consent.purpose))

    every = (signals.agreed, signals.withdrawn, signals.restored)
    for signal in every:
        signal.connect(hear)
    try:
        row = _yes(person)
        _yes(person)  # the same: nothing to tell
        withdraw(person=person, purpose="photo")
        restore(consent=row, by=person)
    finally:
        for signal in every:
            signal.disconnect(hear)

    told = [what for what, *_ in heard]
    assert told == ["agreed", "withdrawn", "restored"]
    assert {tuple(rest) for _, *rest in heard} == {(person, "photo")}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_entry():
    person = factories.PersonFactory(name="Pia")
    failed = []

    def say_yes():
        try:
            barrier.wait()
            _yes(person)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    barrier = threading.Barrier(4)
    threads = [threading.Thread(target=say_yes) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert person.consents.count() == 1
