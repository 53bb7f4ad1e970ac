"""Noting what somebody checked, whom it counts for, and taking it back."""

import datetime as dt

import pytest
import time_machine
from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from assets import services
from assets.checking.errors import NotCheckedYetError, NothingTickedError, TooLateToUndoError
from assets.checking.services import check_facts, partner_confirmed, undo_checks
from assets.checking.standing import due_facts, standing_of, states_of
from assets.facts import FIELDS
from assets.models import Asset, CheckMethod, CheckState, Fact, FactCheck
from tests import factories
from tests.factories import SALE

HALL = {
    "category": "community_space",
    "opening_hours": "Mo-Fr 09:00-17:00",
    "phone": "0161 496 0111",
    "wheelchair": "yes",
    "cost": "Tea £2",
    "email": "hall@example.org",
}


@pytest.fixture
def hall(db):
    return factories.AssetFactory(**HALL)


def check(by, asset, *facts, how=CheckMethod.VISIT, **day):
    found = check_facts(by=by, asset=asset, facts=facts, how=how, **day)
    asset.refresh_from_db()
    return found


def today():
    return timezone.localdate()


def test_several_facts_are_checked_at_once(champion, hall):
    checks = check(champion, hall, Fact.PLACE, Fact.HOURS, Fact.ACCESS)

    assert [one.fact for one in checks] == ["place", "hours", "access"]
    assert {(one.by, one.how, one.checked_on) for one in checks} == {
        (champion, "visit", today())
    }
    assert hall.check_state == CheckState.FRESH


def test_an_asset_is_as_fresh_as_the_worst_of_what_decides_a_visit(champion, hall):
    check(champion, hall, Fact.PLACE, Fact.ACCESS)
    assert hall.check_state == CheckState.DUE  # nobody has checked its hours

    long_ago = today() - dt.timedelta(days=400)
    check(champion, hall, Fact.HOURS, checked_on=long_ago)
    assert hall.check_state == CheckState.STALE

    check(champion, hall, Fact.HOURS)
    assert hall.check_state == CheckState.FRESH  # its phone, cost and contact notwithstanding


def test_what_is_not_said_holds_nothing_back(champion):
    garden = factories.AssetFactory()

    check(champion, garden, Fact.PLACE)

    assert garden.check_state == CheckState.FRESH
    assert states_of(garden, today()) == {Fact.PLACE: CheckState.FRESH}


def test_every_fact_that_is_said_is_due_until_somebody_checks_it(champion, hall):
    assert set(due_facts(hall, today())) == set(Fact)

    check(champion, hall, Fact.PHONE, how=CheckMethod.CALL)

    assert set(due_facts(hall, today())) == set(Fact) - {Fact.PHONE}


CHANGES = {
    "name": "Another hall",
    "location": Point(SALE.x + 0.001, SALE.y, srid=4326),
    "opening_hours": "Sa 10:00-12:00",
    "phone": "0161 496 0222",
    "email": "new@example.org",
    "website": "https://example.org/new",
    "who_to_ask": "Sam, the caretaker",
    "wheelchair": "limited",
    "access_notes": "Ring the bell",
    "cost": "Tea £3",
    "cost_kind": "paid",
    **dict.fromkeys(
        ("step_free", "wheelchair_toilet", "accessible_parking", "hearing_loop"), "no"
    ),
    "seating": "yes",
    "quiet": "yes",
}
# They tell where a point is that is told already.
PLACED = {"address", "postcode"}


def test_the_changes_tried_here_are_of_every_column_that_is_checked():
    checked = {column for column, field in FIELDS.items() if field.fact}

    assert set(CHANGES) == checked - PLACED


@pytest.mark.parametrize("column", CHANGES)
def test_a_check_was_of_what_was_said_then(champion, hall, column):
    fact = FIELDS[column].fact
    check(champion, hall, *Fact)
    before = getattr(hall, column)

    services.edit_asset(
        by=champion, asset=hall, seen_at=hall.updated_at, **{column: CHANGES[column]}
    )

    hall.refresh_from_db()
    standing = standing_of(hall, today())
    assert {f for f in Fact if standing[f].changed_since} == {fact}
    assert standing[fact].state == CheckState.DUE
    assert hall.fact_checks.filter(fact=fact).count() == 1  # kept, as history

    with time_machine.travel(timezone.now() + dt.timedelta(seconds=1)):
        services.edit_asset(
            by=champion, asset=hall, seen_at=hall.updated_at, **{column: before}
        )
    hall.refresh_from_db()
    assert not standing_of(hall, today())[fact].changed_since
    assert hall.check_state == CheckState.FRESH


@pytest.mark.parametrize(
    "same",
    [
        {"description": "Coffee on Tuesdays"},
        {"phone": "(0161) 496-0111"},
        {"postcode": "M33 7EZ", "address": "1 Wharf Road, Sale"},
        {"closed_until": dt.date(2027, 1, 3)},
    ],
)
def test_words_beside_a_fact_leave_its_check_alone(champion, hall, same):
    check(champion, hall, *Fact)

    services.edit_asset(by=champion, asset=hall, seen_at=hall.updated_at, **same)

    assert not any(one.changed_since for one in standing_of(hall, today()).values())


