"""Note each home whose lived part a change may alter, whoever makes the change.

Triggers, so that bulk imports, merges and plain SQL count too. A note is a row of its
own: writers never wait for one another over it. Updates of a home's own rows note the
home whatever they change; those of ties, partners and places only where it could matter.
"""

from django.db import migrations

OF_A_HOME = (
    "connections_connection",
    "connections_tally",
    "connections_reach",
    "homes_registration",
    "homes_homeasset",
    "cohorts_enrolment",
)

FUNCTIONS = """
CREATE FUNCTION lived_note_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lived_due (home_id) SELECT DISTINCT home_id FROM new_rows;
  RETURN NULL;
END $$;

CREATE FUNCTION lived_note_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lived_due (home_id) SELECT DISTINCT home_id FROM old_rows;
  RETURN NULL;
END $$;

CREATE FUNCTION lived_note_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lived_due (home_id)
  SELECT home_id FROM old_rows UNION SELECT home_id FROM new_rows;
  RETURN NULL;
END $$;

CREATE FUNCTION lived_note_ties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lived_due (home_id)
  SELECT home_id
    FROM (SELECT n.id, n.home_id, n.partner_id, n.depth FROM new_rows n
          UNION ALL SELECT o.id, o.home_id, o.partner_id, o.depth FROM old_rows o) both_rows
   GROUP BY id, home_id, partner_id, depth HAVING count(*) = 1;
  RETURN NULL;
END $$;

CREATE FUNCTION lived_note_partners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lived_due (home_id)
  SELECT DISTINCT t.home_id
    FROM new_rows n
    JOIN old_rows o USING (id)
    JOIN connections_partnership t ON t.partner_id = n.id
   WHERE (n.kind, n.asset_id, n.own_category) IS DISTINCT FROM (o.kind, o.asset_id, o.own_category);
  RETURN NULL;
END $$;

CREATE FUNCTION lived_note_places() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lived_due (home_id)
  SELECT DISTINCT t.home_id
    FROM new_rows n
    JOIN old_rows o USING (id)
    JOIN connections_partner p ON p.asset_id = n.id
    JOIN connections_partnership t ON t.partner_id = p.id
   WHERE n.category IS DISTINCT FROM o.category;
  RETURN NULL;
END $$;

CREATE FUNCTION lived_note_homes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lived_due (home_id) SELECT id FROM new_rows;
  RETURN NULL;
END $$;

CREATE FUNCTION lived_homes_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM lived_difference d USING old_rows o WHERE d.home_id = o.id;
  DELETE FROM lived_livedscore s USING old_rows o WHERE s.home_id = o.id;
  RETURN NULL;
END $$;

CREATE TRIGGER lived_note_update AFTER UPDATE ON connections_partnership
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lived_note_ties();
CREATE TRIGGER lived_note_update AFTER UPDATE ON connections_partner
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lived_note_partners();
CREATE TRIGGER lived_note_update AFTER UPDATE ON assets_asset
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lived_note_places();
CREATE TRIGGER lived_note_insert AFTER INSERT ON homes_home
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lived_note_homes();
CREATE TRIGGER lived_note_delete AFTER DELETE ON homes_home
  REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lived_homes_gone();
"""

DROP = """
DROP TRIGGER lived_note_update ON connections_partnership;
DROP TRIGGER lived_note_update ON connections_partner;
DROP TRIGGER lived_note_update ON assets_asset;
DROP TRIGGER lived_note_insert ON homes_home;
DROP TRIGGER lived_note_delete ON homes_home;
DROP FUNCTION lived_note_new();
DROP FUNCTION lived_note_gone();
DROP FUNCTION lived_note_changed();
DROP FUNCTION lived_note_ties();
DROP FUNCTION lived_note_partners();
DROP FUNCTION lived_note_places();
DROP FUNCTION lived_note_homes();
DROP FUNCTION lived_homes_gone();
"""

TRIGGERS = """
CREATE TRIGGER lived_note_insert AFTER INSERT ON {table}
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lived_note_new();
CREATE TRIGGER lived_note_update AFTER UPDATE ON {table}
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lived_note_changed();
CREATE TRIGGER lived_note_delete AFTER DELETE ON {table}
  REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lived_note_gone();
"""

NO_TRIGGERS = """
DROP TRIGGER lived_note_insert ON {table};
DROP TRIGGER lived_note_update ON {table};
DROP TRIGGER lived_note_delete ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("lived", "0001_scores_notes_checks"),
        ("assets", "0001_assets_and_fact_checks"),
        ("cohorts", "0001_programme_cohort_enrolment"),
        ("connections", "0003_reach_two_at_once"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP),
        *(
            migrations.RunSQL(TRIGGERS.format(table=table), NO_TRIGGERS.format(table=table))
            for table in OF_A_HOME
        ),
    ]
