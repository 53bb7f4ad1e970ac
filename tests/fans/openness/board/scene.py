"""A cohort with homes and waves, made quickly: some over, one open, some to come."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from fans.cohorts.models import Cohort, Enrolment
from fans.openness.instruments.services import load_instrument
from fans.openness.models import WAVE_MONTHS, Answer, Assessment, Score, Wave
from fans.openness.services import score_wave
from tests.factories import CohortFactory, EnrolmentFactory, HomeFactory

ENDED_DAYS_AGO = 40
ANSWERS = {"A3": 3, "D4": 2, "F2": 2, "G1": 3, "G2": 3, "G3": 2, "G4": 3, "H1": 3}


def wave_of(part: Enrolment, month: int, *, opens_in: int, closes_in: int) -> Wave:
    """Make a wave that opens and closes so many days from today."""
    today = timezone.localdate()
    return Wave.objects.create(
        enrolment=part,
        month=month,
        instrument=load_instrument(),
        opens_on=today + dt.timedelta(days=opens_in),
        closes_on=today + dt.timedelta(days=closes_in),
    )


def answered_wave(
    part: Enrolment,
    month: int,
    sheets: Mapping[str, int],
    *,
    ended_days_ago: int = ENDED_DAYS_AGO,
) -> Wave:
    """Make a wave in which each group filled in so many sheets, scored and over."""
    ended = -ended_days_ago
    wave = wave_of(part, month, opens_in=ended - 27, closes_in=ended)
    answer(wave, sheets)
    score_wave(wave=wave)
    return wave


def answer(wave: Wave, sheets: Mapping[str, int]) -> None:
    """Let each group fill in so many sheets, whatever the day."""
    asked = {i.code: i for i in wave.instrument.indicators.filter(code__in=ANSWERS)}
    rows = [
        Assessment(wave=wave, group=group)
        for group, count in sheets.items()
        for _ in range(count)
    ]
    Answer.objects.bulk_create(
        Answer(assessment=row, indicator=asked[code], value=value)
        for row in Assessment.objects.bulk_create(rows)
        for code, value in ANSWERS.items()
    )


def full_cohort(months: tuple[int, ...] = WAVE_MONTHS) -> Cohort:
    """Make a cohort of 18 homes: of these months the last is open, the others are over."""
    cohort = CohortFactory(name="Trafford North")
    start = timezone.localdate() - dt.timedelta(days=30 * months[-1])
    parts = [
        EnrolmentFactory(
            cohort=cohort, home=HomeFactory(name=f"Home {n:02}"), place=n, starts_on=start
        )
        for n in range(1, 19)
    ]
    first = answered_wave(parts[0], months[0], {"staff": 9, "residents": 9})
    pattern = Score.objects.get(wave=first)
    for part in parts:
        for month in months:
            if (part, month) == (parts[0], months[0]):
                continue
            is_last = month == months[-1]
            ended = ENDED_DAYS_AGO + 30 * (months[-1] - month)
            wave = wave_of(
                part, month, opens_in=-ended - 27, closes_in=20 if is_last else -ended
            )
            Score.objects.create(
                wave=wave,
                instrument=pattern.instrument,
                as_of=pattern.as_of,
                evidence=pattern.evidence,
                result=pattern.result,
                overall=pattern.overall,
                lived=pattern.lived,
                felt=pattern.felt,
            )
    return cohort
