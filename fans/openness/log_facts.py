"""Count, in one statement for any number of homes, what their logs say."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from fans.openness.instrument import Window
from fans.openness.ledger import BLOCK_DAYS, BLOCKS, Asked, ask_ledger

__all__ = ["BLOCKS", "BLOCK_DAYS", "Asked", "LogFacts", "log_facts"]


@dataclass(frozen=True)
class LogFacts:
    """What one home's log says on a day, in whole numbers; visits, trips not yet halved."""

    home_id: int
    as_of: dt.date
    starts_on: dt.date | None
    beds: int | None
    is_small: bool
    first_log_on: dt.date | None
    months_since_start: int | None
    weeks_logged: int
    is_recalled: bool
    residents_out: int | None
    residents_reached: int | None
    visits_in: int
    trips_out: int
    occurrences: int
    occurrences_with_origin: int
    occurrences_from_residents: int
    active_partners_by_category: dict[str, int]
    familiar_partners: int
    two_way_partners: int
    sustained_partners: int
    partnership_depths: list[int]
    reachable_assets: int
    reachable_assets_with_tie: int
    home_assets_listed: int
    home_assets_used: int


def log_facts(asked: Sequence[Asked], window: Window) -> list[LogFacts]:
    """Return the facts of all that is asked for, in that order.

    One statement for any number of homes, and of days of the same home.
    """
    rows = ask_ledger(FACTS + EVERY_FACT, asked, window)
    for row in rows:  # Django leaves JSON of its own statements as text
        row["active_partners_by_category"] = json.loads(row["active_partners_by_category"])
        del row["nr"]
    return [LogFacts(**row) for row in rows]


FACTS = """,
met AS (
  SELECT nr,
         sum(visits)::int AS visits_in,
         sum(trips)::int AS trips_out,
         sum(occurrences)::int AS occurrences,
         sum(with_origin)::int AS occurrences_with_origin,
         sum(from_residents)::int AS occurrences_from_residents,
         count(*) FILTER (WHERE visits >= 2) AS familiar_partners,
         count(*) FILTER (WHERE is_two_way) AS two_way_partners,
         count(*) FILTER (WHERE is_sustained) AS sustained_partners,
         array_agg(depth ORDER BY depth DESC) FILTER (WHERE is_active AND depth IS NOT NULL)
           AS partnership_depths
    FROM partners GROUP BY nr
),
varied AS (
  SELECT nr, jsonb_object_agg(category, n) AS active_partners_by_category,
         sum(n)::int AS active_partners,
         -- Exact once cast, so that the order of the kinds does not matter.
         sum((n * ln(n::float8))::numeric)::float8 AS weighted_logs
    FROM (SELECT nr, category, count(*) AS n
            FROM partners WHERE is_active GROUP BY nr, category) kinds
   GROUP BY nr
),
near AS (  -- those of places that were within reach at the start
  SELECT f.nr, count(*) AS at_the_start
    FROM framed f JOIN connections_reach r USING (home_id)
   WHERE f.starts_on IS NULL OR r.since <= f.starts_on
   GROUP BY f.nr
),
tied_near AS (  -- those of places that are tied
  SELECT f.nr, count(*) AS with_tie, count(*) FILTER (WHERE r.since > f.starts_on) AS later
    FROM tied
    JOIN framed f USING (nr)
         CROSS JOIN LATERAL (  -- a few by their key, not all that is near
           SELECT r.since FROM connections_reach r
            WHERE r.home_id = f.home_id AND r.asset_id = tied.asset_id LIMIT 1) r
   GROUP BY f.nr
),
used AS (
  SELECT nr, count(*) FILTER (WHERE is_used) AS used,
         CASE WHEN starts_on IS NULL
              THEN least(count(*) FILTER (WHERE is_listed), %(most_listed)s)
              WHEN count(*) FILTER (WHERE is_listed OR is_used) > 0
              THEN greatest(%(least_listed)s,
                            least(count(*) FILTER (WHERE is_listed), %(most_listed)s))
              ELSE 0
         END AS listed
    FROM offers GROUP BY nr, starts_on
),
facts AS (
  SELECT d.nr, d.home_id, d.as_of, d.starts_on, d.beds, d.is_small,
         d.first_log_on, d.months_since_start,
         least(4, greatest(0, (d.as_of + 1 - d.first_log_on) / 7)) AS weeks_logged,
         d.is_recalled, d.residents_out, d.residents_reached,
         coalesce(visits_in, 0) AS visits_in,
         coalesce(trips_out, 0) AS trips_out,
         coalesce(occurrences, 0) AS occurrences,
         coalesce(occurrences_with_origin, 0) AS occurrences_with_origin,
         coalesce(occurrences_from_residents, 0) AS occurrences_from_residents,
         coalesce(active_partners_by_category, '{}') AS active_partners_by_category,
         coalesce(familiar_partners, 0) AS familiar_partners,
         coalesce(two_way_partners, 0) AS two_way_partners,
         coalesce(sustained_partners, 0) AS sustained_partners,
         coalesce(partnership_depths, '{}') AS partnership_depths,
         coalesce(near.at_the_start, 0) + coalesce(tied_near.later, 0) AS reachable_assets,
         coalesce(tied_near.with_tie, 0) AS reachable_assets_with_tie,
         coalesce(used.listed, 0) AS home_assets_listed,
         coalesce(least(used.used, used.listed), 0) AS home_assets_used
    FROM dated d
    LEFT JOIN used USING (nr)
    LEFT JOIN met USING (nr)
    LEFT JOIN varied USING (nr)
    LEFT JOIN near USING (nr)
    LEFT JOIN tied_near USING (nr)
)
"""

EVERY_FACT = " SELECT * FROM facts ORDER BY nr"
