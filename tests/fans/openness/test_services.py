"""Instruments, waves, answers and scores as they are stored."""

import datetime as dt
import json
import uuid
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction

from fans.connections.models import Connection
from fans.connections.signals import log_changed
from fans.openness import services
from fans.openness.errors import RefusedError, WaveClosedError
from fans.openness.evidence import parse_evidence
from fans.openness.models import Answer, Assessment, Instrument, Score, Wave
from fans.openness.score import score_as_json
from fans.openness.services import (
    plan_waves,
    rebuild,
    score_wave,
    score_waves_due,
    submit_assessment,
)
from fans.openness.strict_json import Node
from tests import factories
from tests.fans.openness.larkfield import LARKFIELD, V1

pytestmark = pytest.mark.django_db

IN_WAVE_0 = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)
AFTER_WAVE_0 = dt.datetime(2026, 6, 20, 12, tzinfo=dt.UTC)
ANSWERS = {"A3": 3, "D4": 1, "F2": 2, "G1": 4, "G2": 0, "G3": 2, "G4": 1, "H1": 3}


@pytest.fixture
def enrolment(home):
    return factories.EnrolmentFactory(home=home, starts_on=dt.date(2026, 5, 1))


@pytest.fixture
def wave(enrolment):
    """Month 0 of Larkfield House: 1 to 28 May 2026."""
    return plan_waves(enrolment=enrolment)[0]


@pytest.fixture
def in_wave_0():
    with time_machine.travel(IN_WAVE_0, tick=False):
        yield


def log(home, **changes):
    """Log a visit as the log's own service does: write, then say so."""
    tie = factories.PartnershipFactory(home=home)
    changes.setdefault("happened_on", dt.date(2026, 5, 18))
    row = factories.ConnectionFactory(partnership=tie, **changes)
    log_changed.send(Connection, home_ids={home.pk})
    return row


# --- waves ------------------------------------------------------------------------------


def test_plans_three_waves_of_28_days(enrolment):
    waves = plan_waves(enrolment=enrolment)

    assert [(w.month, w.opens_on, w.closes_on) for w in waves] == [
        (0, dt.date(2026, 5, 1), dt.date(2026, 5, 28)),
        (3, dt.date(2026, 8, 1), dt.date(2026, 8, 28)),
        (6, dt.date(2026, 11, 1), dt.date(2026, 11, 28)),
    ]


def test_plans_each_wave_once(enrolment):
    first = plan_waves(enrolment=enrolment, look_back_until=dt.date(2026, 4, 30))
    again = plan_waves(enrolment=enrolment)

    assert [w.pk for w in again] == [w.pk for w in first]
    assert [w.look_back_until for w in again] == [dt.date(2026, 4, 30), None, None]


@pytest.mark.parametrize(
    ("starts_on", "opens_on"),
    [
        (dt.date(2026, 8, 31), dt.date(2026, 11, 30)),
        (dt.date(2026, 11, 30), dt.date(2027, 2, 28)),
        (dt.date(2026, 9, 30), dt.date(2026, 12, 30)),
        (dt.date(2026, 10, 1), dt.date(2027, 1, 1)),
    ],
)
def test_opens_month_3_on_the_same_day_or_a_shorter_months_last(starts_on, opens_on):
    enrolment = factories.EnrolmentFactory(starts_on=starts_on)

    assert plan_waves(enrolment=enrolment)[1].opens_on == opens_on


# --- answers ----------------------------------------------------------------------------


@pytest.mark.usefixtures("in_wave_0")
def test_stores_answers_and_scores_the_wave_with_them(wave, manager):
    assessment = submit_assessment(
        wave=wave,
        group="staff",
        answers=ANSWERS,
        how_known={"G1": "She has two days."},
        by=manager,
    )

    assert {a.indicator.code: a.value for a in assessment.answers.all()} == ANSWERS
    assert assessment.answers.get(indicator__code="G1").how_known == "She has two days."
    assert assessment.entered_by == manager
    assert wave.score.result["indicators"]["G1"]["value"] == 4
    assert wave.score.result["flags"] == ["part_logged", "one_voice"]


