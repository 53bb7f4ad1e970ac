"""A home in a cohort whose month 0 is closed, and the people around it."""

import datetime as dt

import pytest
import time_machine

from fans.openness.services import plan_waves, score_wave
from tests import factories
from tests.factories import NORWICH, box

THE_DAY_AFTER = dt.datetime(2026, 5, 29, 12, tzinfo=dt.UTC)
"""Month 0 closed on the day before."""


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(THE_DAY_AFTER, tick=False) as clock:
        yield clock


@pytest.fixture
def enrolment(cohort, home):
    return cohort.enrolments.get(home=home)


@pytest.fixture
def wave(enrolment):
    """Month 0, closed and scored."""
    wave = plan_waves(enrolment=enrolment)[0]
    answer(wave, "manager", {"G1": 2, "G2": 2, "G3": 2, "G4": 2, "H1": 2})
    score_wave(wave=wave)
    return wave


@pytest.fixture
def other_home(cohort):
    """A second home of the cohort."""
    other = factories.HomeFactory(name="Elm Lodge")
    factories.EnrolmentFactory(cohort=cohort, home=other, place=2)
    return other


@pytest.fixture
def around(home, other_home, champion):
    """Everybody who might want to see the picture, by who they are."""
    elsewhere = factories.AreaFactory(name="Norwich", boundary=box(NORWICH))
    third = factories.EnrolmentFactory(home=factories.HomeFactory(name="Oak View")).home
    return {
        "champion": champion,
        "champion elsewhere": factories.member("champion", area=elsewhere),
        "relative": factories.member("relative", home=home),
        "relative of another home": factories.member("relative", home=other_home),
        "provider": factories.member("provider", home=home),
        "provider of another home": factories.member("provider", home=other_home),
        "manager of another home": factories.member("manager", home=other_home),
        "coordinator of another home": factories.member("coordinator", home=other_home),
        "manager of another cohort": factories.member("manager", home=third),
        "volunteer": factories.member("volunteer"),
        "commissioner": factories.member("commissioner", area=factories.AreaFactory(name="T")),
        "administrator": factories.member("administrator"),
    }


def answer(wave, group, answers, times=1):
    """Store answer sheets as they came in, whatever the day."""
    for _ in range(times):
        assessment = wave.assessments.create(group=group)
        for code, value in answers.items():
            indicator = wave.instrument.indicators.get(code=code)
            assessment.answers.create(indicator=indicator, value=value)
