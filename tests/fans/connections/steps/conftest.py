"""A home whose month 0 is open: the look-back asks about its last 28 days."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.openness.services import plan_waves
from tests import factories


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def enrolment(home, today):
    return factories.EnrolmentFactory(home=home, starts_on=today - dt.timedelta(days=5))


@pytest.fixture
def wave(enrolment):
    return plan_waves(enrolment=enrolment)[0]
