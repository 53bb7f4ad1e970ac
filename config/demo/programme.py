"""The demo's programme: one cohort, its enrolments, tallies, waves and answers."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from config.demo.calendar import Calendar
from config.demo.homes import ENROLLED
from config.demo.words import words
from fans.cohorts import services as cohorts
from fans.cohorts.models import Cohort, Enrolment, Programme
from fans.connections.models import Tally
from fans.openness import services as openness
from fans.openness.models import Answer, Assessment, Wave
from fans.people.models import Person
from fans.research.models import Study
from homes.models import Home

PROGRAMME: Final = "Care Home FaNs"
COHORT: Final = "Trafford North"
OPEN_DAYS: Final = 56
"""The month-6 wave stays open this long after loading, so that the demo can be used."""


def make_cohort() -> Cohort:
    """Make the programme where it is missing, the demo's cohort, and a study of it."""
    programme, _ = Programme.objects.get_or_create(name=PROGRAMME)
    cohort = Cohort.objects.create(programme=programme, name=COHORT, is_demo=True)
    Study.objects.create(name="Ties in Trafford North", cohort=cohort)
    return cohort


def enrol_homes(
    cohort: Cohort, homes: Mapping[str, Home], dates: Calendar, by: Person
) -> dict[str, Enrolment]:
    """Enrol three homes, each with an agreement to research; returned by key."""
    enrolments = {}
    for key in ENROLLED:
        enrolment = cohorts.enrol(home=homes[key], cohort=cohort, starts_on=dates.start, by=by)
        cohorts.agree_to_research(
            enrolment=enrolment, agreed_on=dates.start + dt.timedelta(days=5), by=by
        )
        enrolments[key] = enrolment
    return enrolments


def make_tallies(homes: Mapping[str, Home], dates: Calendar, by: Person) -> None:
    """Enter each month's count, this month's so far included."""
    rows = []
    for key, counts in words("ties")["tallies"].items():
        for number, month in enumerate(dates.months):
            out, reached = (_at(counts[name], number) for name in ("out", "reached"))
            rows.append(
                Tally(
                    home=homes[key],
                    month=month,
                    occupied_beds=counts["beds"],
                    residents_out=out,
                    residents_reached=reached,
                    counted_by=by,
                )
            )
    Tally.objects.bulk_create(rows)


def _at(counts: list[int], number: int) -> int:
    return counts[min(number, len(counts) - 1)]


def plan_waves(enrolments: Mapping[str, Enrolment], dates: Calendar) -> list[Wave]:
    """Give each enrolment its three waves; the last one stays open."""
    remembered = words("ties")["look_back"]
    waves = []
    for key, enrolment in enrolments.items():
        until = dates.start if key in remembered else None
        waves += openness.plan_waves(enrolment=enrolment, look_back_until=until)
    last = [wave for wave in waves if wave.month == 6]
    for wave in last:
        wave.closes_on = dates.today + dt.timedelta(days=OPEN_DAYS)
    Wave.objects.bulk_update(last, ["closes_on"])
    return waves


def answer_waves(
    enrolments: Mapping[str, Enrolment], waves: list[Wave], by: Mapping[str, Person]
) -> None:
    """Enter the answers of each group. The open wave's came in during its first days.

    The service takes answers for today alone, so those of past waves are stored here.
    """
    questions = {
        indicator.code: indicator for indicator in waves[0].instrument.indicators.all()
    }
    answers: list[Answer] = []
    for key, enrolment in enrolments.items():
        for wave in (wave for wave in waves if wave.enrolment_id == enrolment.pk):
            given = words("answers")["homes"][key][str(wave.month)]
            for group, columns in given.items():
                answers += _answers(wave, group, columns, questions, by)
    Answer.objects.bulk_create(answers)


def _answers(
    wave: Wave,
    group: str,
    columns: Mapping[str, list[int | None]],
    questions: Mapping[str, Any],
    by: Mapping[str, Person],
) -> list[Answer]:
    size = max(len(values) for values in columns.values())
    entered_by = by.get(group) or by["coordinator"]
    assessments = Assessment.objects.bulk_create(
        Assessment(wave=wave, group=group, entered_by=entered_by) for _ in range(size)
    )
    given = dt.datetime.combine(wave.opens_on, dt.time(15), timezone.get_current_timezone())
    Assessment.objects.filter(pk__in=[row.pk for row in assessments]).update(
        submitted_at=given + dt.timedelta(days=3)
    )
    return [
        Answer(assessment=assessments[number], indicator=questions[code], value=value)
        for code, values in columns.items()
        for number, value in enumerate(values)
        if value is not None
    ]


def score_waves(waves: list[Wave]) -> None:
    """Score every wave from its log and answers, as the programme does."""
    for wave in waves:
        openness.score_wave(wave=wave)
