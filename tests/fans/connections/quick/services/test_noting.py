"""What is noted from a sheet: it waits, once, and says nothing that it must not."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from pghistory.models import Events

from fans.connections.errors import NotAPartnerError, PersonNumberError, StillToComeError
from fans.connections.models import Connection
from fans.connections.quick.errors import (
    CodeIsOverError,
    ListIsFullError,
    TooLateToTakeBackError,
)
from fans.connections.quick.models import QuickEntry
from fans.connections.quick.services import noting
from fans.connections.quick.services.codes import end_code, make_code
from fans.connections.quick.services.deciding import refuse
from fans.connections.quick.services.noting import note_entry, take_back
from tests.factories import HomeFactory, PartnershipFactory, QuickEntryFactory, member

pytestmark = pytest.mark.django_db


def test_what_is_noted_waits_and_the_log_does_not_change(note, choir):
    before = Connection.objects.count()

    entry = note(partnership=choir, residents_count=4, community_count=6, rating=5)

    assert (entry.state, entry.partnership, entry.connection) == ("waiting", choir, None)
    assert Connection.objects.count() == before


def test_nothing_tells_who_noted_it(note):
    entry = note()

    names = {field.name for field in QuickEntry._meta.get_fields()}
    assert entry.decided_by is None
    assert not names & {"ip", "device", "user_agent", "session", "noted_by"}


def test_the_same_form_sent_again_is_one_entry(note):
    key = uuid.uuid4()

    assert note(client_uuid=key) == note(client_uuid=key, direction="out")
    assert QuickEntry.objects.count() == 1


def test_the_very_same_words_again_within_the_hour_are_one_entry(note):
    first = note(residents_count=None, note="In the garden")

    assert note(residents_count=None, note="In the garden") == first
    assert note(residents_count=3, note="In the garden") != first


def test_and_a_second_visit_after_that(note):
    first = note()

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        assert note() != first


def test_another_sheet_s_form_does_not_give_its_entry_away(note, today):
    key = note().client_uuid
    elmbank = HomeFactory(name="Elmbank")
    _, token = make_code(home=elmbank, by=member("manager", home=elmbank), expires_on=today)

    with pytest.raises(ValidationError):
        note_entry(
            token=token, client_uuid=key, who="Bell ringers", happened_on=today, direction="in"
        )


def test_a_sheet_that_is_over_takes_nothing(note, code, coordinator):
    end_code(code=code, by=coordinator)

    with pytest.raises(CodeIsOverError):
        note()


@pytest.mark.parametrize("days", [1, -32])
def test_only_days_of_the_last_month_are_taken(note, today, days):
    with pytest.raises(StillToComeError):
        note(happened_on=today + dt.timedelta(days=days))


@pytest.mark.parametrize(
    "wrong",
    [{"direction": "up"}, {"residents_count": -1}, {"rating": 9}, {"who": "x" * 81}],
)
def test_nonsense_is_refused(note, wrong):
    with pytest.raises(ValidationError):
        note(**wrong)


@pytest.mark.parametrize("field", ["who", "note"])
def test_an_nhs_number_is_refused(note, field):
    with pytest.raises(PersonNumberError) as caught:
        note(**{field: "943 476 5919"})

    assert caught.value.field == field


def test_only_ties_that_the_sheet_offers_can_be_named(note, home):
    person = PartnershipFactory(
        home=home, status="idea", partner__kind="person", partner__asset=None,
        partner__name="Accordion player", partner__own_category="individual_gift",
    )  # fmt: skip

    for tie in (person, PartnershipFactory(home__name="Elmbank")):
        with pytest.raises(NotAPartnerError):
            note(partnership=tie)


def test_a_flood_stops_until_the_team_has_looked(note, code, monkeypatch):
    monkeypatch.setattr(noting, "MOST_WAITING", 3)
    for _ in range(3):
        QuickEntryFactory(code=code)

    with pytest.raises(ListIsFullError):
        note()


def test_is_taken_back_for_good_by_who_noted_it(note, token):
    entry = note(note="In the garden")

    assert take_back(token=token, client_uuid=entry.client_uuid)
    assert not take_back(token=token, client_uuid=entry.client_uuid)
    assert not QuickEntry.objects.exists()
    assert not Events.objects.filter(pgh_data__note="In the garden").exists()


def test_not_after_ten_minutes_nor_after_a_decision(note, token, coordinator):
    late, decided = note(), note(direction="out")
    refuse(entry=decided, by=coordinator)

    with pytest.raises(TooLateToTakeBackError):
        take_back(token=token, client_uuid=decided.client_uuid)
    with (
        time_machine.travel(timezone.now() + dt.timedelta(minutes=11)),
        pytest.raises(TooLateToTakeBackError),
    ):
        take_back(token=token, client_uuid=late.client_uuid)


def test_not_from_another_sheet(note, home, coordinator, today):
    entry = note()
    _, other = make_code(home=home, by=coordinator, expires_on=today)

    assert not take_back(token=other, client_uuid=entry.client_uuid)
    assert QuickEntry.objects.get() == entry
