"""Algorithm 2: algorithm 1 for what applies in a home; the rest is neither known nor missing.

An indicator that a rule of the instrument rules out is not there: not in its side's mean,
not in what is missing, not in the coverage's ``of``, and answers to it say nothing. A side
of which nothing applies is not there either. The coverage asks for the same shares as in
a home where everything applies, rounded up: 12 of 20 become 11 of 18.
"""

from dataclasses import replace

from fans.openness.algorithms import algorithm_1
from fans.openness.evidence import Evidence
from fans.openness.instrument import Instrument
from fans.openness.result import Score, Sign


def score(instrument: Instrument, evidence: Evidence) -> Score:
    """Score ``evidence`` by what of ``instrument`` applies in this home."""
    ruled_out = instrument.rules_out(evidence.home_kind, evidence.occupied_beds)
    found = algorithm_1.score(_without(instrument, ruled_out), evidence)
    return replace(
        found,
        dimensions={d.id: found.dimensions.get(d.id) for d in instrument.dimensions},
        indicators={i.id: found.indicators.get(i.id, Sign()) for i in instrument.indicators},
        not_applicable=tuple(ruled_out),
    )


def _without(instrument: Instrument, ruled_out: dict[str, str]) -> Instrument:
    """Return the instrument as if it had never had these indicators."""
    indicators = tuple(i for i in instrument.indicators if i.id not in ruled_out)
    sides = {i.dimension for i in indicators}
    dimensions = tuple(d for d in instrument.dimensions if d.id in sides)
    return replace(
        instrument,
        indicators=indicators,
        dimensions=dimensions,
        least_indicators=_share(
            instrument.least_indicators, len(indicators), len(instrument.indicators)
        ),
        least_dimensions=_share(
            instrument.least_dimensions, len(dimensions), len(instrument.dimensions)
        ),
    )


def _share(least: int, there: int, all_of_them: int) -> int:
    """Return the same share of fewer, rounded up, and one at least."""
    return max(1, -(-least * there // all_of_them))
