"""What is kept back because too few people answered. Pure.

Answers of residents, relatives, volunteers and other groups are shown to the home's own
team from three respondents on, to anybody else from eight; and they are never to be had
by subtraction: not from a sign, not from its side, not from the headline figures. Answers
given in office are one person's and are shown as such.

What others are shown is always a part of what the home's own team is shown, so that whoever
sees both views learns no more than from the one.
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
    instrument: Instrument,
    medians: Mapping[str, float],
    answers: Mapping[str, Sequence[int]],
    least: int = LEAST_RESPONDENTS,
) -> set[str]:
    """Return the ids of the groups whose median may not be shown.

    The indicator's value is the mean of all medians: where a single group were hidden it
    could be worked out from the others. So the next smallest is hidden with it.
    """
    size = {group: len(answers[group]) for group in instrument.groups if group in medians}
    open_to_all = [group for group in size if not instrument.groups[group].in_office]
    hidden = {group for group in open_to_all if size[group] < least}
    if len(hidden) == 1:
        others = [group for group in open_to_all if group not in hidden]
        hidden |= set(sorted(others, key=size.__getitem__)[:1])
    return hidden


def kept_back(
    instrument: Instrument,
    evidence: Evidence,
    score: Score,
    least: int = LEAST_RESPONDENTS,
) -> set[str]:
    """Return the ids of the signs whose value would tell what a hidden group answered.

    What the home's own team is not shown, nobody is.
    """
    return {
        id
        for id, sign in score.indicators.items()
        for threshold in {LEAST_RESPONDENTS, least}
        if _gives_away(instrument, sign.medians, evidence.assessed.get(id, {}), threshold)
    }


def _gives_away(
    instrument: Instrument,
    medians: Mapping[str, float],
    answers: Mapping[str, Sequence[int]],
    least: int,
) -> bool:
    """Say whether the mean of all medians tells a hidden one, the shown ones known.

    It does for a single group; for too few people, of whom one who answered alone for
    a group knows one median more; and less than a step from either end of the scale,
    where only one way is left to reach it.
    """
    hidden = hidden_groups(instrument, medians, answers, least)
    if not hidden:
        return False
    sizes = [len(answers[group]) for group in hidden]
    unknown = sum(sizes) - (1 if 1 in sizes else 0)
    if len(hidden) == 1 or unknown < least:
        return True
    return not 1 <= sum(medians[group] for group in hidden) <= TOP_STEP * len(hidden) - 1


def level_to_show(
    instrument: Instrument,
    evidence: Evidence,
    score: Score,
    kept: Collection[str],
    least: int = LEAST_RESPONDENTS,
) -> str | None:
    """Return the level's id if it were the same whatever the hidden groups had answered."""
    if not kept:
        return score.level
    lowest, highest = (
        score_of(instrument, _as_if(instrument, evidence, score, kept, answer, least)).level
        for answer in (0, TOP_STEP)
    )
    return score.level if lowest == highest else None


def _as_if(
    instrument: Instrument,
    evidence: Evidence,
    score: Score,
    kept: Collection[str],
    answer: int,
    least: int,
) -> Evidence:
    """Return the evidence as if every hidden group had given ``answer``."""
    assessed = {id: dict(groups) for id, groups in evidence.assessed.items()}
    for id in kept:
        medians = score.indicators[id].medians
        hidden = hidden_groups(instrument, medians, assessed[id], least)
        hidden |= hidden_groups(instrument, medians, assessed[id])
        assessed[id] |= dict.fromkeys(hidden, (answer,))
    return replace(evidence, assessed=assessed)


def middle_range(
    answers: Sequence[int], least: int = LEAST_RESPONDENTS
) -> tuple[int, int] | None:
    """Return between which answers a group lies, each end standing for ``least`` people.

    From the third lowest to the third highest, that is: the lowest alone would be one
    person's. None where a group is too small to have both ends.
    """
    if len(answers) < 2 * least:
        return None
    ordered = sorted(answers)
    return ordered[least - 1], ordered[-least]
