"""One home in one cohort, with its waves of 1 May, 1 August and 1 November 2026."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from fans.openness.services import plan_waves
from tests import factories

LONDON = ZoneInfo("Europe/London")


def at(day, hour=12, minute=0, fold=0):
    """Return a moment by London’s clock; ``fold`` 1: the second of an hour that comes twice."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON, fold=fold)


def on(day, hour=12, minute=0, fold=0):
    """Let it be that moment."""
    return time_machine.travel(at(day, hour, minute, fold), tick=False)


@pytest.fixture
def enrolment(cohort, home):
    return cohort.enrolments.get(home=home)


@pytest.fixture
def waves(enrolment):
    return plan_waves(enrolment=enrolment)


@pytest.fixture
def wave(waves):
    """Month 0 of Larkfield House: 1 to 28 May 2026."""
    return waves[0]


@pytest.fixture
def second(cohort):
    """Another facilitator of the same cohort."""
    return factories.member("facilitator", cohort=cohort, name="Flo")
