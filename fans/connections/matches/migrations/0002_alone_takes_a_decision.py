"""Hold what no check lets somebody do, and let no step of a match be rewritten.

Live takes an active volunteer. Being alone takes a grown-up, their lead's word, and a
decision that they are suitable for their role, not due anew on the day it starts; while a
match is held (``held_since``) somebody is at hand. The volunteer is held for reading until
the end of the transaction, so that nobody takes their word back at the same instant.

What is asked of a volunteer who changes looks at the end of the transaction: by then
``hearing`` has let their matches rest. Of a step only who took it may be forgotten, and it
goes with its match. Django knows no such rules.
"""

from django.db import migrations

RULES = """
CREATE FUNCTION matches_refuse_uncleared(volunteer bigint, is_alone boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  who record;
  latest record;
BEGIN
  SELECT vol.stage, vol.may_be_alone, vol.age_band, vol.role_slug INTO who
    FROM volunteers_volunteer vol WHERE vol.id = volunteer FOR SHARE;
  IF NOT FOUND THEN RETURN; END IF;
  IF who.stage <> 'active' THEN
    RAISE EXCEPTION 'matches_match_live_is_active: volunteer % is not active', volunteer
      USING ERRCODE = 'check_violation', CONSTRAINT = 'matches_match_live_is_active';
  END IF;
  IF NOT is_alone THEN RETURN; END IF;
  SELECT decided.outcome, decided.recheck_on INTO latest
    FROM volunteers_vetting decided
   WHERE decided.volunteer_id = volunteer AND decided.role_slug = who.role_slug
     AND decided.outcome <> 'waiting'
   ORDER BY decided.decided_on DESC, decided.id DESC LIMIT 1;
  IF who.age_band <> '18+' OR NOT who.may_be_alone OR latest.outcome IS DISTINCT FROM 'ok'
     OR latest.recheck_on < (now() AT TIME ZONE 'Europe/London')::date THEN
    RAISE EXCEPTION 'matches_match_alone_is_cleared: no decision lets % be alone', volunteer
      USING ERRCODE = 'check_violation', CONSTRAINT = 'matches_match_alone_is_cleared';
  END IF;
END $$;

CREATE FUNCTION matches_match_is_cleared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM matches_refuse_uncleared(
    NEW.volunteer_id, NEW.manner = 'alone' AND NEW.held_since IS NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER matches_match_new_is_cleared AFTER INSERT ON matches_match
  FOR EACH ROW WHEN (NEW.status = 'live') EXECUTE FUNCTION matches_match_is_cleared();
CREATE TRIGGER matches_match_still_is_cleared AFTER UPDATE ON matches_match
  FOR EACH ROW WHEN (
    NEW.status = 'live'
    AND (OLD.status, OLD.manner, OLD.held_since, OLD.volunteer_id)
      IS DISTINCT FROM (NEW.status, NEW.manner, NEW.held_since, NEW.volunteer_id)
  ) EXECUTE FUNCTION matches_match_is_cleared();

CREATE FUNCTION matches_volunteer_keeps_clear() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who record;
BEGIN
  SELECT stage, may_be_alone INTO who FROM volunteers_volunteer WHERE id = NEW.id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM 1 FROM matches_match
    WHERE volunteer_id = NEW.id AND status = 'live' AND who.stage <> 'active';
  IF FOUND THEN
    RAISE EXCEPTION 'matches_match_live_is_active: volunteer % has a live match', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'matches_match_live_is_active';
  END IF;
  PERFORM 1 FROM matches_match
    WHERE volunteer_id = NEW.id AND status = 'live' AND manner = 'alone'
      AND held_since IS NULL AND NOT who.may_be_alone;
  IF FOUND THEN
    RAISE EXCEPTION 'matches_match_alone_is_cleared: volunteer % goes alone', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'matches_match_alone_is_cleared';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER matches_volunteer_keeps_clear
  AFTER UPDATE ON volunteers_volunteer DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (
    (OLD.stage, OLD.may_be_alone) IS DISTINCT FROM (NEW.stage, NEW.may_be_alone)
  ) EXECUTE FUNCTION matches_volunteer_keeps_clear();

CREATE FUNCTION matches_matchstep_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('fans.erasing', true) = 'on' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    PERFORM 1 FROM matches_match WHERE id = OLD.match_id;
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  RAISE EXCEPTION 'matches_matchstep_append_only: a step of a match stands'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'matches_matchstep_append_only';
END $$;
CREATE TRIGGER matches_matchstep_no_update BEFORE UPDATE ON matches_matchstep
  FOR EACH ROW WHEN (
    (OLD.id, OLD.match_id, OLD.what, OLD.side, OLD.at, OLD.before, OLD.after, OLD.undoes_id)
      IS DISTINCT FROM
    (NEW.id, NEW.match_id, NEW.what, NEW.side, NEW.at, NEW.before, NEW.after, NEW.undoes_id)
    OR NEW.by_id IS NOT NULL AND NEW.by_id IS DISTINCT FROM OLD.by_id
  ) EXECUTE FUNCTION matches_matchstep_append_only();
CREATE CONSTRAINT TRIGGER matches_matchstep_no_delete
  AFTER DELETE ON matches_matchstep DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION matches_matchstep_append_only();
"""

NO_RULES = """
DROP TRIGGER matches_matchstep_no_delete ON matches_matchstep;
DROP TRIGGER matches_matchstep_no_update ON matches_matchstep;
DROP FUNCTION matches_matchstep_append_only();
DROP TRIGGER matches_volunteer_keeps_clear ON volunteers_volunteer;
DROP FUNCTION matches_volunteer_keeps_clear();
DROP TRIGGER matches_match_still_is_cleared ON matches_match;
DROP TRIGGER matches_match_new_is_cleared ON matches_match;
DROP FUNCTION matches_match_is_cleared();
DROP FUNCTION matches_refuse_uncleared(bigint, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("matches", "0001_matches_of_both_sides")]

    operations = [migrations.RunSQL(RULES, NO_RULES)]
