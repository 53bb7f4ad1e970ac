"""The demo's volunteers: at every stage, lawfully, and without a way in."""

import pytest
from django.db import connection
from django.utils import timezone

from fans.people.models import Membership, Person
from fans.people.permissions import reach_of
from fans.people.volunteers.accompanied import RECHECK_SOON, accompanied_by
from fans.people.volunteers.models import PATHWAY, Stage, Volunteer
from fans.people.volunteers.services.needs import open_needs

pytestmark = pytest.mark.usefixtures("demo_loaded")


def test_shows_most_stages_on_the_leads_page():
    lead = Membership.objects.get(role="volunteer_lead").person

    seen = accompanied_by(reach_of(lead, "volunteers.view"))

    assert set(seen.values_list("stage", flat=True)) >= {
        *(Stage.APPLIED, Stage.MET, Stage.REFERENCES, Stage.ACTIVE, Stage.RESTING)
    }
    assert seen.count() == Volunteer.objects.count()


def test_nobody_stands_where_something_is_missing():
    for volunteer in Volunteer.objects.all():
        stage = volunteer.stage if volunteer.stage in PATHWAY else Stage.ACTIVE
        assert open_needs(volunteer, stage) == []
        assert volunteer.events.first().stage == volunteer.stage
    connection.check_constraints()


def test_somebody_was_not_heard_from_and_a_check_is_to_be_looked_at():
    today = timezone.localdate()

    assert Volunteer.objects.quiet_on(today).exists()
    assert Volunteer.objects.recheck_due(today + RECHECK_SOON).exists()


def test_nobody_of_them_can_sign_in_but_the_one_to_look_around_as():
    with_password = [
        person
        for person in Person.objects.filter(volunteer__isnull=False)
        if person.has_usable_password()
    ]

    assert [person.name for person in with_password] == ["Amrit Gill"]
