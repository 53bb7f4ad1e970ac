"""What a closed wave's score says outside its home, as the board shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from fans.openness import figures
from fans.openness.evidence import parse_evidence
from fans.openness.few_answers import LEAST_ELSEWHERE
from fans.openness.instrument import Instrument
from fans.openness.models import Score
from fans.openness.score import score
from fans.openness.strict_json import Node


@dataclass(frozen=True)
class Figures:
    """One wave's figures; None is not known, or kept back because few people answered."""

    level: str | None  # its name
    level_number: int  # from 1; 0 without one
    lived: float | None
    felt: float | None
    sides: Mapping[str, float | None]
    from_memory: bool
    part_logged: bool
    keeps_back: bool


def figures_outside(row: Score, instrument: Instrument) -> Figures:
    """Return what may be shown outside the home, where a group needs eight people."""
    evidence = parse_evidence(Node(row.evidence), {instrument.version: instrument})
    found = figures.figures(
        instrument,
        evidence,
        score(instrument, evidence),
        as_of=row.as_of,
        least=LEAST_ELSEWHERE,
    )
    levels = [level.id for level in instrument.levels]
    names = {level.id: level.name for level in instrument.levels}
    return Figures(
        level=names.get(found.level or ""),
        level_number=levels.index(found.level) + 1 if found.level in levels else 0,
        lived=found.lived,
        felt=found.felt,
        sides=found.dimensions,
        from_memory="from_memory" in found.flags,
        part_logged="part_logged" in found.flags,
        keeps_back=found.keeps_back,
    )
