"""Scores the lived part of homes in one of four ways; prints the seconds and what it found.

usage: python bench/score_homes.py all|bare|orm|one HOMES
"""

import datetime as dt
import json
import os
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402

from bench import score_by_orm  # noqa: E402
from fans.cohorts.models import Enrolment  # noqa: E402
from fans.connections.models import Connection, Partnership  # noqa: E402
from fans.connections.signals import log_changed  # noqa: E402
from fans.openness.lived.services import score_all  # noqa: E402

WARM_UP = 5

BARE = """
WITH home AS (
  SELECT h.id, e.starts_on, t.residents_out, t.residents_reached,
         coalesce(t.occupied_beds, earlier.occupied_beds, r.beds)::int AS beds
    FROM homes_home h
    LEFT JOIN LATERAL (
      SELECT starts_on FROM cohorts_enrolment
       WHERE home_id = h.id AND starts_on <= %(day)s ORDER BY starts_on DESC LIMIT 1) e ON true
    LEFT JOIN connections_tally t ON t.home_id = h.id AND t.month = %(month)s
    LEFT JOIN LATERAL (
      SELECT occupied_beds FROM connections_tally
       WHERE home_id = h.id AND month < %(month)s AND occupied_beds IS NOT NULL
       ORDER BY month DESC LIMIT 1) earlier ON true
    LEFT JOIN (SELECT home_id, sum(beds) AS beds FROM homes_registration
                WHERE until IS NULL GROUP BY home_id) r ON r.home_id = h.id
), framed AS (
  SELECT *, %(day)s::date + 1 - CASE WHEN beds BETWEEN 1 AND 19 THEN 56 ELSE 28 END AS since
    FROM home
), tie AS (
  SELECT f.id, c.partnership_id, min(d.day) AS first,
         sum(occurrences) FILTER (WHERE d.day >= since) AS all_in,
         sum(occurrences) FILTER (WHERE d.day >= since AND direction = 'in' AND NOT paid)
           AS visits,
         sum(occurrences) FILTER (WHERE d.day >= since AND direction = 'out') AS trips,
         sum(occurrences) FILTER (WHERE d.day >= since AND origin <> '') AS with_origin,
         sum(occurrences) FILTER (WHERE d.day >= since AND origin = 'resident') AS residents,
         bool_or(d.day >= since) AS active,
         bool_or(home_gives <> '{}') AND bool_or(partner_gives <> '{}') AS two_way,
         bit_or(1 << least((%(day)s::date - d.day) / 28, 4)) AS blocks
    FROM framed f
    JOIN connections_connection c ON c.home_id = f.id
         CROSS JOIN LATERAL (SELECT coalesce(until_on, happened_on) AS day) d
   WHERE undone_at IS NULL AND source <> 'recall' AND d.day <= %(day)s
   GROUP BY f.id, c.partnership_id
), begun AS (
  SELECT id, min(first) AS first FROM tie GROUP BY id
), months AS (
  SELECT id, extract(year FROM age(%(day)s::date, coalesce(starts_on, first))) * 12
             + extract(month FROM age(%(day)s::date, coalesce(starts_on, first))) AS months
    FROM framed JOIN begun USING (id)
), neighbours AS (
  SELECT tie.*, p.asset_id, p.own_category, m.months
    FROM tie
    JOIN months m USING (id)
    JOIN connections_partnership s ON s.id = tie.partnership_id
    JOIN connections_partner p ON p.id = s.partner_id
   WHERE p.kind NOT IN ('family', 'professional')
), met AS (
  SELECT id, sum(visits) AS visits, sum(trips) AS trips, sum(all_in) AS all_in,
         sum(with_origin) AS with_origin, sum(residents) AS residents,
         count(*) FILTER (WHERE visits >= 2) AS familiar,
         count(*) FILTER (WHERE active AND two_way) AS two_way,
         count(*) FILTER (WHERE CASE WHEN months < 4 THEN blocks & 3 = 3 AND blocks > 3
                                ELSE blocks & 15 IN (7, 11, 13, 14, 15) END) AS sustained
    FROM neighbours GROUP BY id
), kinds AS (
  SELECT id, sum(n) AS active, sum(n * ln(n)) AS logs
    FROM (SELECT id, count(*)::float8 AS n FROM neighbours
           WHERE active
           GROUP BY id, coalesce((SELECT category FROM assets_asset WHERE id = asset_id),
                                 own_category)) k
   GROUP BY id
), near AS (
  SELECT f.id, count(*) AS reachable
    FROM framed f JOIN connections_reach r ON r.home_id = f.id
   WHERE f.starts_on IS NULL OR r.since <= f.starts_on GROUP BY f.id
), tied AS (
  SELECT n.id, count(*) AS tied, count(*) FILTER (WHERE r.since > f.starts_on) AS later
    FROM neighbours n
    JOIN framed f USING (id)
         CROSS JOIN LATERAL (SELECT since FROM connections_reach
                              WHERE home_id = n.id AND asset_id = n.asset_id LIMIT 1) r
   WHERE n.active GROUP BY n.id
), named AS (
  SELECT DISTINCT f.id, unnest(c.home_gives) AS gift
    FROM framed f JOIN connections_connection c ON c.home_id = f.id
   WHERE undone_at IS NULL AND source <> 'recall' AND home_gives <> '{}'
     AND coalesce(until_on, happened_on) BETWEEN since AND %(day)s
     AND happened_on > %(day)s::date - 90
), offers AS (
  SELECT f.id, count(*) FILTER (WHERE named.gift IS NOT NULL) AS used,
         count(*) FILTER (WHERE o.listed_on <= coalesce(f.starts_on, %(day)s)
           AND coalesce(o.withdrawn_on > coalesce(f.starts_on, %(day)s), true)) AS listed
    FROM framed f
    JOIN homes_homeasset o ON o.home_id = f.id
    LEFT JOIN named ON named.id = f.id AND named.gift = 'asset:' || o.id
   GROUP BY f.id
)
SELECT sum(visits)::int, sum(trips)::int, sum(all_in)::int, sum(familiar)::int,
       sum(two_way)::int, sum(sustained)::int, sum(active)::int,
       sum(reachable)::int + sum(later)::int, sum(tied)::int, sum(beds)::int,
       sum(residents_out)::int, sum(logs) > 0, sum(used) >= 0, sum(listed) >= 0
  FROM framed
  LEFT JOIN met USING (id) LEFT JOIN kinds USING (id) LEFT JOIN near USING (id)
  LEFT JOIN tied USING (id) LEFT JOIN offers USING (id)
"""

