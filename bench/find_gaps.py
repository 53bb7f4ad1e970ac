"""Asks what is suggested to homes, in this process; prints the milliseconds and the places.

usage: python bench/find_gaps.py HOMES ours|raw

``raw`` is one statement of SQL for each home that finds, scores and orders the same places.
"""

import json
import os
import sys
import time
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402

from fans.connections.gaps.candidates import KINDS  # noqa: E402
from fans.connections.gaps.suggesting import suggestions_for  # noqa: E402
from fans.connections.wishes.tags import TAGS, pattern_of  # noqa: E402
from homes.models import Home  # noqa: E402

WARM_UP: Final = 5

RAW: Final = """
WITH home AS MATERIALIZED (
  SELECT h.id, h.location, EXISTS (
           SELECT FROM homes_homeasset a WHERE a.home_id = h.id AND a.kind = 'minibus'
              AND a.withdrawn_on IS NULL) AS minibus
    FROM homes_home h WHERE h.id = %(home)s
), wished AS MATERIALIZED (
  SELECT t.slug, t.pattern, string_to_array(t.kinds, ',') AS kinds, t.tells, count(*) AS wishes
    FROM wishes_wish w JOIN home ON w.home_id = home.id CROSS JOIN unnest(w.tags) AS tag
    JOIN unnest(%(slugs)s::text[], %(patterns)s::text[], %(tag_kinds)s::text[],
                %(tells)s::bool[]) AS t(slug, pattern, kinds, tells) ON t.slug = tag
   WHERE w.status = 'open' GROUP BY 1, 2, 3, 4
), ties AS MATERIALIZED (
  SELECT t.status, p.asset_id, p.kind, coalesce(a.category, p.own_category) AS category,
         t.status NOT IN ('ended', 'declined')
           OR coalesce((SELECT max(e.at)::date + CASE
                  WHEN t.status = 'ended' OR t.declined_reason = 'lost_touch' THEN 182
                  WHEN t.declined_reason IN ('not_now', 'no_room', 'no_staff') THEN 91 END
                FROM ties_tieevent e WHERE e.partnership_id = t.id AND e.undone_at IS NULL
                 AND e.kind IN ('ended', 'declined')) > current_date, TRUE) AS stays
    FROM connections_partnership t JOIN home ON home.id = t.home_id
    JOIN connections_partner p ON p.id = t.partner_id
    LEFT JOIN assets_asset a ON a.id = p.asset_id
), gone AS MATERIALIZED (
  SELECT array_agg(asset_id) AS ids FROM (
    SELECT asset_id FROM ties WHERE asset_id IS NOT NULL AND stays
     UNION ALL SELECT d.asset_id FROM gaps_dismissal d JOIN home ON home.id = d.home_id
     WHERE d.reason NOT IN ('not_now', 'no_staff') OR d.said_on > current_date - 91) o
), near AS (
  SELECT n.*, home.minibus, n.metres * 1.3 AS walk
    FROM home CROSS JOIN gone CROSS JOIN unnest(%(kinds)s::text[]) AS kind(slug)
   CROSS JOIN LATERAL (
     SELECT a.id, a.name, a.category, a.could_give, a.would_love, a.opening_hours,
            a.closed_from, a.closed_until, a.wheelchair, a.step_free,
            a.name || ' ' || a.description || ' ' || a.suits AS about,
            ST_Distance(a.location, home.location) AS metres
       FROM assets_asset a
      WHERE a.category = kind.slug AND a.visibility = 'published' AND a.state = 'open'
        AND ST_DWithin(a.location, home.location, 10000)
        AND (gone.ids IS NULL OR a.id <> ALL (gone.ids))
      ORDER BY a.location <-> home.location LIMIT 50) n
), parts AS (
  SELECT near.*, met.wishes AS named,
         CASE WHEN (SELECT count(*) FROM wished) = 0 THEN 0
              ELSE least(met.themes / least((SELECT count(*) FROM wished), 3)::float8, 1)
         END AS interest,
         CASE WHEN walk <= 800 THEN 1 WHEN minibus AND walk <= 7500 THEN 0.6
              ELSE 0.6 * 0.5 ^ (walk / CASE WHEN minibus THEN 7500 ELSE 800 END - 1)
         END AS reach,
         CASE WHEN EXISTS (SELECT FROM ties WHERE ties.category = near.category
                  AND ties.kind NOT IN ('family', 'professional')
                  AND ties.status NOT IN ('idea', 'ended', 'declined')) THEN 0 ELSE 1
         END AS novelty,
         CASE WHEN (closed_from IS NOT NULL OR closed_until IS NOT NULL)
               AND coalesce(closed_from, current_date) <= current_date
               AND coalesce(closed_until, current_date) >= current_date THEN 0
              WHEN could_give <> '' OR would_love <> '' THEN 1
              WHEN opening_hours <> '' THEN 0.6 ELSE 0.4 END AS capacity,
         CASE wheelchair WHEN 'yes' THEN 1 WHEN 'limited' THEN 0.5 WHEN 'no' THEN 0
              ELSE CASE step_free WHEN 'yes' THEN 0.5 WHEN 'no' THEN 0 ELSE 0.4 END
         END AS access
    FROM near CROSS JOIN LATERAL (
      SELECT count(*) AS themes, coalesce(sum(wished.wishes), 0) AS wishes FROM wished
       WHERE near.category = ANY (wished.kinds)
          OR lower(near.could_give || E'\\n' || near.would_love) ~ wished.pattern
          OR (wished.tells AND lower(near.about) ~ wished.pattern)) met
), best AS (
  SELECT *, round((0.40 * interest + 0.20 * reach + 0.15 * novelty + 0.15 * capacity
                   + 0.10 * access)::numeric, 12) AS total
    FROM parts ORDER BY total DESC, named DESC, metres, id LIMIT 50
)
SELECT best.id, name, category, could_give, would_love, opening_hours, metres,
       interest, reach, novelty, capacity, access, total, looked.last, looked.way_in
  FROM best CROSS JOIN LATERAL (
    SELECT max(checked_on) AS last, max(checked_on) FILTER (WHERE fact = 'access') AS way_in
      FROM assets_factcheck c WHERE c.asset_id = best.id) looked
 ORDER BY total DESC, named DESC, metres, best.id
"""


def raw(home: Home) -> list[int]:
    """Return the places by one statement."""
    tags = list(TAGS.values())
    asked: dict[str, Any] = {
        "home": home.pk,
        "kinds": list(KINDS),
        "slugs": [tag.slug for tag in tags],
        "patterns": [pattern_of(tag).pattern.replace(r"\b", r"\y") for tag in tags],
        "tag_kinds": [",".join(tag.categories) for tag in tags],
        "tells": [bool(tag.tells_of) for tag in tags],
    }
    with connection.cursor() as cursor:
        cursor.execute(RAW, asked)
        return [row[0] for row in cursor.fetchall()]


def ours(home: Home) -> list[int]:
    """Return the places as the page does, every reason in words."""
    found = suggestions_for(home, today=timezone.localdate())
    return [suggestion.place.pk for suggestion in found.shown]


def main(count: int, how: str) -> None:
    """Ask for some homes, the first ones twice to warm up."""
    homes = list(Home.objects.filter(location__isnull=False).order_by("pk")[:count])
    find = {"ours": ours, "raw": raw}[how]
    for home in homes[:WARM_UP]:
        find(home)
    times, places = [], []
    for home in homes:
        since = time.perf_counter()
        places.append(find(home))
        times.append(1000 * (time.perf_counter() - since))
    print(json.dumps({"ms": times, "places": places}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
