"""Algorithm 1: bands for what is counted, medians for what is answered, means of means.

Every indicator is worth 0 to 4. A side is the mean of its known indicators, the overall
the mean of the known sides, times 25. What is missing is left out: it is not zero.
"""

import statistics
from collections.abc import Iterator, Mapping
from itertools import combinations

from fans.openness.algorithms.exact_mean import Exact, headline, mean
from fans.openness.algorithms.raw_values import band, raw_value
from fans.openness.evidence import Evidence
from fans.openness.instrument import Indicator, Instrument
from fans.openness.result import Coverage, Score, Sign

PER_STEP = 25  # a mean of 4 is 100


def score(instrument: Instrument, evidence: Evidence) -> Score:
    """Score ``evidence`` by ``instrument``."""
    computed = {i.id: _computed(i, evidence) for i in instrument.indicators}
    assessed = {i.id: _assessed(i, evidence) for i in instrument.indicators}
    values = {id: _either(computed[id], assessed[id]) for id in computed}
    sides = {
        d.id: mean((values[i.id], i.weight) for i in instrument.indicators_of(d.id))
        for d in instrument.dimensions
    }
    coverage = _coverage(instrument, values, sides)
    overall = mean((sides[d.id], d.weight) for d in instrument.dimensions)
    if not coverage.enough:
        overall = None
    return Score(
        overall=headline(overall, PER_STEP),
        level=_level(instrument, overall),
        lived=headline(mean((value, 1) for value in computed.values()), PER_STEP),
        felt=headline(mean((value, 1) for value in assessed.values()), PER_STEP),
        coverage=coverage,
        dimensions={id: side.value if side else None for id, side in sides.items()},
        indicators={
            i.id: _sign(i, evidence, values[i.id], computed[i.id], assessed[i.id])
            for i in instrument.indicators
        },
        missing=tuple(id for id, value in values.items() if value is None),
        flags=tuple(_flags(instrument, evidence)),
    )


def group_medians(indicator: str, evidence: Evidence) -> dict[str, float]:
    """Return the median answer of each group that answered ``indicator``."""
    groups = evidence.assessed.get(indicator, {})
    return {group: statistics.median(answers) for group, answers in groups.items() if answers}


def _computed(indicator: Indicator, evidence: Evidence) -> Exact | None:
    counted = indicator.counted
    raw = raw_value(counted.raw, evidence) if counted else None
    return Exact.of(band(counted.cuts, raw)) if counted and raw is not None else None


def _assessed(indicator: Indicator, evidence: Evidence) -> Exact | None:
    """Return the mean over groups of each group's median: no group outvotes another."""
    if indicator.is_rated_per_partnership:
        values = list(evidence.observed.partnership_depths or ())
    else:
        values = list(group_medians(indicator.id, evidence).values())
    return mean((Exact.of(value), 1) for value in values)


def _either(computed: Exact | None, assessed: Exact | None) -> Exact | None:
    """Return the mean of both halves, or the one that is known as it is."""
    if computed is None or assessed is None:
        return computed or assessed
    return mean([(computed, 1), (assessed, 1)])


def _sign(
    indicator: Indicator,
    evidence: Evidence,
    value: Exact | None,
    computed: Exact | None,
    assessed: Exact | None,
) -> Sign:
    return Sign(
        raw=raw_value(indicator.counted.raw, evidence) if indicator.counted else None,
        value=value.value if value else None,
        computed=None if computed is None else int(computed.value),
        assessed=assessed.value if assessed else None,
        medians=group_medians(indicator.id, evidence),
    )


def _coverage(
    instrument: Instrument,
    values: Mapping[str, Exact | None],
    sides: Mapping[str, Exact | None],
) -> Coverage:
    known = sum(value is not None for value in values.values())
    known_sides = sum(side is not None for side in sides.values())
    return Coverage(
        known=known,
        of=len(values),
        dimensions=known_sides,
        enough=known >= instrument.least_indicators
        and known_sides >= instrument.least_dimensions,
    )


def _level(instrument: Instrument, overall: Exact | None) -> str | None:
    """Return the level of the unrounded overall: 49.96 shows as 50.0 and is under 50."""
    if overall is None:
        return None
    reached = [level for level in instrument.levels if overall.exact * PER_STEP >= level.start]
    return reached[-1].id


def _flags(instrument: Instrument, evidence: Evidence) -> Iterator[str]:
    flags = instrument.flags
    if evidence.provenance.recall:
        yield "from_memory"
    if evidence.provenance.weeks_logged < flags.weeks_for_a_full_log:
        yield "part_logged"
    medians = {i.id: group_medians(i.id, evidence) for i in instrument.asked}
    if len({group for groups in medians.values() for group in groups}) == 1:
        yield "one_voice"
    for id, groups in medians.items():
        pairs = combinations(groups.values(), 2)
        if any(abs(a - b) >= flags.groups_differ_by for a, b in pairs):
            yield f"groups_differ:{id}"
    if instrument.window.is_small(evidence.occupied_beds):
        yield "small_home"
