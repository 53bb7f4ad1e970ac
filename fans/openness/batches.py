"""How much of the answers shows while a wave is open. Pure.

Whoever looks at a page before and after one more sheet could read off what was on that
sheet. So answers come in together, three or more at a time: of each question and group
the first three show when six are there, six when nine are there, and so on. What is held
back is never fewer than three, and comes in at once when the wave closes.
"""

from fans.openness.evidence import Answers
from fans.openness.few_answers import LEAST_RESPONDENTS
from fans.openness.instrument import Instrument


def so_far(instrument: Instrument, answers: Answers) -> Answers:
    """Return the answers that may show while more come in, in the order they came in.

    Answers given in office are one person's own and show at once.
    """
    return {
        indicator: {
            group: given if instrument.groups[group].in_office else given[: batch(len(given))]
            for group, given in groups.items()
        }
        for indicator, groups in answers.items()
    }


def batch(count: int) -> int:
    """Return how many of so many answers show: whole threes, and three at least held back."""
    return max(0, count // LEAST_RESPONDENTS - 1) * LEAST_RESPONDENTS
