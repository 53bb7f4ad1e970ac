"""Operations that change instruments, waves, answers and scores."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from fans.cohorts.models import Enrolment
from fans.openness import result
from fans.openness.errors import InstrumentFrozenError, RefusedError, WaveClosedError
from fans.openness.evidence import evidence_as_json, parse_evidence
from fans.openness.from_log import day_of, evidence_for, instrument_of
from fans.openness.instrument_file import PUBLISHED, published
from fans.openness.models import (
    WAVE_MONTHS,
    Answer,
    Assessment,
    Indicator,
    Instrument,
    Score,
    Wave,
)
from fans.openness.score import score, score_as_json
from fans.openness.strict_json import Node
from fans.people.models import Person

CURRENT_VERSION = "v1"
WAVE_DAYS = 28


@transaction.atomic
def load_instrument(*, version: str = CURRENT_VERSION) -> Instrument:
    """Store and publish an instrument from ``fixtures/instrument``; again changes nothing.

    Raises:
        InstrumentFrozenError: this version is published with another content.
    """
    pure = published()[version]
    body = json.loads((PUBLISHED / f"{version}.json").read_bytes())
    Instrument.objects.get_or_create(
        version=version, defaults={"algorithm": pure.algorithm, "body": body}
    )
    row = Instrument.objects.select_for_update().get(version=version)
    if row.published_at is not None:
        if row.body != body:
            raise InstrumentFrozenError(
                f"Instrument {version} is published and cannot change. Make it a new version."
            )
        return row
    row.algorithm, row.body, row.published_at = pure.algorithm, body, timezone.now()
    row.full_clean()
    row.save()
    for indicator in pure.indicators:
        Indicator.objects.update_or_create(
            instrument=row,
            code=indicator.id,
            defaults={"dimension": indicator.dimension, "is_assessed": indicator.is_asked},
        )
    return row


@transaction.atomic
def plan_waves(*, enrolment: Enrolment, look_back_until: dt.date | None = None) -> list[Wave]:
    """Give an enrolment its waves: 28 days from its start and 3 and 6 months on.

    ``look_back_until`` is the last day that month 0's look-back asks about. Waves that
    are there already stay as they are.
    """
    instrument = load_instrument()
    for month in WAVE_MONTHS:
        opens_on = _months_after(enrolment.starts_on, month)
        wave = Wave(
            enrolment=enrolment,
            month=month,
            instrument=instrument,
            opens_on=opens_on,
            closes_on=opens_on + dt.timedelta(days=WAVE_DAYS - 1),
            look_back_until=look_back_until if month == 0 else None,
        )
        if not enrolment.waves.filter(month=month).exists():
            wave.full_clean()
            wave.save()
    return list(enrolment.waves.order_by("month"))


@transaction.atomic
def submit_assessment(
    *,
    wave: Wave,
    group: str,
    answers: Mapping[str, int],
    by: Person | None,
    how_known: Mapping[str, str] | None = None,
    client_uuid: uuid.UUID | None = None,
) -> Assessment:
    """Store one respondent's answers by indicator, and score the wave anew.

    A question left out is no answer. The same ``client_uuid`` again gives back what it
    stored the first time.

    Raises:
        WaveClosedError: the wave is not open today.
        RefusedError: an indicator that the instrument does not ask.
        ValidationError: an unknown group, or an answer that is not 0 to 4.
    """
    today = timezone.localdate()
    if not wave.is_open_on(today):
        raise WaveClosedError(
            f"Answers are taken from {wave.opens_on:%-d %B %Y} to {wave.closes_on:%-d %B %Y}."
        )
    if client_uuid is not None:
        sent_before = Assessment.objects.filter(client_uuid=client_uuid, wave=wave).first()
        if sent_before is not None:
            return sent_before
    asked = {i.code: i for i in wave.instrument.indicators.filter(is_assessed=True)}
    assessment = Assessment(wave=wave, group=group, entered_by=by, client_uuid=client_uuid)
    assessment.full_clean()
    assessment.save()
    for code, value in answers.items():
        if code not in asked:
            raise RefusedError(code, "is not asked by this instrument.")
        answer = Answer(
            assessment=assessment,
            indicator=asked[code],
            value=value,
            how_known=(how_known or {}).get(code, ""),
        )
        answer.full_clean()
        answer.save()
    score_wave(wave=wave)
    return assessment


@transaction.atomic
def score_wave(*, wave: Wave, as_of: dt.date | None = None) -> Score:
    """Score a wave from its log and answers, and keep the score with its evidence.

    ``as_of`` is the wave's own day unless told. The wave is locked first, so that of two
    changes at once the later one counts both.
    """
    wave = (
        Wave.objects.select_for_update(of=("self",))
        .select_related("enrolment__home", "instrument")
        .get(pk=wave.pk)
    )
    day = as_of or day_of(wave)
    evidence = evidence_for(wave.enrolment.home, wave=wave, as_of=day)
    found = score(instrument_of(wave.instrument), evidence)
    row = Score.objects.filter(wave=wave).first() or Score(wave=wave)
    row.instrument, row.as_of = wave.instrument, day
    row.evidence = evidence_as_json(evidence)
    row.result = {**score_as_json(found), "level": found.level}
    row.overall, row.lived, row.felt = map(_decimal, (found.overall, found.lived, found.felt))
    row.full_clean()
    row.save()
    return row


def refresh_open_scores(*, home_ids: Iterable[int]) -> list[Score]:
    """Score the waves that are open today in these homes, always in the same order."""
    waves = Wave.objects.open_on(timezone.localdate())
    found = waves.filter(enrolment__home__in=list(home_ids)).order_by("pk")
    return [score_wave(wave=wave) for wave in found]


def score_waves_due(*, day: dt.date) -> list[Score]:
    """Score the waves whose window moved on, and those that closed since they were scored."""
    return [score_wave(wave=w) for w in Wave.objects.to_score_on(day).order_by("pk")]


def rebuild(row: Score) -> result.Score:
    """Score a stored evidence again with the instrument it was scored with."""
    instrument = instrument_of(row.instrument)
    evidence = parse_evidence(Node(row.evidence), {instrument.version: instrument})
    return score(instrument, evidence)


def _decimal(figure: float | None) -> Decimal | None:
    return None if figure is None else Decimal(str(figure))


def _months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))
