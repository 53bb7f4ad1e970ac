"""Raw values and bands of the computed indicators, as algorithm 1 has them. Pure."""

import bisect
import math
import sys
from collections.abc import Callable, Mapping, Sequence

from fans.openness.evidence import Evidence
from fans.openness.instrument import Formula, Raw

# Logarithms differ in the last digits between machines and libraries. At twelve places
# an evenness of exactly one half, such as 2, 1 and 1, is in the band it belongs to.
EVENNESS_PLACES = 12


def raw_value(raw: Raw, evidence: Evidence) -> float | None:
    """Return an indicator's raw value, or ``None`` where it is not known."""
    value = FORMULAS[raw.formula](raw, evidence)
    # Absurdly large counts are no reason to fail, and JSON knows no infinity.
    return None if value is None else min(value, sys.float_info.max)


def band(cuts: Sequence[float], raw: float) -> int:
    """Return the band, 0 to 4: the number of cuts at or below ``raw``.

    Zero is always band 0, any positive value at least band 1.
    """
    return max(1, bisect.bisect_right(cuts, raw)) if raw > 0 else 0


def evenness(counts: Sequence[float], kinds: int) -> float:
    """Return Shannon's entropy of the shares over the logarithm of ``kinds``, at most 1."""
    total = math.fsum(counts)
    entropy = math.fsum(n / total * (math.log(total) - math.log(n)) for n in counts if n > 0)
    return min(1.0, round(entropy / math.log(kinds), EVENNESS_PLACES))


def _per_bed(raw: Raw, evidence: Evidence, times: int = 1) -> float | None:
    count, beds = _count(raw.count, evidence), evidence.occupied_beds
    return times * count / beds if count is not None and beds else None


def _per_ten_beds(raw: Raw, evidence: Evidence) -> float | None:
    return _per_bed(raw, evidence, times=10)


def _share(raw: Raw, evidence: Evidence) -> float | None:
    count, of = _count(raw.count, evidence), _count(raw.of, evidence)
    if count is None or not of or of < raw.at_least:
        return None
    if raw.recorded_for is not None:
        recorded_for = _count(raw.recorded_for, evidence)
        if not recorded_for or 2 * of < recorded_for:
            return None
    return count / of


def _number(raw: Raw, evidence: Evidence) -> float | None:
    months = evidence.months_since_start
    if raw.months_at_least and (months is None or months < raw.months_at_least):
        return None
    return _count(raw.count, evidence)


def _evenness(raw: Raw, evidence: Evidence) -> float | None:
    total = evidence.observed.active_partners
    by_category = evidence.observed.active_partners_by_category
    if by_category is None or not total or total < raw.at_least:
        return None
    return evenness(tuple(by_category.values()), raw.kinds)


def _count(name: str | None, evidence: Evidence) -> float | None:
    return None if name is None else evidence.observed.count(name)


FORMULAS: Mapping[Formula, Callable[[Raw, Evidence], float | None]] = {
    Formula.PER_TEN_BEDS: _per_ten_beds,
    Formula.PER_BED: _per_bed,
    Formula.SHARE: _share,
    Formula.NUMBER: _number,
    Formula.EVENNESS: _evenness,
}