OURS = """
SELECT sum((counts->>'visits_in')::int)::int, sum((counts->>'trips_out')::int)::int,
       sum((counts->>'occurrences')::int)::int, sum((counts->>'familiar_partners')::int)::int,
       sum((counts->>'two_way_partners')::int)::int,
       sum((counts->>'sustained_partners')::int)::int, sum((raws->>'D1')::int)::int,
       sum((counts->>'reachable_assets')::int)::int,
       sum((counts->>'reachable_assets_with_tie')::int)::int,
       sum((counts->>'beds')::int)::int, sum((counts->>'residents_out')::int)::int
  FROM lived_livedscore
"""


def all_homes(count: int) -> tuple[list[float], Any]:
    """Score them as the site does at night."""
    since = time.perf_counter()
    score_all()
    took = time.perf_counter() - since
    with connection.cursor() as cursor:
        cursor.execute(OURS)
        return [took], cursor.fetchone()


def bare(count: int) -> tuple[list[float], Any]:
    """Count all that the score needs, by hand-written SQL, and keep nothing."""
    today = timezone.localdate()
    month = (today - dt.timedelta(days=13)).replace(day=1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        since = time.perf_counter()
        cursor.execute(BARE, {"day": today, "month": month})
        found = cursor.fetchone()
        return [time.perf_counter() - since], found[:11]


def one(count: int) -> tuple[list[float], Any]:
    """Take what a log entry pays for the score, in homes with an open wave and without."""
    ids = list(
        Partnership.objects.order_by("?").values_list("home", flat=True)[: count + WARM_UP]
    )
    times = []
    for number, home in enumerate(ids):
        since = time.perf_counter()
        with transaction.atomic():
            log_changed.send(Connection, home_ids={home})
        if number >= WARM_UP:
            times.append(time.perf_counter() - since)
    return times, Enrolment.objects.filter(home__in=ids).count()


def main(how: str, count: int) -> None:
    """Do it and print."""
    ways = {"all": all_homes, "bare": bare, "orm": score_by_orm.orm, "one": one}
    seconds, found = ways[how](count)
    print(json.dumps({"seconds": seconds, "found": found}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
