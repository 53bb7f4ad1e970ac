"""Scores of the homes that take part, worked out again from what may leave."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from fans.connections.models import Connection
from fans.openness import models
from fans.openness.evidence import Evidence, parse_evidence
from fans.openness.from_log import instrument_of
from fans.openness.instrument import Instrument
from fans.openness.log_facts import BLOCK_DAYS, BLOCKS
from fans.openness.result import Score
from fans.openness.score import score
from fans.openness.strict_json import Node
from fans.research.cells import Cell
from fans.research.contents import Contents
from fans.research.private import private_person
from fans.research.release import raw_may_leave, without_few_answers

LOOKED_BACK: Final = dt.timedelta(days=BLOCK_DAYS * BLOCKS)
"""No count of a score reaches further back than the rule of what lasted."""


@dataclass(frozen=True)
class ScoredWave:
    """One home's wave as it may leave."""

    home_id: int
    month: int
    as_of: dt.date
    instrument: Instrument
    evidence: Evidence
    score: Score
    answers_left_out: int
    counts_private_persons: bool

    def raw(self, code: str) -> tuple[float | None, bool]:
        """Return an indicator's raw value where it may leave, and whether it was held back."""
        raw = self.score.indicators[code].raw
        may_leave = not self.counts_private_persons and raw_may_leave(
            self.instrument.indicator(code)
        )
        return (raw, False) if may_leave or raw is None else (None, True)

    @property
    def raws_held_back(self) -> int:
        """How many counted figures stay behind."""
        return sum(self.raw(code)[1] for code in self.score.indicators)


def scored_waves(contents: Contents) -> list[ScoredWave]:
    """Return the waves that have a score, of the enrolments that take part."""
    stored = (
        models.Score.objects.filter(wave__enrolment__in=contents.enrolments())
        .annotate(counts_private_persons=_counted_private_person())
        .select_related("wave__enrolment", "instrument")
        .order_by("wave__enrolment", "wave__month")
    )
    return [_released(each) for each in stored]


def wave_rows(
    waves: Sequence[ScoredWave], homes: Mapping[int, str]
) -> Iterator[tuple[Cell, ...]]:
    """Give the rows of ``waves.csv``; ``homes`` maps ids to pseudonyms."""
    for wave in sorted(waves, key=lambda each: (homes[each.home_id], each.month)):
        before = (homes[wave.home_id], wave.month, f"{wave.as_of:%Y-%m}")
        after = (
            wave.score.coverage.known,
            wave.score.coverage.dimensions,
            wave.answers_left_out,
            "recall" if wave.evidence.provenance.recall else "log",
        )
        for measured in _measures(wave):
            yield (*before, wave.instrument.version, *measured, *after)


def _measures(wave: ScoredWave) -> Iterator[tuple[Cell, ...]]:
    """Give measure, code, raw, held back, value, lived and felt."""
    found = wave.score
    for code, sign in found.indicators.items():
        yield ("indicator", code, *wave.raw(code), sign.value, sign.computed, sign.assessed)
    for code, value in found.dimensions.items():
        yield ("dimension", code, None, False, value, None, None)
    yield ("overall", "overall", None, False, found.overall, found.lived, found.felt)


def _released(stored: models.Score) -> ScoredWave:
    instrument = instrument_of(stored.instrument)
    whole = parse_evidence(Node(stored.evidence), {instrument.version: instrument})
    evidence, left_out = without_few_answers(whole, instrument)
    return ScoredWave(
        home_id=stored.wave.enrolment.home_id,
        month=stored.wave.month,
        as_of=stored.as_of,
        instrument=instrument,
        evidence=evidence,
        score=score(instrument, evidence),
        answers_left_out=left_out,
        counts_private_persons=stored.counts_private_persons,  # type: ignore[attr-defined]
    )


def _counted_private_person() -> Exists:
    """Whether the score counted a tie that the file does not show.

    Its raw values, less the rows of the file, would tell how many such ties there are.
    """
    day = Coalesce("until_on", "happened_on")
    return Exists(
        Connection.objects.standing()
        .annotate(day=day)
        .filter(
            private_person("partnership__"),
            home=OuterRef("wave__enrolment__home"),
            day__lte=OuterRef("as_of"),
            day__gt=OuterRef("as_of") - LOOKED_BACK,
        )
    )
