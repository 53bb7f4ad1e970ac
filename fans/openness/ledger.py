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
    given: dict[str, Any] = {
        "home_ids": [each.home_id for each in asked],
        "as_of": [each.as_of for each in asked],
        "starts_on": [each.starts_on for each in asked],
        "with_recall": [each.with_recall for each in asked],
        "today": timezone.localdate(),
    }
    with connection.cursor() as cursor:
        cursor.execute(ledger_of(ASKED) + question, {**given, **parameters(window)})
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def ledger_of(asked: str) -> str:
    """Return the ledger of what a SELECT like ``ASKED`` asks for."""
    return f"WITH asked AS ({asked}), {LEDGER}"


def parameters(window: Window) -> dict[str, Any]:
    """Return what the ledger itself takes by name."""
    least_beds, most_beds = window.small_home_beds
    return {
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
    }


ASKED = """
  SELECT home_id, as_of, starts_on, with_recall, nr, %(today)s::date AS today
    FROM unnest(%(home_ids)s::bigint[], %(as_of)s::date[],
                %(starts_on)s::date[], %(with_recall)s::boolean[]) WITH ORDINALITY
         AS given (home_id, as_of, starts_on, with_recall, nr)
"""

LEDGER = """
of_month AS (
  SELECT *,
         -- Of 28 days ending on day d of a month, d lie in it: 14 or more, and it is the
         -- month with most days (the later one on a tie).
         date_trunc('month', as_of - %(tally_back)s::int)::date AS tally_month
    FROM asked
),
housed AS (  -- the tally, and the occupied beds
  SELECT asked.*, tally.residents_out, tally.residents_reached,
         coalesce(tally.occupied_beds, earlier.occupied_beds, register.beds)::int AS beds
    FROM of_month asked
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
  SELECT *, coalesce(beds BETWEEN %(least_beds)s AND %(most_beds)s, false) AS is_small
    FROM housed
),
framed AS (
  SELECT *, as_of + 1 - CASE WHEN is_small THEN %(small_home_days)s ELSE %(days)s END
         AS window_from
    FROM sized
),
standing AS NOT MATERIALIZED (  -- rows nobody took back, on the day on which each counts
  SELECT f.nr, f.as_of, f.with_recall, c.id, c.partnership_id, day, c.occurrences,
         c.direction, c.origin, c.home_gives, c.partner_gives,
         c.direction = 'in' AND NOT c.paid AS is_visit,
         c.source <> 'recall' AS is_logged,
         day >= f.window_from AS in_window,
         (f.as_of - day) / %(block)s AS block
    FROM framed f JOIN connections_connection c USING (home_id)
         CROSS JOIN LATERAL (SELECT coalesce(c.until_on, c.happened_on) AS day) counts
   WHERE c.undone_at IS NULL AND day <= f.as_of
     AND (c.source <> 'recall' OR f.with_recall)
),
lately AS (
  SELECT DISTINCT nr, partnership_id
    FROM standing WHERE with_recall AND is_logged AND in_window
),
counted AS NOT MATERIALIZED (  -- recall only for a partner with no other row in the window
  SELECT * FROM standing
   WHERE is_logged OR (nr, partnership_id) NOT IN (SELECT nr, partnership_id FROM lately)
),
ties AS (  -- what happened with each partner, of whatever kind
  SELECT nr, partnership_id,
         min(day) FILTER (WHERE is_logged) AS first_log_on,
         bool_and(is_logged) AS is_logged,
         bool_or(in_window) AS is_active,
         sum(occurrences) FILTER (WHERE in_window) AS occurrences,
         coalesce(sum(occurrences) FILTER (WHERE in_window AND is_visit), 0) AS visits,
         sum(occurrences) FILTER (WHERE in_window AND direction = 'out') AS trips,
         sum(occurrences) FILTER (WHERE in_window AND origin <> '') AS with_origin,
         sum(occurrences) FILTER (WHERE in_window AND origin = 'resident') AS from_residents,
         bool_or(home_gives <> '{}') AND bool_or(partner_gives <> '{}') AS have_both_given,
         -- One bit for each of the last blocks, and one for all days before them.
         bit_or(1 << least(block, %(blocks)s)) AS blocks,
         string_agg(array_to_string(home_gives, ','), ',')
           FILTER (WHERE in_window AND home_gives <> '{}') AS gifts
    FROM counted GROUP BY nr, partnership_id
),
begun AS (
  SELECT nr, min(first_log_on) AS first_log_on, NOT bool_and(is_logged) AS is_recalled
    FROM ties GROUP BY nr
),
dated AS (
  SELECT framed.*, begun.first_log_on, coalesce(begun.is_recalled, false) AS is_recalled,
         CASE WHEN start IS NOT NULL THEN  -- whole calendar months
           greatest(0, (date_part('year', as_of) - date_part('year', start)) * 12
                     + date_part('month', as_of) - date_part('month', start)
                     - (date_part('day', as_of) < date_part('day', start))::int)::int
         END AS months_since_start
    FROM framed LEFT JOIN begun USING (nr)
         CROSS JOIN LATERAL (SELECT coalesce(starts_on, begun.first_log_on) AS start) begins
),
partners AS (  -- the ties with the community
  SELECT ties.*, tie.depth, partner.asset_id,
         CASE WHEN is_active THEN coalesce(  -- a few by their key, not all places there are
           (SELECT asset.category FROM assets_asset asset WHERE asset.id = partner.asset_id),
           partner.own_category) END AS category,
         is_active AND have_both_given AS is_two_way,
         CASE WHEN d.months_since_start < 4
              THEN blocks & 1 > 0 AND blocks & 2 > 0 AND blocks > 3
              ELSE bit_count((blocks & (1 << %(blocks)s) - 1)::bit(32)) >= 3
         END AS is_sustained
    FROM ties
    JOIN dated d USING (nr)
    JOIN connections_partnership tie ON tie.id = ties.partnership_id
    JOIN connections_partner partner ON partner.id = tie.partner_id
   WHERE partner.kind <> ALL (%(outside)s)
),
tied AS (
  SELECT DISTINCT nr, asset_id FROM partners WHERE is_active AND asset_id IS NOT NULL
),
places AS (  -- within reach at the start, and what came later and is tied
  SELECT f.nr, r.asset_id, r.metres, tied.nr IS NOT NULL AS is_tied
    FROM framed f
    JOIN connections_reach r USING (home_id)
    LEFT JOIN tied ON tied.nr = f.nr AND tied.asset_id = r.asset_id
   WHERE f.starts_on IS NULL OR r.since <= f.starts_on OR tied.nr IS NOT NULL
),
given AS (
  SELECT DISTINCT nr, unnest(string_to_array(gifts, ',')) AS gift
    FROM partners WHERE gifts IS NOT NULL
),
offers AS (  -- the home's own assets: listed at the start, else today; named in the window
  SELECT f.nr, f.starts_on, own.id AS offer_id,
         own.listed_on <= coalesce(f.starts_on, f.today)
           AND coalesce(own.withdrawn_on > coalesce(f.starts_on, f.today), true)
           AS is_listed,
         given.gift IS NOT NULL
           AND (f.starts_on IS NOT NULL OR coalesce(own.withdrawn_on > f.today, true))
           AS is_used
    FROM framed f
    JOIN homes_homeasset own USING (home_id)
    LEFT JOIN given ON given.nr = f.nr AND given.gift = %(prefix)s || own.id
)
"""
