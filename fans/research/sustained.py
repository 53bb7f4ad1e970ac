"""Which ties lasted, by the rule of indicator E1, tie by tie."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from fans.openness.log_facts import BLOCK_DAYS, BLOCKS

MONTHS_AT_LEAST = 2
"""Sooner after its start, nothing a home does has had time to last."""


@dataclass(frozen=True)
class LatestWave:
    """Up to which day a home was last scored, and how long after its start that was."""

    home_id: int
    as_of: dt.date
    months_since_start: int


def sustained_ties(cursor: CursorWrapper, latest: Sequence[LatestWave]) -> Mapping[int, bool]:
    """Return, by id, whether a tie lasted; ties without a logged row are not named."""
    cursor.execute(
        STATEMENT,
        {
            "homes": [wave.home_id for wave in latest],
            "as_of": [wave.as_of for wave in latest],
            "months": [wave.months_since_start for wave in latest],
            "block": BLOCK_DAYS,
            "blocks": BLOCKS,
        },
    )
    return dict(cursor.fetchall())


STATEMENT = """
SELECT partnership_id,
       CASE WHEN months < 4
            THEN bool_or(block = 0) AND bool_or(block = 1) AND bool_or(block > 1)
            ELSE count(DISTINCT block) FILTER (WHERE block < %(blocks)s) >= 3 END
  FROM (SELECT c.partnership_id, h.months,
               (h.as_of - coalesce(c.until_on, c.happened_on)) / %(block)s AS block
          FROM unnest(%(homes)s::bigint[], %(as_of)s::date[], %(months)s::int[])
               AS h (home_id, as_of, months)
          JOIN connections_connection c USING (home_id)
         WHERE c.undone_at IS NULL AND c.source <> 'recall'
           AND coalesce(c.until_on, c.happened_on) <= h.as_of) counted
 GROUP BY partnership_id, months
"""