@pytest.mark.parametrize("day", [dt.date(2026, 4, 30), dt.date(2026, 6, 26)])
def test_takes_no_answers_outside_the_waves_days(wave, manager, day):
    with (
        time_machine.travel(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)),
        pytest.raises(WaveClosedError, match="from 1 May 2026 to 28 May 2026"),
    ):
        submit_assessment(wave=wave, group="staff", answers=ANSWERS, by=manager)

    assert not Assessment.objects.exists()


@pytest.mark.parametrize("day", [dt.date(2026, 5, 29), dt.date(2026, 6, 25)])
def test_keeps_a_late_answer_as_an_addendum_that_is_never_scored(wave, manager, day):
    with time_machine.travel(IN_WAVE_0, tick=False):
        submit_assessment(wave=wave, group="staff", answers={"G1": 4}, by=manager)
    with time_machine.travel(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)):
        late = submit_assessment(wave=wave, group="residents", answers={"G1": 0}, by=manager)
        row = score_wave(wave=wave)

    assert late.is_late
    assert late.answers.get().value == 0
    assert row.evidence["assessed"] == {"G1": {"staff": [4]}}


@pytest.mark.usefixtures("in_wave_0")
def test_notes_how_an_answer_came_in(wave, manager):
    assessment = submit_assessment(
        wave=wave,
        group="residents",
        answers={"A3": 2},
        by=manager,
        language="easy",
        way="paper",
        talked_on=dt.date(2026, 5, 18),
        device="0" * 64,
    )

    assert not assessment.is_late
    assert (assessment.language, assessment.way) == ("easy", "paper")
    assert assessment.talked_on == dt.date(2026, 5, 18)
    assert assessment.device == "0" * 64


@pytest.mark.parametrize(
    ("group", "answers", "error"),
    [
        ("cooks", {"A3": 2}, ValidationError),
        ("staff", {"A3": 2, "G1": 5}, ValidationError),
        ("staff", {"A3": 2, "A1": 3}, RefusedError),
        ("staff", {"A3": 2, "E2": 3}, RefusedError),
    ],
)
@pytest.mark.usefixtures("in_wave_0")
def test_stores_nothing_of_an_assessment_with_one_wrong_answer(
    wave, manager, group, answers, error
):
    with pytest.raises(error):
        submit_assessment(wave=wave, group=group, answers=answers, by=manager)

    assert not Assessment.objects.exists()
    assert not Answer.objects.exists()


@pytest.mark.usefixtures("in_wave_0")
def test_stores_what_is_sent_twice_once(wave, manager):
    sent = {"group": "staff", "answers": ANSWERS, "client_uuid": uuid.uuid4(), "by": manager}

    first = submit_assessment(wave=wave, **sent)
    again = submit_assessment(wave=wave, **sent)

    assert again.pk == first.pk
    assert Assessment.objects.count() == 1


# --- scores -----------------------------------------------------------------------------


@pytest.mark.usefixtures("in_wave_0")
def test_keeps_the_score_with_its_evidence_and_its_instrument(wave, home):
    log(home, occurrences=3)

    row = score_wave(wave=wave)

    assert row.instrument == wave.instrument
    assert row.as_of == dt.date(2026, 5, 20)
    assert row.evidence["observed"]["visits_in"] == 3
    assert row.result["indicators"]["A1"] == {"raw": 0.75, "value": 1}
    assert row.overall is None
    assert row.lived == Decimal("15.0")


@pytest.mark.usefixtures("in_wave_0")
def test_rebuilds_a_stored_score_to_the_last_digit(wave, home, manager):
    for partner, gives in enumerate([["tea"], [], ["room"]]):
        log(home, occurrences=partner + 1, home_gives=gives, partner_gives=["time"])
    submit_assessment(wave=wave, group="residents", answers=ANSWERS, by=manager)
    submit_assessment(wave=wave, group="staff", answers={"A3": 1, "G4": 4}, by=manager)
    submit_assessment(wave=wave, group="manager", answers={"A3": 4}, by=manager)

    row = Score.objects.get(wave=wave)
    again = rebuild(row)

    assert {**score_as_json(again), "level": again.level} == row.result
    assert json.dumps(score_as_json(again), sort_keys=True) == json.dumps(
        {k: v for k, v in row.result.items() if k != "level"}, sort_keys=True
    )


