"""The statements that score homes in the database."""

from typing import Any, Final

from fans.openness.from_log import WITHOUT_WAVE
from fans.openness.instrument_file import published
from fans.openness.ledger import ledger_of, parameters
from fans.openness.lived.scoring import scored_by

VERSION: Final = WITHOUT_WAVE
"""The version that all homes are scored with, whatever their waves are: as on their page."""

TURN: Final = "lived_score"
"""The advisory lock that refreshes share and a full run has alone."""

HOLD: Final = """
WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(hashtext(%(turn)s)))
SELECT id FROM homes_home
 WHERE id = ANY (%(home_ids)s) AND EXISTS (SELECT FROM turn)
 ORDER BY id FOR NO KEY UPDATE
"""

_ON_A_DAY: Final = """
  SELECT h.id AS home_id, %(day)s::date AS as_of, begun.starts_on, false AS with_recall,
         h.id AS nr, %(day)s::date AS today
    FROM homes_home h
"""
_LAST_BEGUN: Final = """
    LEFT JOIN LATERAL (
      SELECT e.starts_on FROM cohorts_enrolment e
       WHERE e.home_id = {home} AND e.starts_on <= {day}
       ORDER BY e.starts_on DESC LIMIT 1) begun ON true
"""
ALL_HOMES: Final = _ON_A_DAY + _LAST_BEGUN.format(home="h.id", day="%(day)s")
SOME_HOMES: Final = ALL_HOMES + " WHERE h.id = ANY (%(home_ids)s)"
_ONE_HOME: Final = ALL_HOMES + " WHERE h.id = %(home_id)s"

_STORED: Final = """
  SELECT s.home_id, s.as_of, begun.starts_on, false AS with_recall, s.home_id AS nr,
         s.as_of AS today
    FROM lived_livedscore s
"""
_WITHOUT_A_NOTE: Final = """
   WHERE s.version = %(version)s
     AND NOT EXISTS (SELECT FROM lived_due d WHERE d.home_id = s.home_id)
"""
AS_STORED: Final = (
    _STORED + _LAST_BEGUN.format(home="s.home_id", day="s.as_of") + _WITHOUT_A_NOTE
)
"""Each home on the day it was scored for, unless a change is noted that it lacks."""

PUT: Final = """,
put AS (
  INSERT INTO lived_livedscore AS s
         (home_id, as_of, starts_on, version, counts, raws, bands, lived, scored_at)
  SELECT home_id, as_of, starts_on, %(version)s, counts, raws, bands, lived, now()
    FROM scored
      ON CONFLICT (home_id) DO UPDATE
     SET as_of = EXCLUDED.as_of, starts_on = EXCLUDED.starts_on,
         version = EXCLUDED.version, counts = EXCLUDED.counts, raws = EXCLUDED.raws,
         bands = EXCLUDED.bands, lived = EXCLUDED.lived, scored_at = EXCLUDED.scored_at
  RETURNING s.home_id
)
"""

# The notes that this statement sees are of changes that it sees.
FORGET: Final = " DELETE FROM lived_due WHERE home_id = ANY (%(home_ids)s)"

_FORGET_ONE: Final = " DELETE FROM lived_due WHERE home_id = %(home_id)s"

COUNT: Final = " SELECT count(*) FROM put"

COMPARE: Final = """,
compared AS (
  SELECT s.home_id, s.as_of, stored, found
    FROM lived_livedscore s
    JOIN scored f USING (home_id)
         CROSS JOIN LATERAL (SELECT jsonb_build_object(
           'starts_on', s.starts_on, 'counts', s.counts, 'raws', s.raws,
           'bands', s.bands, 'lived', s.lived) AS stored) has
         CROSS JOIN LATERAL (SELECT jsonb_build_object(
           'starts_on', f.starts_on, 'counts', f.counts, 'raws', f.raws,
           'bands', f.bands, 'lived', f.lived) AS found) is_now
),
differing AS (
  INSERT INTO lived_difference (check_run_id, home_id, as_of, stored, found)
  SELECT %(check)s, home_id, as_of, stored, found FROM compared WHERE stored <> found
  RETURNING home_id
)
SELECT (SELECT count(*) FROM compared), (SELECT count(*) FROM differing)
"""


def scoring(asked: str) -> str:
    """Return the CTEs that score the homes that a SELECT asks for."""
    return ledger_of(asked) + scored_by(VERSION)


def scoring_one() -> str:
    """Return the statement that scores and stores one home: $1 is the day, $2 its id."""
    text = scoring(_ONE_HOME) + PUT + _FORGET_ONE
    return text.replace("%(day)s", "$1").replace("%(home_id)s", "$2")


def given() -> dict[str, Any]:
    """Return what every one of the statements takes by name."""
    return {"version": VERSION, **parameters(published()[VERSION].window)}
