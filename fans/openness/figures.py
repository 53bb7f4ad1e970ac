"""A stored score's figures as somebody may be shown them: what too few answered left out.

Whatever leaves this room goes through here: ``Score.result`` holds everything, and is
for scoring again.
"""

from fans.openness import models
from fans.openness.evidence import parse_evidence
from fans.openness.from_log import instrument_of
from fans.openness.may_show import Figures, figures
from fans.openness.score import score as score_of
from fans.openness.strict_json import Node

__all__ = ["Figures", "figures", "figures_of"]


def figures_of(row: models.Score, *, least: int) -> Figures:
    """Return the figures of a stored score, of a closed wave, for whoever may see them.

    ``least`` is how many people a group needs for this reader:
    ``fans.openness.replies.seeing.least_respondents``. No queries, if the instrument was
    read with the score.
    """
    instrument = instrument_of(row.instrument)
    evidence = parse_evidence(Node(row.evidence), {instrument.version: instrument})
    return figures(
        instrument, evidence, score_of(instrument, evidence), as_of=row.as_of, least=least
    )
