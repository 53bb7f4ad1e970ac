"""Count, in one statement for any number of homes, what their logs say.

The rules, word by word, are the project's evidence rules for instrument v1; the names
of the parts of the statement are theirs.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from fans.connections.models import HOME_ASSET_PREFIX, OUTSIDE_COMMUNITY
from fans.openness.instrument import Window

TALLY_DAYS = 28
"""The tally is that of the month with most days among these, whatever the window."""

BLOCK_DAYS = 28
BLOCKS = 4
LEAST_LISTED = 4
MOST_LISTED = 8


@dataclass(frozen=True)
class Asked:
    """One home on one day; ``starts_on`` is its enrolment's first day, if it has one."""

    home_id: int
    as_of: dt.date
    starts_on: dt.date | None = None
    with_recall: bool = False


@dataclass(frozen=True)
class LogFacts:
    """What one home's log says, in whole numbers; visits and trips are not yet halved."""

    home_id: int
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
    """Return the facts of every home asked for, in any order.

    One statement, however many homes are asked for.
    """
    least_beds, most_beds = window.small_home_beds
    with connection.cursor() as cursor:
        cursor.execute(
            STATEMENT,
            {
                "home_ids": [each.home_id for each in asked],
                "as_of": [each.as_of for each in asked],
                "starts_on": [each.starts_on for each in asked],
                "with_recall": [each.with_recall for each in asked],
                "today": timezone.localdate(),
                "days": window.days,
                "small_home_days": window.small_home_days,
                "least_beds": least_beds,
                "most_beds": most_beds,
                "tally_back": TALLY_DAYS // 2 - 1,
                "block": BLOCK_DAYS,
                "blocks": BLOCKS,
                "outside": list(OUTSIDE_COMMUNITY),
                "prefix": HOME_ASSET_PREFIX,
                "least_listed": LEAST_LISTED,
                "most_listed": MOST_LISTED,
            },
        )
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:  # Django leaves JSON of its own statements as text
        row["active_partners_by_category"] = json.loads(row["active_partners_by_category"])
    return [LogFacts(**row) for row in rows]


