"""Every rule of this room's tables, broken once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from fans.openness.models import ContextEvent, Indicator, Instrument, Score, Wave
from fans.people.audit.erasing import erasing
from tests import factories

pytestmark = pytest.mark.django_db

CLOSED_AT = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def wave():
    return factories.WaveFactory()


def breaks(name):
    return pytest.raises(IntegrityError, match=name)


def scored(wave):
    return Score.objects.create(
        wave=wave, instrument=wave.instrument, as_of=wave.closes_on, evidence={}, result={}
    )


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
        ("openness_wave_month_known", {"month": 4}),
        ("openness_wave_ordered", {"closes_on": dt.date(2026, 4, 30)}),
        (
            "openness_wave_look_back_0",
            {"month": 3, "look_back_until": dt.date(2026, 4, 30)},
        ),
        ("openness_wave_closed_when", {"closed_by": 1}),
    ],
)
def test_refuses_a_wave_that_cannot_be(wave, name, changes):
    with breaks(name), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(**changes)


@pytest.mark.parametrize("month", [9, 12])
def test_takes_staying_checks(wave, month):
    assert factories.WaveFactory(enrolment=wave.enrolment, month=month).is_staying_check
    assert not wave.is_staying_check


@pytest.mark.parametrize(
    "change",
    [
        {"closed_at": None},
        {"closed_at": CLOSED_AT + dt.timedelta(minutes=1)},
        {"opens_on": dt.date(2026, 4, 30)},
        {"closes_on": dt.date(2026, 6, 30)},
        {"look_back_until": dt.date(2026, 4, 30)},
        {"month": 9},
    ],
)
def test_keeps_a_closed_wave_as_it_is(wave, change):
    Wave.objects.filter(pk=wave.pk).update(closed_at=CLOSED_AT)

    with breaks("openness_wave_stays_closed"), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(**change)


def test_lets_a_closed_wave_forget_who_closed_it(wave, manager):
    Wave.objects.filter(pk=wave.pk).update(closed_at=CLOSED_AT, closed_by=manager)

    Wave.objects.filter(pk=wave.pk).update(closed_by=None)


def test_freezes_the_score_of_a_closed_wave(wave):
    row = scored(wave)
    Score.objects.filter(pk=row.pk).update(overall=50)
    Wave.objects.filter(pk=wave.pk).update(closed_at=CLOSED_AT)

    with breaks("openness_score_frozen"), transaction.atomic():
        Score.objects.filter(pk=row.pk).update(overall=51)
    with breaks("openness_score_frozen"), transaction.atomic():
        Score.objects.filter(pk=row.pk).delete()

    row.refresh_from_db()
    assert row.overall == 50


def test_lets_a_name_be_erased_from_a_frozen_score(wave):
    row = scored(wave)
    Wave.objects.filter(pk=wave.pk).update(closed_at=CLOSED_AT)

    with erasing():
        Score.objects.filter(pk=row.pk).update(evidence={"noted_by": ""})

    with breaks("openness_score_frozen"), transaction.atomic():
        Score.objects.filter(pk=row.pk).update(evidence={})


def test_takes_no_score_for_a_wave_that_closed_without(wave):
    Wave.objects.filter(pk=wave.pk).update(closed_at=CLOSED_AT)

    with breaks("openness_score_frozen"), transaction.atomic():
        scored(wave)


@pytest.mark.parametrize(
    ("day", "closed_at", "state"),
    [
        (dt.date(2026, 4, 30), None, "planned"),
        (dt.date(2026, 5, 1), None, "open"),
        (dt.date(2026, 5, 28), None, "open"),
        (dt.date(2026, 5, 29), None, "closed"),
        (dt.date(2026, 5, 20), CLOSED_AT, "closed"),
    ],
)
def test_says_where_a_wave_is_in_its_life(wave, day, closed_at, state):
    wave.closed_at = closed_at

    assert wave.state_on(day) == state
    assert wave.is_open_on(day) is (state == "open")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("openness_assessment_language_known", {"language": "fr"}),
        ("openness_assessment_way_known", {"way": "fax"}),
        ("openness_assessment_device_hash", {"device": "tablet 3"}),
    ],
)
def test_refuses_an_assessment_that_cannot_be(wave, name, values):
    with breaks(name), transaction.atomic():
        wave.assessments.create(group="staff", **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("openness_context_kind_known", {"kind": "flood"}),
        ("openness_context_ordered", {"until_on": dt.date(2026, 4, 30)}),
        ("openness_context_other_says_what", {"kind": "other"}),
    ],
)
def test_refuses_an_event_that_cannot_be(home, name, values):
    with breaks(name), transaction.atomic():
        ContextEvent.objects.create(
            **{"home": home, "kind": "outbreak", "from_on": dt.date(2026, 5, 1)} | values
        )


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
