"""What of a score may leave the home: answers of enough people, raw values that tell no more.

Pure: no Django, no clock, no database.
"""

from dataclasses import replace
from typing import Final

from fans.openness.evidence import Evidence
from fans.openness.few_answers import LEAST_ELSEWHERE
from fans.openness.instrument import Formula, Indicator, Instrument

GROUP_ANSWERS: Final = LEAST_ELSEWHERE
"""People of a group who must have answered before their median may leave the home.

Inside the home's own view three are enough.
"""

PUBLIC_COUNTS: Final = ("reachable_assets", "home_assets_listed")
"""Denominators that anybody can count on the public map and on a home's page."""

PER_RESIDENT: Final = (Formula.PER_BED, Formula.PER_TEN_BEDS)


def without_few_answers(evidence: Evidence, instrument: Instrument) -> tuple[Evidence, int]:
    """Leave out what groups of fewer than eight people answered, and count what went.

    An answer given in office stays: a manager's word is the home's. A score made from
    what is left gives nothing back by subtraction, as one with gaps would.
    """
    kept = {
        indicator: {
            group: answers
            for group, answers in groups.items()
            if instrument.groups[group].in_office or len(answers) >= GROUP_ANSWERS
        }
        for indicator, groups in evidence.assessed.items()
    }
    before = sum(len([a for a in g.values() if a]) for g in evidence.assessed.values())
    after = sum(len([a for a in g.values() if a]) for g in kept.values())
    return replace(evidence, assessed=kept), before - after


def raw_may_leave(indicator: Indicator) -> bool:
    """Say whether an indicator's raw value tells no more than the rows of the file.

    A rate for every ten residents, beside the log's own rows, gives the number of
    residents; a share of the places in reach gives how many there are, which the public
    map tells of one home alone.
    """
    if indicator.counted is None:
        return True
    raw = indicator.counted.raw
    return raw.formula not in PER_RESIDENT and raw.of not in PUBLIC_COUNTS
