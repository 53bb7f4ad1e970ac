"""Every rule of this room's tables, broken once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from fans.openness.models import Indicator, Instrument, Score, Wave
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return factories.WaveFactory()


def breaks(name):
    return pytest.raises(IntegrityError, match=name)


def test_numbers_an_instrument_once(wave):
    with breaks("version"), transaction.atomic():
        Instrument.objects.create(version="v1", algorithm=1, body={})


def test_holds_an_indicator_once(wave):
    with breaks("openness_indicator_once"), transaction.atomic():
        Indicator.objects.create(
            instrument=wave.instrument, code="A1", dimension="A", is_assessed=False
        )


def test_holds_each_month_of_an_enrolment_once(wave):
    with breaks("openness_wave_once"), transaction.atomic():
        factories.WaveFactory(enrolment=wave.enrolment)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("openness_wave_month_0_3_6", {"month": 4}),
        ("openness_wave_ordered", {"closes_on": dt.date(2026, 4, 30)}),
        (
            "openness_wave_look_back_0",
            {"month": 3, "look_back_until": dt.date(2026, 4, 30)},
        ),
    ],
)
def test_refuses_a_wave_that_cannot_be(wave, name, changes):
    with breaks(name), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(**changes)


def test_refuses_an_unknown_respondent_group(wave):
    with breaks("openness_assessment_group_known"), transaction.atomic():
        wave.assessments.create(group="cooks")


@pytest.mark.parametrize(
    ("value", "name"), [(5, "openness_answer_0_4"), (-1, "openness_answer_value_check")]
)
def test_refuses_an_answer_beyond_0_to_4(wave, value, name):
    assessment = wave.assessments.create(group="staff")
    indicator = wave.instrument.indicators.get(code="A3")

    with breaks(name), transaction.atomic():
        assessment.answers.create(indicator=indicator, value=value)


def test_takes_one_answer_to_a_question(wave):
    assessment = wave.assessments.create(group="staff")
    indicator = wave.instrument.indicators.get(code="A3")
    assessment.answers.create(indicator=indicator, value=2)

    with breaks("openness_answer_once"), transaction.atomic():
        assessment.answers.create(indicator=indicator, value=2)


@pytest.mark.parametrize("figure", ["overall", "lived", "felt"])
def test_refuses_a_score_beyond_100(wave, figure):
    with breaks("openness_score_0_100"), transaction.atomic():
        Score.objects.create(
            wave=wave,
            instrument=wave.instrument,
            as_of=wave.closes_on,
            evidence={},
            result={},
            **{figure: "100.1"},
        )


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (dt.date(2026, 4, 30), False),
        (dt.date(2026, 5, 1), True),
        (dt.date(2026, 5, 28), True),
        (dt.date(2026, 5, 29), False),
    ],
)
def test_is_open_from_its_first_day_to_its_last(wave, day, is_open):
    assert wave.is_open_on(day) is is_open
    assert Wave.objects.open_on(day).exists() is is_open