def test_rebuilds_larkfields_score_from_what_was_stored(wave):
    evidence = parse_evidence(Node(LARKFIELD), {"v1": V1})
    found = services.score(V1, evidence)
    row = Score.objects.create(
        wave=wave,
        instrument=wave.instrument,
        as_of=wave.closes_on,
        evidence=services.evidence_as_json(evidence),
        result=score_as_json(found),
    )
    row.refresh_from_db()

    assert rebuild(row) == found


@pytest.mark.usefixtures("in_wave_0")
def test_leaves_a_stored_wave_alone_when_a_later_instrument_comes(wave, home):
    log(home, occurrences=8)
    before = Score.objects.values().get(wave=wave)
    body = {**wave.instrument.body, "version": "v2"}
    body["indicators"] = [
        {**i, "cuts": [0, 100, 200, 300]} if "cuts" in i else i for i in body["indicators"]
    ]

    Instrument.objects.create(version="v2", algorithm=1, body=body)

    row = Score.objects.get(wave=wave)
    assert Score.objects.values().get(wave=wave) == before
    assert rebuild(row).indicators["A1"].value == row.result["indicators"]["A1"]["value"] == 2


@pytest.mark.usefixtures("in_wave_0")
def test_refreshes_the_open_waves_score_when_the_log_changes(wave, home):
    log(home)
    assert Score.objects.get(wave=wave).result["indicators"]["D1"]["value"] == 1

    for _ in range(2):
        log(home)

    assert Score.objects.get(wave=wave).result["indicators"]["D1"]["value"] == 2


@pytest.mark.usefixtures("in_wave_0")
def test_refreshes_in_the_transaction_that_changed_the_log(wave, home):
    log(home)

    with transaction.atomic():
        log(home)
        assert Score.objects.get(wave=wave).result["indicators"]["D1"]["raw"] == 2
        transaction.set_rollback(True)

    assert Score.objects.get(wave=wave).result["indicators"]["D1"]["raw"] == 1


def test_leaves_a_closed_waves_score_alone_when_the_log_changes(wave, home):
    with time_machine.travel(IN_WAVE_0, tick=False):
        log(home)
    with time_machine.travel(AFTER_WAVE_0, tick=False):
        log(home)

    assert Score.objects.get(wave=wave).result["indicators"]["D1"]["raw"] == 1


@pytest.mark.usefixtures("in_wave_0")
def test_keeps_the_score_of_a_wave_that_was_closed_early(wave, home):
    log(home)
    Wave.objects.filter(pk=wave.pk).update(closed_at=IN_WAVE_0)

    log(home)

    assert score_wave(wave=wave).result["indicators"]["D1"]["raw"] == 1
    assert score_waves_due(day=dt.date(2026, 5, 28)) == []


@pytest.mark.usefixtures("in_wave_0")
def test_leaves_other_homes_scores_alone_when_the_log_changes(wave):
    log(factories.HomeFactory())

    assert not Score.objects.exists()


@pytest.mark.usefixtures("in_wave_0")
def test_refreshes_a_score_in_few_queries(wave, home, django_assert_max_num_queries):
    log(home)

    with django_assert_max_num_queries(18):  # two of them the lived part's
        log_changed.send(Connection, home_ids={home.pk})


@pytest.mark.parametrize(
    ("scored_on", "day", "is_due"),
    [
        (None, dt.date(2026, 4, 30), False),
        (None, dt.date(2026, 5, 1), True),
        (None, dt.date(2026, 7, 1), True),
        (dt.date(2026, 5, 20), dt.date(2026, 5, 21), True),
        (dt.date(2026, 5, 20), dt.date(2026, 7, 1), True),
        (dt.date(2026, 5, 28), dt.date(2026, 7, 1), False),
    ],
)
def test_scores_open_waves_nightly_and_closed_ones_a_last_time(wave, scored_on, day, is_due):
    noon = dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
    if scored_on:
        score_wave(wave=wave, as_of=scored_on)

    with time_machine.travel(noon, tick=False):
        scores = score_waves_due(day=day)

    assert bool(scores) is is_due
    assert all(row.as_of == min(day, wave.closes_on) for row in scores)
