"""What was counted for an indicator, in words. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from fans.openness.evidence import Evidence
from fans.openness.instrument import Formula, Indicator, Instrument
from fans.openness.next_step import HALVED_IN_SMALL_HOMES, NextStep

SHARES = (Formula.SHARE, Formula.PER_BED)


def counted_words(
    instrument: Instrument, indicator: Indicator, evidence: Evidence, raw: float | None
) -> str:
    """Say what was counted, with the count it is a part of; empty where nothing is known."""
    if indicator.counted is None or raw is None:
        return ""
    rule, unit = indicator.counted.raw, indicator.counted.unit
    count = evidence.observed.count(rule.count) if rule.count else None
    match rule.formula:
        case Formula.PER_TEN_BEDS:
            days = instrument.window.days_for(evidence.occupied_beds)
            over = f"in {days} days"
            if days != instrument.window.days and rule.count in HALVED_IN_SMALL_HOMES:
                over = f"in {instrument.window.days} days, half of what {days} days brought"
            return f"{count:g} {over}: {places(raw, 1)} {unit}"
        case Formula.PER_BED:
            return f"{count:g} of {evidence.occupied_beds:g} people living here, {percent(raw)}"
        case Formula.SHARE:
            of = evidence.observed.count(rule.of) if rule.of else None
            return f"{count:g} of {of:g}, {percent(raw)}"
        case Formula.EVENNESS:
            return f"{places(raw, 2)} on a scale from 0 to 1"
        case Formula.NUMBER:
            return f"{raw:g} {unit}"


def cut_words(indicator: Indicator, step: NextStep) -> str:
    """Say where the next step of a counted indicator begins, and how many more that is."""
    if step.cut is None or indicator.counted is None:
        return ""
    cut = percent(step.cut) if indicator.counted.raw.formula in SHARES else f"{step.cut:g}"
    if step.cut == 0:
        cut = "anything above 0"
    return f"{cut}: {step.more} more" if step.more else cut


def percent(share: float) -> str:
    """Say a share as a whole percentage, half up."""
    return f"{places(share * 100, 0)}%"


def places(value: float, number: int) -> str:
    """Say a value with so many decimal places, half up."""
    exact = Decimal(str(round(value, 9)))
    return str(exact.quantize(Decimal(1).scaleb(-number), ROUND_HALF_UP))
