"""Operations that change instruments, waves, answers and scores."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from fans.cohorts.models import Enrolment
from fans.openness import result
from fans.openness.errors import RefusedError, WaveClosedError
from fans.openness.evidence import evidence_as_json, parse_evidence
from fans.openness.from_log import day_of, evidence_for, instrument_of
from fans.openness.instruments.services import current_version
from fans.openness.models import (
    PROGRAMME_MONTHS,
    Answer,
    Assessment,
    Language,
    Score,
    Wave,
    WaveQuerySet,
    WaveState,
    Way,
)
from fans.openness.score import score, score_as_json
from fans.openness.strict_json import Node
from fans.people.models import Person

WAVE_DAYS = 28
LATE_DAYS = 28
"""How long after a wave's close an answer still joins its addendum."""


@transaction.atomic
def plan_waves(
    *,
    enrolment: Enrolment,
    look_back_until: dt.date | None = None,
    months: Iterable[int] = PROGRAMME_MONTHS,
) -> list[Wave]:
    """Give an enrolment its waves: 28 days from its start and some months on.

    ``look_back_until`` is the last day that month 0's look-back asks about. Waves that
    are there already stay as they are; all that are there then are given back.
    """
    instrument = current_version()
    for month in months:
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
    language: str = Language.ENGLISH,
    way: str = Way.OFFICE,
    talked_on: dt.date | None = None,
    device: str = "",
) -> Assessment:
    """Store one respondent's answers by indicator, and score the wave anew.

    A question left out is no answer. The same ``client_uuid`` again gives back what it
    stored the first time. The wave is locked first: of an answer and a close at once,
    the answer is in the last score, or it is late and says so. Late ones are taken for
    28 days and never scored. ``device`` is a SHA-256 in hex, never what it was made of.

    Raises:
        WaveClosedError: the wave is not open yet, or was closed too long ago.
        RefusedError: an indicator that the instrument does not ask.
        ValidationError: an unknown group, or an answer that is not 0 to 4.
    """
    wave = _held(wave)
    if client_uuid is not None:
        sent_before = Assessment.objects.filter(client_uuid=client_uuid, wave=wave).first()
        if sent_before is not None:
            return sent_before
    assessment = Assessment(
        wave=wave,
        group=group,
        entered_by=by,
        client_uuid=client_uuid,
        is_late=_is_late(wave),
        language=language,
        way=way,
        talked_on=talked_on,
        device=device,
    )
    assessment.full_clean()
    assessment.save()
    _store_answers(assessment, answers, how_known or {})
    if not assessment.is_late:
        score_wave(wave=wave)
    return assessment


def last_day_for_answers(wave: Wave) -> dt.date:
    """Return the last day on which an answer is taken, late ones among them."""
    return wave.closes_on + dt.timedelta(days=LATE_DAYS)


def _is_late(wave: Wave) -> bool:
    """Say whether an answer that comes now is late.

    Raises:
        WaveClosedError: the wave is not open yet, or was closed too long ago.
    """
    today = timezone.localdate()
    state = wave.state_on(today)
    if state == WaveState.PLANNED or today > last_day_for_answers(wave):
        raise WaveClosedError(
            f"Answers are taken from {wave.opens_on:%-d %B %Y} to {wave.closes_on:%-d %B %Y}."
        )
    return state == WaveState.CLOSED


def _store_answers(
    assessment: Assessment, answers: Mapping[str, int], how_known: Mapping[str, str]
) -> None:
    indicators = assessment.wave.instrument.indicators.filter(is_assessed=True)
    asked = {i.code: i for i in indicators}
    for code, value in answers.items():
        if code not in asked:
            raise RefusedError(code, "is not asked by this instrument.")
        answer = Answer(
            assessment=assessment,
            indicator=asked[code],
            value=value,
            how_known=how_known.get(code, ""),
        )
        answer.full_clean()
        answer.save()


@transaction.atomic
def score_wave(*, wave: Wave, as_of: dt.date | None = None) -> Score:
    """Score a wave from its log and answers, and keep the score with its evidence.

    ``as_of`` is the wave's own day unless told. The wave is locked first, so that of two
    changes at once the later one counts both. A closed wave keeps the score it has.
    """
    return _score(_held(wave), as_of=as_of)


def _score(wave: Wave, *, as_of: dt.date | None = None) -> Score:
    """Score a wave that is held."""
    # Read after the wave is held: a score that somebody else just made is seen.
    row = Score.objects.filter(wave=wave).first() or Score(wave=wave)
    if wave.closed_at is not None:
        return row
    day = as_of or day_of(wave)
    evidence = evidence_for(wave.enrolment.home, wave=wave, as_of=day)
    found = score(instrument_of(wave.instrument), evidence)
    row.instrument, row.as_of = wave.instrument, day
    row.evidence = evidence_as_json(evidence)
    row.result = {**score_as_json(found), "level": found.level}
    row.overall, row.lived, row.felt = map(_decimal, (found.overall, found.lived, found.felt))
    # Asks the database nothing: its own constraints hold all the same.
    row.clean_fields(exclude=["wave", "instrument"])
    row.save()
    return row


def _held(wave: Wave) -> Wave:
    """Return the wave as it stands, held until the transaction ends."""
    return _locked(Wave.objects.filter(pk=wave.pk)).get()


def _locked(waves: WaveQuerySet) -> WaveQuerySet:
    """Hold waves until the transaction ends; read with what scoring needs."""
    held = waves.select_for_update(of=("self",), no_key=True)
    return held.select_related("enrolment__home", "instrument")


@transaction.atomic(savepoint=False)
def refresh_open_scores(*, home_ids: Iterable[int]) -> list[Score]:
    """Score the waves that are open today in these homes, always in the same order."""
    waves = Wave.objects.open_on(timezone.localdate())
    found = waves.filter(enrolment__home__in=list(home_ids)).order_by("pk")
    return [_score(wave) for wave in _locked(found)]


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
