"""Keep ``connections_reach`` by statement-level triggers on assets and homes.

Triggers, so that bulk imports and plain SQL count too. A row keeps its ``since`` for
as long as the asset stays in reach; what comes into reach by an update came today.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION connections_can_be_reached(visibility text, state text, category text)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT visibility = 'published' AND state = 'open'
     AND category NOT IN ('transport_access', 'individual_gift', 'online')
$$;

CREATE FUNCTION connections_reach_new_assets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connections_reach (home_id, asset_id, metres, since)
  SELECT h.id, a.id, ST_Distance(h.location, a.location), a.published_on
    FROM new_rows a JOIN homes_home h ON ST_DWithin(h.location, a.location, 615)
   WHERE connections_can_be_reached(a.visibility, a.state, a.category);
  RETURN NULL;
END $$;

CREATE FUNCTION connections_reach_changed_assets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved bigint[];
BEGIN
  SELECT array_agg(n.id) INTO moved
    FROM new_rows n JOIN old_rows o USING (id)
   WHERE n.location IS DISTINCT FROM o.location
      OR (n.visibility, n.state, n.category) IS DISTINCT FROM (o.visibility, o.state, o.category);
  IF moved IS NULL THEN RETURN NULL; END IF;
  DELETE FROM connections_reach r USING assets_asset a, homes_home h
   WHERE r.asset_id = ANY (moved) AND a.id = r.asset_id AND h.id = r.home_id
     AND (a.location IS NULL
          OR NOT connections_can_be_reached(a.visibility, a.state, a.category)
          OR NOT ST_DWithin(h.location, a.location, 615));
  INSERT INTO connections_reach (home_id, asset_id, metres, since)
  SELECT h.id, a.id, ST_Distance(h.location, a.location),
         (now() AT TIME ZONE 'Europe/London')::date
    FROM assets_asset a JOIN homes_home h ON ST_DWithin(h.location, a.location, 615)
   WHERE a.id = ANY (moved)
     AND connections_can_be_reached(a.visibility, a.state, a.category)
      ON CONFLICT (home_id, asset_id) DO UPDATE SET metres = EXCLUDED.metres;
  RETURN NULL;
END $$;

CREATE FUNCTION connections_reach_new_homes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connections_reach (home_id, asset_id, metres, since)
  SELECT h.id, a.id, ST_Distance(h.location, a.location), a.published_on
    FROM new_rows h JOIN assets_asset a ON ST_DWithin(h.location, a.location, 615)
   WHERE connections_can_be_reached(a.visibility, a.state, a.category);
  RETURN NULL;
END $$;

CREATE FUNCTION connections_reach_moved_homes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moved bigint[];
BEGIN
  SELECT array_agg(n.id) INTO moved
    FROM new_rows n JOIN old_rows o USING (id)
   WHERE n.location IS DISTINCT FROM o.location;
  IF moved IS NULL THEN RETURN NULL; END IF;
  DELETE FROM connections_reach r USING assets_asset a, homes_home h
   WHERE r.home_id = ANY (moved) AND a.id = r.asset_id AND h.id = r.home_id
     AND (h.location IS NULL OR NOT ST_DWithin(h.location, a.location, 615));
  INSERT INTO connections_reach (home_id, asset_id, metres, since)
  SELECT h.id, a.id, ST_Distance(h.location, a.location),
         (now() AT TIME ZONE 'Europe/London')::date
    FROM homes_home h JOIN assets_asset a ON ST_DWithin(h.location, a.location, 615)
   WHERE h.id = ANY (moved)
     AND connections_can_be_reached(a.visibility, a.state, a.category)
      ON CONFLICT (home_id, asset_id) DO UPDATE SET metres = EXCLUDED.metres;
  RETURN NULL;
END $$;

CREATE TRIGGER connections_reach_insert AFTER INSERT ON assets_asset
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION connections_reach_new_assets();
CREATE TRIGGER connections_reach_update AFTER UPDATE ON assets_asset
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION connections_reach_changed_assets();
CREATE TRIGGER connections_reach_insert AFTER INSERT ON homes_home
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION connections_reach_new_homes();
CREATE TRIGGER connections_reach_update AFTER UPDATE ON homes_home
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION connections_reach_moved_homes();
"""

DROP = """
DROP TRIGGER connections_reach_insert ON assets_asset;
DROP TRIGGER connections_reach_update ON assets_asset;
DROP TRIGGER connections_reach_insert ON homes_home;
DROP TRIGGER connections_reach_update ON homes_home;
DROP FUNCTION connections_reach_new_assets();
DROP FUNCTION connections_reach_changed_assets();
DROP FUNCTION connections_reach_new_homes();
DROP FUNCTION connections_reach_moved_homes();
DROP FUNCTION connections_can_be_reached(text, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("connections", "0001_partners_connections_reach"),
        ("assets", "0001_assets_and_fact_checks"),
        ("homes", "0001_homes_and_registrations"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS, DROP)]