STATEMENT = """
WITH asked AS (
  SELECT *,
         -- Of 28 days ending on day d of a month, d lie in it: 14 or more, and it is the
         -- month with most days (the later one on a tie).
         date_trunc('month', as_of - %(tally_back)s::int)::date AS tally_month
    FROM unnest(%(home_ids)s::bigint[], %(as_of)s::date[],
                %(starts_on)s::date[], %(with_recall)s::boolean[])
         AS given (home_id, as_of, starts_on, with_recall)
),
standing AS (  -- rows nobody took back, on the day on which each counts
  SELECT c.*, coalesce(c.until_on, c.happened_on) AS day, c.source <> 'recall' AS is_logged
    FROM asked JOIN connections_connection c USING (home_id)
   WHERE c.undone_at IS NULL AND coalesce(c.until_on, c.happened_on) <= asked.as_of
),
begun AS (
  SELECT home_id, min(day) AS first_log_on FROM standing WHERE is_logged GROUP BY home_id
),
housed AS (  -- the tally, and the occupied beds
  SELECT asked.*, begun.first_log_on, tally.residents_out, tally.residents_reached,
         coalesce(asked.starts_on, begun.first_log_on) AS start,
         coalesce(tally.occupied_beds, earlier.occupied_beds, register.beds)::int AS beds
    FROM asked
    LEFT JOIN begun USING (home_id)
    LEFT JOIN connections_tally tally
           ON tally.home_id = asked.home_id AND tally.month = asked.tally_month
    LEFT JOIN LATERAL (
      SELECT t.occupied_beds FROM connections_tally t
       WHERE t.home_id = asked.home_id AND t.month < asked.tally_month
         AND t.occupied_beds IS NOT NULL
       ORDER BY t.month DESC LIMIT 1) earlier ON true
    LEFT JOIN LATERAL (
      SELECT sum(r.beds) AS beds FROM homes_registration r
       WHERE r.home_id = asked.home_id AND r.until IS NULL) register ON true
),
sized AS (
  SELECT *, coalesce(beds BETWEEN %(least_beds)s AND %(most_beds)s, false) AS is_small,
         CASE WHEN start IS NOT NULL THEN  -- whole calendar months
           greatest(0, (date_part('year', as_of) - date_part('year', start)) * 12
                     + date_part('month', as_of) - date_part('month', start)
                     - (date_part('day', as_of) < date_part('day', start))::int)::int
         END AS months_since_start
    FROM housed
),
framed AS (
  SELECT *, as_of + 1 - CASE WHEN is_small THEN %(small_home_days)s ELSE %(days)s END
         AS window_from
    FROM sized
),
lately AS (
  SELECT DISTINCT s.partnership_id
    FROM standing s JOIN framed f USING (home_id)
   WHERE s.is_logged AND s.day >= f.window_from
),
counted AS (  -- log and import; recall only for a partner with neither in the window
  SELECT s.*, f.as_of, f.months_since_start, s.day >= f.window_from AS in_window
    FROM standing s
    JOIN framed f USING (home_id)
    LEFT JOIN lately USING (partnership_id)
   WHERE s.is_logged OR (f.with_recall AND lately.partnership_id IS NULL)
),
recalled AS (
  SELECT DISTINCT home_id FROM counted WHERE NOT is_logged
),
community AS (
  SELECT c.*, (c.as_of - c.day) / %(block)s AS block, tie.depth, partner.asset_id,
         c.direction = 'in' AND NOT c.paid AS is_visit,
         coalesce(asset.category, partner.own_category) AS category
    FROM counted c
    JOIN connections_partnership tie ON tie.id = c.partnership_id
    JOIN connections_partner partner ON partner.id = tie.partner_id
    LEFT JOIN assets_asset asset ON asset.id = partner.asset_id
   WHERE partner.kind <> ALL (%(outside)s)
),
partners AS (
  SELECT home_id, partnership_id, depth, asset_id, category,
         bool_or(in_window) AS is_active,
         coalesce(sum(occurrences) FILTER (WHERE in_window AND is_visit), 0) >= 2
           AS is_familiar,
         bool_or(in_window) AND bool_or(home_gives <> '{}') AND bool_or(partner_gives <> '{}')
           AS is_two_way,
         CASE WHEN months_since_start < 4
              THEN bool_or(block = 0) AND bool_or(block = 1) AND bool_or(block > 1)
              ELSE count(DISTINCT block) FILTER (WHERE block < %(blocks)s) >= 3
         END AS is_sustained
    FROM community
   GROUP BY home_id, partnership_id, depth, asset_id, category, months_since_start
),
happened AS (
  SELECT home_id,
         sum(occurrences) FILTER (WHERE is_visit) AS visits_in,
         sum(occurrences) FILTER (WHERE direction = 'out') AS trips_out,
         sum(occurrences) AS occurrences,
         sum(occurrences) FILTER (WHERE origin <> '') AS occurrences_with_origin,
         sum(occurrences) FILTER (WHERE origin = 'resident') AS occurrences_from_residents
    FROM community WHERE in_window GROUP BY home_id
),
tied AS (
  SELECT home_id,
         count(*) FILTER (WHERE is_familiar) AS familiar_partners,
         count(*) FILTER (WHERE is_two_way) AS two_way_partners,
         count(*) FILTER (WHERE is_sustained) AS sustained_partners,
         array_agg(depth ORDER BY depth DESC) FILTER (WHERE is_active AND depth IS NOT NULL)
           AS partnership_depths
    FROM partners GROUP BY home_id
),
varied AS (
  SELECT home_id, jsonb_object_agg(category, n) AS active_partners_by_category
    FROM (SELECT home_id, category, count(*) AS n
            FROM partners WHERE is_active GROUP BY home_id, category) kinds
   GROUP BY home_id
),
reached AS (  -- what stood at the start, and what came later and is tied
  SELECT r.home_id, count(*) AS reachable_assets,
         count(*) FILTER (WHERE t.asset_id IS NOT NULL) AS reachable_assets_with_tie
    FROM framed f
    JOIN connections_reach r USING (home_id)
    LEFT JOIN (SELECT DISTINCT home_id, asset_id FROM partners WHERE is_active) t
           ON t.home_id = r.home_id AND t.asset_id = r.asset_id
   WHERE f.starts_on IS NULL OR r.since <= f.starts_on OR t.asset_id IS NOT NULL
   GROUP BY r.home_id
),
used AS (
  SELECT c.home_id, count(DISTINCT offer.id) AS n
    FROM community c
    JOIN framed f USING (home_id)
    JOIN homes_homeasset offer
      ON offer.home_id = c.home_id AND %(prefix)s || offer.id = ANY (c.home_gives)
   WHERE c.in_window
     AND (f.starts_on IS NOT NULL
          OR offer.withdrawn_on IS NULL OR offer.withdrawn_on > %(today)s)
   GROUP BY c.home_id
),
listed AS (
  SELECT f.home_id, count(*) AS n
    FROM framed f
    JOIN homes_homeasset offer USING (home_id)
   WHERE offer.listed_on <= coalesce(f.starts_on, %(today)s)
     AND (offer.withdrawn_on IS NULL
          OR offer.withdrawn_on > coalesce(f.starts_on, %(today)s))
   GROUP BY f.home_id
),
offered AS (
  SELECT f.home_id, coalesce(used.n, 0) AS used,
         CASE WHEN f.starts_on IS NULL THEN least(coalesce(listed.n, 0), %(most_listed)s)
              WHEN listed.n IS NULL AND used.n IS NULL THEN 0
              ELSE greatest(%(least_listed)s, least(coalesce(listed.n, 0), %(most_listed)s))
         END AS listed
    FROM framed f LEFT JOIN used USING (home_id) LEFT JOIN listed USING (home_id)
)
SELECT f.home_id, f.beds, f.is_small, f.first_log_on, f.months_since_start,
       least(4, greatest(0, (f.as_of + 1 - f.first_log_on) / 7)) AS weeks_logged,
       recalled.home_id IS NOT NULL AS is_recalled,
       f.residents_out, f.residents_reached,
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
       coalesce(reachable_assets, 0) AS reachable_assets,
       coalesce(reachable_assets_with_tie, 0) AS reachable_assets_with_tie,
       offered.listed AS home_assets_listed,
       least(offered.used, offered.listed) AS home_assets_used
  FROM framed f
  JOIN offered USING (home_id)
  LEFT JOIN recalled USING (home_id)
  LEFT JOIN happened USING (home_id)
  LEFT JOIN tied USING (home_id)
  LEFT JOIN varied USING (home_id)
  LEFT JOIN reached USING (home_id)
"""
