"""Score how open a home is to its neighbours. Pure: no Django, no clock, no database."""

from dataclasses import asdict

from fans.openness.algorithms import ALGORITHMS
from fans.openness.evidence import Evidence
from fans.openness.instrument import Instrument
from fans.openness.result import Score


def score(instrument: Instrument, evidence: Evidence) -> Score:
    """Score ``evidence`` with the algorithm that ``instrument`` names.

    The same instrument and evidence give the same score to the last digit, always.
    """
    return ALGORITHMS[instrument.algorithm](instrument, evidence)


def score_as_json(score: Score) -> dict[str, object]:
    """Return the score in its published shape, ready to be written as JSON."""
    return {
        "overall": score.overall,
        "lived": score.lived,
        "felt": score.felt,
        "coverage": asdict(score.coverage),
        "dimensions": {id: {"value": value} for id, value in score.dimensions.items()},
        "indicators": {
            id: {"raw": sign.raw, "value": sign.value} for id, sign in score.indicators.items()
        },
        "missing": list(score.missing),
        "flags": list(score.flags),
        **({"not_applicable": list(score.not_applicable)} if score.not_applicable else {}),
    }
