"""Which ties of many homes go quiet: one statement for all of them.

It says in SQL what ``rhythm`` says in Python, so that a list of a hundred homes costs
no more queries than a list of one.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor
from typing import Any, Final

from django.db import connection

from fans.connections.models import OUTSIDE_COMMUNITY, OVER, LogSource, Partnership
from fans.connections.rhythm import LATEST_CONTACTS, QUIET_AFTER_GAPS, USUAL_GAP_DAYS

_QUIET: Final = """
    WITH tie AS (
        SELECT id FROM connections_partnership
         WHERE home_id = ANY(%(homes)s) AND status <> ALL(%(over)s)
    ), contact AS (
        SELECT row.partnership_id AS tie_id,
               coalesce(row.until_on, row.happened_on) AS day,
               row.source = %(recall)s AS recalled,
               bool_or(row.source <> %(recall)s) OVER (PARTITION BY row.partnership_id)
                   AS is_logged
          FROM connections_connection row
          JOIN tie ON tie.id = row.partnership_id
         WHERE row.undone_at IS NULL
    ), latest AS (
        SELECT tie_id, day, row_number() OVER of_tie AS place,
               day - lead(day) OVER of_tie AS gap
          FROM contact
         WHERE NOT (recalled AND is_logged) AND day <= %(on)s
         GROUP BY tie_id, day
        WINDOW of_tie AS (PARTITION BY tie_id ORDER BY day DESC)
    ), rhythm AS (
        SELECT tie_id, max(day) AS last_on,
               coalesce(
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY gap)
                       FILTER (WHERE place < %(latest)s),
                   %(usual)s
               ) AS gap
          FROM latest
         WHERE place <= %(latest)s
         GROUP BY tie_id
    )
    SELECT tie_id, last_on, gap FROM rhythm
     WHERE %(on)s - last_on > %(quiet_after)s * gap
     ORDER BY last_on, tie_id
"""


@dataclass(frozen=True)
class QuietTie:
    """A tie that fell out of its own rhythm."""

    partnership: Partnership  # with its home, its partner and the partner's asset
    last_on: dt.date
    usual_gap_days: float

    @property
    def counts(self) -> bool:
        """Say whether it counts as community: no family, no professional at work."""
        return self.partnership.partner.kind not in OUTSIDE_COMMUNITY

    @property
    def quiet_since(self) -> dt.date:
        """The first day on which more than twice its usual gap had passed."""
        return quiet_since(self.last_on, self.usual_gap_days)


def quiet_since(last_on: dt.date, usual_gap_days: float) -> dt.date:
    """Return the first day that a tie last met on ``last_on`` is going quiet."""
    return last_on + dt.timedelta(days=floor(QUIET_AFTER_GAPS * usual_gap_days) + 1)


def quiet_ties(home_ids: Iterable[int], *, on: dt.date) -> list[QuietTie]:
    """Return the ties of some homes that go quiet on a day, longest silent first.

    Two queries, however many homes. Agrees with ``reports.ties_of``: ties that are over
    are left out, and what is from memory counts only until something is logged.
    """
    said: dict[str, Any] = {
        "homes": sorted(home_ids),
        "over": list(OVER),
        "recall": LogSource.RECALL,
        "on": on,
        "latest": LATEST_CONTACTS,
        "usual": USUAL_GAP_DAYS,
        "quiet_after": QUIET_AFTER_GAPS,
    }
    if not said["homes"]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_QUIET, said)
        found = cursor.fetchall()
    whole = Partnership.objects.select_related("home", "partner__asset")
    ties = whole.in_bulk([pk for pk, _, _ in found])
    return [QuietTie(ties[pk], last_on, float(gap)) for pk, last_on, gap in found if pk in ties]
