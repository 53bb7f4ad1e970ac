"""The ledger's rules, each broken on purpose."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.people.consent.models import Consent, Wording
from fans.people.consent.services import current_wording
from tests import factories


@pytest.fixture
def person(db):
    """Pia, of whom the ledger tells."""
    return factories.PersonFactory(name="Pia")


@pytest.fixture
def entry(person):
    """Make an entry of the ledger, whatever the services would say."""

    def make(**more):
        now = timezone.now()
        wording = more.pop("wording", None) or current_wording("photo")
        values = {
            "person": person,
            "wording": wording,
            "purpose": wording.purpose,
            "how": "web",
            "given_at": now,
            "recorded_at": now,
            "recorded_by": person,
        }
        return Consent.objects.create(**{**values, **more})

    return make


def _breaks(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def test_one_yes_stands_for_each_purpose(entry):
    entry()

    with _breaks("consent_consent_stands_once"):
        entry()


def test_an_ended_yes_makes_room_for_another(entry):
    now = timezone.now()
    entry(withdrawn_at=now + dt.timedelta(seconds=1), withdrawn_how="web")
    entry(replaced_at=now)

    assert entry().stands


def test_refuses_an_unknown_scope_or_way(entry):
    with _breaks("consent_consent_scope_known"), transaction.atomic():
        entry(scope="everybody")
    with _breaks("consent_consent_how_known"):
        entry(how="rumour")


def test_refuses_what_is_recorded_before_it_was_given(entry):
    with _breaks("consent_consent_recorded_later"):
        entry(given_at=timezone.now() + dt.timedelta(days=1))


def test_refuses_what_is_taken_back_before_it_was_given(entry):
    with _breaks("consent_consent_withdrawn_later"):
        entry(withdrawn_at=timezone.now() - dt.timedelta(days=1), withdrawn_how="web")


def test_what_is_taken_back_says_how_and_when(entry, person):
    with _breaks("consent_consent_withdrawn_how"), transaction.atomic():
        entry(withdrawn_at=timezone.now())
    with _breaks("consent_consent_withdrawn_how"), transaction.atomic():
        entry(withdrawn_how="web")
    with _breaks("consent_consent_withdrawn_when"):
        entry(withdrawn_by=person)


def test_a_yes_ends_once(entry):
    now = timezone.now()

    with _breaks("consent_consent_one_end"):
        entry(withdrawn_at=now, withdrawn_how="web", replaced_at=now)


def test_nobody_decides_in_their_own_best_interests(entry):
    with _breaks("consent_consent_best_interests_by_another"):
        entry(scope="best_interests")


def test_best_interests_are_recorded_by_somebody(entry):
    with _breaks("consent_consent_recorded_by_somebody"):
        entry(scope="best_interests", recorded_by=None)


def test_nobody_speaks_for_themselves_as_another(entry, person):
    with _breaks("consent_consent_spoken_by_another"):
        entry(given_by=person)


def test_a_yes_is_to_a_wording_of_its_own_purpose(entry):
    with _breaks("consent_consent_purpose_of_wording"):
        entry(purpose="mail_news")


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "mail_news"},
        {"scope": "supported"},
        {"how": "paper"},
        {"given_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
        {"recorded_at": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_was_agreed_is_never_rewritten(entry, change):
    row = entry()

    with _breaks("consent_consent_append_only"):
        Consent.objects.filter(pk=row.pk).update(**change)


def test_an_entry_is_never_given_to_another_person_or_recorder(entry, stranger):
    row = entry()

    for change in ({"person": stranger}, {"recorded_by": stranger}, {"given_by": stranger}):
        with _breaks("consent_consent_append_only"), transaction.atomic():
            Consent.objects.filter(pk=row.pk).update(**change)


def test_whoever_recorded_it_can_be_forgotten(entry, administrator):
    row = entry(scope="best_interests", recorded_by=administrator)

    administrator.delete()

    row.refresh_from_db()
    assert row.recorded_by is None


def test_a_published_wording_is_never_changed_nor_deleted(db):
    wording = current_wording("photo")

    with _breaks("consent_wording_frozen"), transaction.atomic():
        Wording.objects.filter(pk=wording.pk).update(text="Something else.")
    with _breaks("consent_wording_frozen"):
        wording.delete()


def test_a_wording_has_a_text_and_one_number(db):
    day = dt.date(2026, 1, 1)
    good = {"purpose": "photo", "version": 7, "text": "Yes.", "published_on": day}
    Wording.objects.create(**good)

    with _breaks("consent_wording_version_once"), transaction.atomic():
        Wording.objects.create(**good)
    with _breaks("consent_wording_has_text"), transaction.atomic():
        Wording.objects.create(**{**good, "version": 8, "text": ""})
    with _breaks("consent_wording_version_from_1"):
        Wording.objects.create(**{**good, "version": 0})