def test_saving_renews_nothing(champion, hall):
    with time_machine.travel("2026-01-05 12:00"):
        check(champion, hall, *Fact)
    now = dt.date(2026, 11, 1)

    services.edit_asset(
        by=champion, asset=hall, seen_at=hall.updated_at, description="Coffee on Tuesdays"
    )

    hall.refresh_from_db()
    assert standing_of(hall, now)[Fact.HOURS].state == CheckState.DUE
    assert FactCheck.objects.filter(checked_on=dt.date(2026, 1, 5)).count() == len(Fact)
    assert FactCheck.objects.count() == len(Fact)


def test_a_check_of_a_day_is_of_what_was_said_that_day(champion, hall):
    last_week = timezone.now() - dt.timedelta(days=7)
    services.edit_asset(by=champion, asset=hall, seen_at=hall.updated_at, phone="0161 496 0222")
    hall.refresh_from_db()

    check(champion, hall, Fact.PHONE, how=CheckMethod.CALL, checked_on=last_week.date())

    assert standing_of(hall, today())[Fact.PHONE].changed_since


def test_the_same_check_sent_twice_is_noted_once(champion, hall):
    first = check(champion, hall, Fact.PLACE)
    second = check(champion, hall, Fact.PLACE)
    by_phone = check(champion, hall, Fact.PLACE, how=CheckMethod.CALL)

    assert first == second != by_phone
    assert hall.fact_checks.count() == 2


def test_the_place_itself_confirms_by_mail(hall):
    checks = partner_confirmed(asset=hall, facts=list(Fact), checked_on=today())

    hall.refresh_from_db()
    assert {(one.by, one.how) for one in checks} == {(None, "mail")}
    assert hall.check_state == CheckState.FRESH
    assert hall.email_confirmed == "hall@example.org"
    words = standing_of(hall, today())[Fact.HOURS].words()
    assert words == "Checked today, by the place itself"


def test_each_fact_says_how_it_stands(champion, hall):
    for fact, days in ((Fact.PLACE, 20), (Fact.HOURS, 200), (Fact.CONTACT, 800)):
        day = today() - dt.timedelta(days=days)
        check(champion, hall, fact, how=CheckMethod.CALL, checked_on=day)
    standing = standing_of(hall, today())

    assert standing[Fact.PLACE].words() == "Checked 2 weeks ago, by phone"
    assert standing[Fact.HOURS].words().endswith(", by phone: time to look again")
    assert standing[Fact.CONTACT].words() == "Not checked for 2 years: it may be wrong by now"
    assert standing[Fact.COST].words() == "Nobody has checked this yet"


def test_what_was_just_noted_can_be_taken_back(champion, hall):
    earlier = dt.date(2026, 1, 5)
    check(champion, hall, Fact.PLACE, checked_on=earlier)
    noted = check(champion, hall, *Fact)
    assert hall.email_confirmed == hall.email

    assert undo_checks(by=champion, asset=hall, checks=[one.pk for one in noted]) == len(Fact)

    hall.refresh_from_db()
    assert [one.checked_on for one in hall.fact_checks.all()] == [earlier]
    assert (hall.check_state, hall.email_confirmed) == (CheckState.DUE, "")


def test_an_address_stays_confirmed_by_an_earlier_check(champion, hall):
    check(champion, hall, Fact.CONTACT, how=CheckMethod.CALL)
    noted = check(champion, hall, Fact.CONTACT, how=CheckMethod.WEB)

    undo_checks(by=champion, asset=hall, checks=[noted[0].pk])

    hall.refresh_from_db()
    assert hall.email_confirmed == hall.email


def test_nobody_takes_back_what_is_older_or_of_somebody_else(champion, administrator, hall):
    other = factories.AssetFactory()
    theirs = check(administrator, hall, Fact.PLACE)
    elsewhere = check(champion, other, Fact.PLACE)
    mine = check(champion, hall, Fact.PHONE)

    for one in (*theirs, *elsewhere):
        with pytest.raises(TooLateToUndoError):
            undo_checks(by=champion, asset=hall, checks=[one.pk])
    later = timezone.now() + dt.timedelta(minutes=11)
    with time_machine.travel(later), pytest.raises(TooLateToUndoError):
        undo_checks(by=champion, asset=hall, checks=[mine[0].pk])
    assert FactCheck.objects.count() == 3


def test_nothing_is_noted_of_tomorrow_of_no_fact_or_by_those_who_may_not(
    champion, coordinator, hall
):
    tomorrow = today() + dt.timedelta(days=1)
    visit = CheckMethod.VISIT

    with pytest.raises(NotCheckedYetError):
        check(champion, hall, Fact.PLACE, checked_on=tomorrow)
    with pytest.raises(NothingTickedError):
        check(champion, hall)
    with pytest.raises(ValidationError):
        check_facts(by=champion, asset=hall, facts=["place", "colour"], how=visit)
    with pytest.raises(ValidationError):
        check_facts(by=champion, asset=hall, facts=["place"], how="guess")
    with pytest.raises(PermissionDenied):
        check(coordinator, hall, Fact.PLACE)
    with pytest.raises(PermissionDenied):
        undo_checks(by=coordinator, asset=hall, checks=[1])
    assert not FactCheck.objects.exists()
    assert Asset.objects.get(pk=hall.pk).check_state == CheckState.DUE
