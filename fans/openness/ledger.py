"""The log's ledger: which rows, ties, places and offers count, for any number of homes.

The rules, word by word, are the project's evidence rules for instrument v1; the names
of the parts of the statement are theirs. What is counted and the rows behind a count
are two questions to the same ledger, so they cannot disagree.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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


def ask_ledger(question: str, asked: Sequence[Asked], window: Window) -> list[dict[str, Any]]:
    """Put a SELECT to the ledger of what is asked for, in one statement.

    The same home may be asked about on any number of days: every part of the ledger is
    kept apart by ``nr``, the place of what is asked in the sequence, from 1.
    """
    least_beds, most_beds = window.small_home_beds
    with connection.cursor() as cursor:
        cursor.execute(
            LEDGER + question,
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
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


LEDGER = """
WITH asked AS (
  SELECT *,
         -- Of 28 days ending on day d of a month, d lie in it: 14 or more, and it is the
         -- month with most days (the later one on a tie).
         date_trunc('month', as_of - %(tally_back)s::int)::date AS tally_month
    FROM unnest(%(home_ids)s::bigint[], %(as_of)s::date[],
                %(starts_on)s::date[], %(with_recall)s::boolean[]) WITH ORDINALITY
         AS given (home_id, as_of, starts_on, with_recall, nr)
),
standing AS (  -- rows nobody took back, on the day on which each counts
  SELECT asked.nr, c.*, coalesce(c.until_on, c.happened_on) AS day,
         c.source <> 'recall' AS is_logged
    FROM asked JOIN connections_connection c USING (home_id)
   WHERE c.undone_at IS NULL AND coalesce(c.until_on, c.happened_on) <= asked.as_of
),
begun AS (
  SELECT nr, min(day) AS first_log_on FROM standing WHERE is_logged GROUP BY nr
),
housed AS (  -- the tally, and the occupied beds
  SELECT asked.*, begun.first_log_on, tally.residents_out, tally.residents_reached,
         coalesce(asked.starts_on, begun.first_log_on) AS start,
         coalesce(tally.occupied_beds, earlier.occupied_beds, register.beds)::int AS beds
    FROM asked
    LEFT JOIN begun USING (nr)
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
  SELECT DISTINCT nr, s.partnership_id
    FROM standing s JOIN framed f USING (nr)
   WHERE s.is_logged AND s.day >= f.window_from
),
counted AS (  -- log and import; recall only for a partner with neither in the window
  SELECT s.*, f.as_of, f.months_since_start, s.day >= f.window_from AS in_window
    FROM standing s
    JOIN framed f USING (nr)
    LEFT JOIN lately USING (nr, partnership_id)
   WHERE s.is_logged OR (f.with_recall AND lately.partnership_id IS NULL)
),
recalled AS (
  SELECT DISTINCT nr FROM counted WHERE NOT is_logged
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
  SELECT nr, partnership_id, depth, asset_id, category,
         bool_or(in_window) AS is_active,
         coalesce(sum(occurrences) FILTER (WHERE in_window AND is_visit), 0) AS visits,
         bool_or(in_window) AND bool_or(home_gives <> '{}') AND bool_or(partner_gives <> '{}')
           AS is_two_way,
         CASE WHEN months_since_start < 4
              THEN bool_or(block = 0) AND bool_or(block = 1) AND bool_or(block > 1)
              ELSE count(DISTINCT block) FILTER (WHERE block < %(blocks)s) >= 3
         END AS is_sustained
    FROM community
   GROUP BY nr, partnership_id, depth, asset_id, category, months_since_start
),
places AS (  -- within reach at the start, and what came later and is tied
  SELECT f.nr, r.asset_id, r.metres, t.asset_id IS NOT NULL AS is_tied
    FROM framed f
    JOIN connections_reach r USING (home_id)
    LEFT JOIN (SELECT DISTINCT nr, asset_id FROM partners WHERE is_active) t
           ON t.nr = f.nr AND t.asset_id = r.asset_id
   WHERE f.starts_on IS NULL OR r.since <= f.starts_on OR t.asset_id IS NOT NULL
),
given AS (
  SELECT DISTINCT nr, unnest(home_gives) AS gift FROM community WHERE in_window
),
offers AS (  -- the home's own assets: listed at the start, else today; named in the window
  SELECT f.nr, f.starts_on, own.id AS offer_id,
         own.listed_on <= coalesce(f.starts_on, %(today)s)
           AND coalesce(own.withdrawn_on > coalesce(f.starts_on, %(today)s), true)
           AS is_listed,
         given.gift IS NOT NULL
           AND (f.starts_on IS NOT NULL OR coalesce(own.withdrawn_on > %(today)s, true))
           AS is_used
    FROM framed f
    JOIN homes_homeasset own USING (home_id)
    LEFT JOIN given ON given.nr = f.nr AND given.gift = %(prefix)s || own.id
)
"""
