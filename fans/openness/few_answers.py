"""What a home's own view keeps back because too few people answered. Pure.

Answers of residents, relatives, volunteers and staff are shown only from three
respondents on, and are never to be had by subtraction: not from a sign, not from its
side, not from the headline figures. Answers given in office are one person's and are
shown as such.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from fans.openness.evidence import Evidence
from fans.openness.instrument import TOP_STEP, Instrument
from fans.openness.result import Score
from fans.openness.score import score as score_of

LEAST_RESPONDENTS = 3
"""Before the home's own team is shown a group's answers."""

LEAST_ELSEWHERE = 8
"""Before anybody else is."""


def hidden_groups(
    instrument: Instrument, medians: Mapping[str, float], answers: Mapping[str, Sequence[int]]
) -> set[str]:
    """Return the ids of the groups whose median may not be shown.

    The indicator's value is the mean of all medians: where a single group were hidden it
    could be worked out from the others. So the next smallest is hidden with it.
    """
    size = {group: len(answers[group]) for group in instrument.groups if group in medians}
    open_to_all = [group for group in size if not instrument.groups[group].in_office]
    hidden = {group for group in open_to_all if size[group] < LEAST_RESPONDENTS}
    if len(hidden) == 1:
        others = [group for group in open_to_all if group not in hidden]
        hidden |= set(sorted(others, key=size.__getitem__)[:1])
    return hidden


def kept_back(instrument: Instrument, evidence: Evidence, score: Score) -> set[str]:
    """Return the ids of the signs whose value would tell what a hidden group answered."""
    return {
        id
        for id, sign in score.indicators.items()
        if _gives_away(instrument, sign.medians, evidence.assessed.get(id, {}))
    }


def _gives_away(
    instrument: Instrument, medians: Mapping[str, float], answers: Mapping[str, Sequence[int]]
) -> bool:
    """Say whether the mean of all medians tells a hidden one, the shown ones known.

    It does for a single group; for two people, each of whom knows their own answer; and
    less than a step from either end of the scale, where only one way is left to reach it.
    """
    hidden = hidden_groups(instrument, medians, answers)
    if not hidden:
        return False
    people = sum(len(answers[group]) for group in hidden)
    if len(hidden) == 1 or people < LEAST_RESPONDENTS:
        return True
    return not 1 <= sum(medians[group] for group in hidden) <= TOP_STEP * len(hidden) - 1


def level_to_show(
    instrument: Instrument, evidence: Evidence, score: Score, kept: Collection[str]
) -> str | None:
    """Return the level's id if it were the same whatever the hidden groups had answered."""
    lowest, highest = (
        score_of(instrument, _as_if(instrument, evidence, score, kept, answer)).level
        for answer in (0, TOP_STEP)
    )
    return score.level if lowest == highest else None


def _as_if(
    instrument: Instrument,
    evidence: Evidence,
    score: Score,
    kept: Collection[str],
    answer: int,
) -> Evidence:
    """Return the evidence as if every hidden group had given ``answer``."""
    assessed = {id: dict(groups) for id, groups in evidence.assessed.items()}
    for id in kept:
        hidden = hidden_groups(instrument, score.indicators[id].medians, assessed[id])
        assessed[id] |= dict.fromkeys(hidden, (answer,))
    return replace(evidence, assessed=assessed)
