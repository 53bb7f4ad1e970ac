"""Two sides: a home with its people, a volunteer, and those who bring them together."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from fans.people.consent import services as consents
from fans.people.consent.models import How
from fans.people.volunteers.services import vetting
from tests import factories
from tests.factories import SALE, box, metres_east


def name_freely(volunteer):
    """Let homes call somebody by their first name."""
    consents.agree(person=volunteer.person, purpose="name_to_homes", how=How.WEB)


def clear(volunteer, lead, may=True):
    """Let a lead say that somebody may be alone with people who live there."""
    vetting.let_alone(volunteer=volunteer, may=may, by=lead)
    volunteer.refresh_from_db()


@pytest.fixture
def two(db):
    """A home 500 m from an active volunteer, in one area."""
    area = factories.AreaFactory(boundary=box(SALE))
    home = factories.HomeFactory(name="Larkfield", location=metres_east(SALE, 500), beds=20)
    volunteer = factories.active_volunteer(interests=["music"], travel_m=3219)
    return SimpleNamespace(
        area=area,
        home=home,
        volunteer=volunteer,
        person=volunteer.person,
        manager=factories.member("manager", home=home, name="Mia Manager"),
        coordinator=factories.member("coordinator", home=home, name="Cora Coordinator"),
        champion=factories.member("champion", area=area, name="Chris Champion"),
        lead=factories.member("volunteer_lead", area=area, name="Lou Lead"),
        today=timezone.localdate(),
    )
