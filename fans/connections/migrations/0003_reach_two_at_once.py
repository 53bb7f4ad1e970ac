"""Keep ``connections_reach`` right with two writers at once, and when SQL deletes.

A home and an asset that are written in two open transactions do not see each other,
and each trigger would miss the pair. So what changes homes waits for what changes
assets, and the other way round: assets share one lock, homes hold it alone. It is
taken only where reach may change, and is free again when the transaction ends.
"""

from django.db import migrations

LOCKS = """
CREATE FUNCTION connections_reach_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('connections_reach'));
  RETURN NEW;
END $$;

CREATE FUNCTION connections_reach_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('connections_reach'));
  RETURN NEW;
END $$;

CREATE TRIGGER connections_reach_lock_insert BEFORE INSERT ON assets_asset
  FOR EACH STATEMENT EXECUTE FUNCTION connections_reach_share();
CREATE TRIGGER connections_reach_lock_update BEFORE UPDATE ON assets_asset
  FOR EACH ROW WHEN (
    NEW.location IS DISTINCT FROM OLD.location
    OR (NEW.visibility, NEW.state, NEW.category)
       IS DISTINCT FROM (OLD.visibility, OLD.state, OLD.category)
  ) EXECUTE FUNCTION connections_reach_share();
CREATE TRIGGER connections_reach_lock_insert BEFORE INSERT ON homes_home
  FOR EACH STATEMENT EXECUTE FUNCTION connections_reach_hold();
CREATE TRIGGER connections_reach_lock_update BEFORE UPDATE ON homes_home
  FOR EACH ROW WHEN (NEW.location IS DISTINCT FROM OLD.location)
  EXECUTE FUNCTION connections_reach_hold();
"""

NO_LOCKS = """
DROP TRIGGER connections_reach_lock_insert ON assets_asset;
DROP TRIGGER connections_reach_lock_update ON assets_asset;
DROP TRIGGER connections_reach_lock_insert ON homes_home;
DROP TRIGGER connections_reach_lock_update ON homes_home;
DROP FUNCTION connections_reach_share();
DROP FUNCTION connections_reach_hold();
"""

DELETES = """
CREATE FUNCTION connections_reach_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'homes_home' THEN
    DELETE FROM connections_reach r USING old_rows o WHERE r.home_id = o.id;
  ELSE
    DELETE FROM connections_reach r USING old_rows o WHERE r.asset_id = o.id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER connections_reach_delete AFTER DELETE ON assets_asset
  REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION connections_reach_gone();
CREATE TRIGGER connections_reach_delete AFTER DELETE ON homes_home
  REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION connections_reach_gone();
"""

NO_DELETES = """
DROP TRIGGER connections_reach_delete ON assets_asset;
DROP TRIGGER connections_reach_delete ON homes_home;
DROP FUNCTION connections_reach_gone();
"""


class Migration(migrations.Migration):
    dependencies = [("connections", "0002_reach_triggers")]

    operations = [
        migrations.RunSQL(LOCKS, NO_LOCKS),
        migrations.RunSQL(DELETES, NO_DELETES),
    ]
