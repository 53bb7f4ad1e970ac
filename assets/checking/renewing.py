"""Brings the check states of assets up to the day, each from its facts' checks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection, transaction

from assets import categories
from assets.checking.intervals import interval_of
from assets.checking.marks import mark_of
from assets.choices import Fact
from assets.facts import FIELDS, Kind, columns_of

AT_ONCE: Final = 5_000

LATEST: Final = f"""
SELECT DISTINCT ON (c.asset_id, c.fact) c.*,
       (c.fingerprint = '' OR c.fingerprint = {mark_of("c.fact", row="a")}) AS counts
  FROM assets_factcheck c JOIN assets_asset a ON a.id = c.asset_id
 WHERE {{which}}
 ORDER BY c.asset_id, c.fact, c.checked_on DESC, c.id DESC
"""  # noqa: S608 - words of ours
"""The latest check of each fact, and whether it was of what the asset says now."""

_NOTHING: Final = {
    Kind.CHOICE: "a.{} <> 'unknown'",
    Kind.AGE: "a.{} IS NOT NULL",
    Kind.DAY: "a.{} IS NOT NULL",
}


def _said(fact: Fact) -> str:
    """Return SQL that tells whether an asset says anything of a fact."""
    fields = (FIELDS[column] for column in columns_of(fact))
    tests = (_NOTHING.get(field.kind, "a.{} <> ''").format(field.column) for field in fields)
    return f"({' OR '.join(tests)})"


def _listed(slugs: Iterable[str]) -> str:
    return ", ".join(f"'{slug}'" for slug in slugs)


# 0 is fresh, 1 due, 2 stale. What is said and was never checked is due.
_LEVELS: Final = f"""
greatest(
    coalesce(s.place, 1),
    CASE WHEN {_said(Fact.HOURS)} THEN coalesce(s.hours, 1) END,
    CASE WHEN a.category IN ({_listed(categories.UNLOCATED)})
         THEN CASE WHEN {_said(Fact.CONTACT)} THEN coalesce(s.contact, 1) END
         ELSE CASE WHEN {_said(Fact.ACCESS)} THEN coalesce(s.access, 1) END
    END)
"""
_STATE: Final = f"(ARRAY['fresh', 'due', 'stale'])[1 + {_LEVELS}]"

_INTERVALS: Final = ", ".join(
    f"('{slug}', '{fact.value}', {interval.due_days}, {interval.stale_days})"
    for slug in categories.SLUGS
    for fact in Fact
    if (interval := interval_of(fact, slug))
)

_STATES: Final = f"""
WITH latest AS ({LATEST}),
     every (category, fact, due_days, stale_days) AS (VALUES {_INTERVALS}),
     levels AS (
         SELECT l.asset_id, l.fact,
                CASE WHEN NOT l.counts THEN 1
                     WHEN %(today)s::date - l.checked_on <= e.due_days THEN 0
                     WHEN %(today)s::date - l.checked_on <= e.stale_days THEN 1
                     ELSE 2 END AS level
           FROM latest l
           JOIN assets_asset a ON a.id = l.asset_id
           JOIN every e ON e.category = a.category AND e.fact = l.fact),
     s AS (
         SELECT asset_id,
                max(level) FILTER (WHERE fact = 'place') AS place,
                max(level) FILTER (WHERE fact = 'hours') AS hours,
                max(level) FILTER (WHERE fact = 'access') AS access,
                max(level) FILTER (WHERE fact = 'contact') AS contact
           FROM levels GROUP BY asset_id)
"""  # noqa: S608 - words of ours

_OUT_OF_DATE: Final = f"""
{_STATES.format(which="true")}
SELECT a.id FROM assets_asset a LEFT JOIN s ON s.asset_id = a.id
 WHERE a.check_state <> {_STATE} ORDER BY a.id
"""  # noqa: S608 - words of ours

_HOLD: Final = "SELECT id FROM assets_asset WHERE id = ANY(%s) ORDER BY id FOR UPDATE"

_RENEW: Final = f"""
{_STATES.format(which="c.asset_id = ANY(%(ids)s)")}
UPDATE assets_asset u SET check_state = now.state
  FROM (SELECT a.id, {_STATE} AS state
          FROM assets_asset a LEFT JOIN s ON s.asset_id = a.id
         WHERE a.id = ANY(%(ids)s)) now
 WHERE now.id = u.id AND u.check_state <> now.state
"""  # noqa: S608 - words of ours


@transaction.atomic
def renew(asset_ids: Sequence[int], *, today: dt.date, wait: bool = True) -> int:
    """Bring the check states of some assets up to ``today``; return how many changed.

    Call this after writing a fact, or a check, of an asset. ``wait``: for whoever is
    writing them just now; otherwise those are left, for they are brought up to date by
    whoever holds them. Touches only rows whose state is another, and no other column.
    """
    if not asset_ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_HOLD if wait else f"{_HOLD} SKIP LOCKED", [list(asset_ids)])
        held = [pk for (pk,) in cursor.fetchall()]
        # Read anew: what was checked while we waited is seen.
        cursor.execute(_RENEW, {"ids": held, "today": today})
        return int(cursor.rowcount)


def renew_all(*, today: dt.date) -> int:
    """Bring every asset up to ``today``, a few thousand at a time; return how many changed."""
    with connection.cursor() as cursor:
        cursor.execute(_OUT_OF_DATE, {"today": today})
        ids: list[Any] = [pk for (pk,) in cursor.fetchall()]
    return sum(
        renew(ids[start : start + AT_ONCE], today=today, wait=False)
        for start in range(0, len(ids), AT_ONCE)
    )
