"""Every rule of the database about the way of a volunteer, broken once."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fans.people.volunteers.models import (
    InductionTick,
    Reference,
    StageEvent,
    Vetting,
    Volunteer,
)
from tests.factories import VettingFactory, VolunteerFactory, active_volunteer

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
YESTERDAY = TODAY - DAY


def breaks(name, act):
    """Do something that a rule forbids, and look at the end of the transaction too."""
    with pytest.raises(IntegrityError, match=name):
        _whole(act)


def _whole(act):
    with transaction.atomic():
        act()
        connection.check_constraints()


def change(row, **values):
    return lambda: type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("stage", ["checked", "inducted", "active"])
def test_nobody_is_cleared_for_no_role(stage):
    volunteer = VolunteerFactory(stage="references")

    breaks(
        "volunteers_volunteer_cleared_for_role", change(volunteer, stage=stage, role_slug="")
    )


@pytest.mark.parametrize(
    "values",
    [
        {"stage": "met"},
        {"at": timezone.now() - dt.timedelta(days=1)},
        {"note": "x"},
        {"volunteer_id": 0},
    ],
)
def test_a_step_is_never_rewritten(values):
    event = VolunteerFactory().events.get()

    breaks("volunteers_stageevent_append_only", change(event, **values))


def test_a_step_is_never_put_down_to_somebody_else():
    event = VolunteerFactory().events.get()

    breaks(
        "volunteers_stageevent_append_only", change(event, by_id=VolunteerFactory().person_id)
    )


def test_who_took_a_step_may_be_forgotten():
    event = VolunteerFactory().events.get()

    assert StageEvent.objects.filter(pk=event.pk).update(by=None) == 1


def test_a_step_does_not_go_while_its_volunteer_stays():
    event = VolunteerFactory().events.get()

    breaks("volunteers_stageevent_append_only", event.delete)


def test_a_step_goes_with_its_volunteer():
    volunteer = active_volunteer()

    volunteer.person.delete()
    connection.check_constraints()

    assert not StageEvent.objects.exists()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"stage": "king"}, "volunteers_stageevent_stage_known"),
        ({"stage": "resting", "note": "Tired"}, "volunteers_stageevent_rest_unreasoned"),
    ],
)
def test_a_step_is_a_known_one_and_a_rest_has_no_reason(values, name):
    volunteer = VolunteerFactory()

    breaks(
        name,
        lambda: StageEvent.objects.create(volunteer=volunteer, at=timezone.now(), **values),
    )


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"answer": "fine"}, "volunteers_reference_answer"),
        ({"answer": "good"}, "volunteers_reference_answered"),
        ({"answer": "good", "referee": ""}, "volunteers_reference_answered"),
        ({"answer": "good", "answered_on": TODAY}, "volunteers_reference_answered"),
        (
            {"answer": "good", "answered_on": YESTERDAY, "referee": ""},
            "volunteers_reference_answered",
        ),
        ({"answered_on": TODAY}, "volunteers_reference_answered"),
    ],
)
def test_an_answered_reference_has_its_day_and_no_name(values, name):
    volunteer = VolunteerFactory()
    reference = Reference.objects.create(
        volunteer=volunteer, referee="Mrs Bell", asked_on=TODAY
    )

    breaks(name, change(reference, **values))


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"level": "barred"}, "volunteers_vetting_level_known"),
        ({"authority": "me"}, "volunteers_vetting_authority_known"),
        ({"outcome": "maybe"}, "volunteers_vetting_outcome_known"),
        ({"outcome": "waiting"}, "volunteers_vetting_decided"),
        ({"decided_on": None}, "volunteers_vetting_decided"),
        ({"decided_on": YESTERDAY}, "volunteers_vetting_decided"),
        ({"level": "none"}, "volunteers_vetting_needed"),
        ({"outcome": "not_needed"}, "volunteers_vetting_needed"),
        ({"recheck_on": TODAY}, "volunteers_vetting_recheck_later"),
        (
            {"outcome": "waiting", "decided_on": None, "recheck_on": TODAY + DAY},
            "volunteers_vetting_recheck_later",
        ),
        ({"level_reason": "No. 001234567890"}, "volunteers_vetting_no_number"),
        ({"level_reason": "0012-3456-7890"}, "volunteers_vetting_no_number"),
    ],
)
def test_a_decision_is_whole_and_holds_no_number(values, name):
    breaks(name, change(VettingFactory(), **values))


def test_a_reason_may_name_a_day():
    vetting = VettingFactory()

    change(vetting, level_reason="Agreed on 2026-11-22, 4 days in 30.")()


def test_one_check_waits_at_a_time():
    volunteer = VolunteerFactory(role_slug="visitor")
    waiting = {"volunteer": volunteer, "outcome": "waiting", "decided_on": None}
    VettingFactory(**waiting)

    breaks("volunteers_vetting_one_waiting", lambda: VettingFactory(**waiting))


def test_an_item_is_ticked_once():
    volunteer = VolunteerFactory()
    row = {"volunteer": volunteer, "item": "worried", "done_on": TODAY}
    InductionTick.objects.create(**row)

    breaks("volunteers_inductiontick_once", lambda: InductionTick.objects.create(**row))


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": "not_ok"},
        {"outcome": "not_needed", "level": "none"},
        {"role_slug": "helper"},
        {"outcome": "waiting", "decided_on": None},
    ],
)
def test_nobody_is_alone_without_a_decision_that_they_are_suitable(values):
    volunteer = active_volunteer(may_be_alone=True)
    connection.check_constraints()

    breaks(
        "volunteers_volunteer_alone_needs_decision", change(volunteer.vettings.get(), **values)
    )


def test_nobody_is_alone_once_the_decision_has_gone():
    volunteer = active_volunteer(may_be_alone=True)

    breaks("volunteers_volunteer_alone_needs_decision", volunteer.vettings.all().delete)


def test_nobody_begins_to_be_alone_or_changes_role_without_a_decision():
    none = VolunteerFactory(role_slug="visitor")
    alone = active_volunteer(may_be_alone=True)

    breaks("volunteers_volunteer_alone_needs_decision", change(none, may_be_alone=True))
    breaks("volunteers_volunteer_alone_needs_decision", change(alone, role_slug="helper"))


def test_a_later_decision_takes_being_alone_away():
    volunteer = active_volunteer(may_be_alone=True)

    breaks(
        "volunteers_volunteer_alone_needs_decision",
        lambda: VettingFactory(volunteer=volunteer, outcome="not_ok"),
    )


def test_somebody_who_may_be_alone_can_be_deleted():
    volunteer = active_volunteer(may_be_alone=True)

    volunteer.person.delete()
    connection.check_constraints()

    assert not Vetting.objects.exists()
    assert not Volunteer.objects.exists()
