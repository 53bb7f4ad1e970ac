"""Write every change of a public place beside the count pyramid, by triggers.

Triggers, so that imports, merges and plain SQL count too; statement by statement, so that
many rows cost one look. What is written is only ever added: writers wait for nobody.
Kinds and states are numbered by their place in the lists here, which ``assets.cells``
must share: a new one is put at the end.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION assets_cell_counts(visibility text, state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT visibility = 'published' AND state = 'open'
$$;

CREATE FUNCTION assets_cell_what(category text, check_state text, could_give text)
RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (8 * array_position(ARRAY[
    'community_space',
    'youth',
    'school',
    'early_years',
    'college',
    'faith',
    'library_learning',
    'arts_culture',
    'food_drink',
    'shops',
    'hair_beauty',
    'garden_nature',
    'animals',
    'sport',
    'clubs_societies',
    'charity_voluntary',
    'older_people_groups',
    'emergency_services',
    'civic',
    'health_wellbeing',
    'transport_access',
    'business_employer',
    'individual_gift',
    'story_heritage',
    'online'
  ], category) + array_position(ARRAY['fresh', 'due', 'stale'], check_state)
  + CASE WHEN could_give = '' THEN 0 ELSE 3 END)::smallint
$$;

-- Also of the mark 31, where one gets in by wheelchair.
CREATE FUNCTION assets_cell_whats(
  category text, check_state text, could_give text, wheelchair text
) RETURNS smallint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN wheelchair IN ('yes', 'limited')
    THEN ARRAY[what, (248 + (what & 7))::smallint] ELSE ARRAY[what] END
  FROM (SELECT assets_cell_what(category, check_state, could_give)) AS kind (what)
$$;

CREATE FUNCTION assets_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO geo_pyramidchange (x, y, what, n)
  SELECT geo_world_x(location), geo_world_y(location),
         what, 1
    FROM new_rows,
         unnest(assets_cell_whats(category, check_state, could_give, wheelchair)) AS what
   WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL;
  RETURN NULL;
END $$;

CREATE FUNCTION assets_count_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO geo_pyramidchange (x, y, what, n)
  SELECT geo_world_x(location), geo_world_y(location),
         what, -1
    FROM old_rows,
         unnest(assets_cell_whats(category, check_state, could_give, wheelchair)) AS what
   WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL;
  RETURN NULL;
END $$;

CREATE FUNCTION assets_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO geo_pyramidchange (x, y, what, n)
  SELECT x, y, what, sum(n)
    FROM (SELECT geo_world_x(location), geo_world_y(location),
                 what, 1
            FROM new_rows, unnest(
                   assets_cell_whats(category, check_state, could_give, wheelchair)
                 ) AS what
           WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL
           UNION ALL
          SELECT geo_world_x(location), geo_world_y(location),
                 what, -1
            FROM old_rows, unnest(
                   assets_cell_whats(category, check_state, could_give, wheelchair)
                 ) AS what
           WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL
         ) AS both_rows (x, y, what, n)
   GROUP BY x, y, what HAVING sum(n) <> 0;
  RETURN NULL;
END $$;

-- Emptied by DELETE: the tables may be in the same TRUNCATE. The lock is the one of those
-- who fold changes in; taken by a statement before, so that the next sees what they did.
CREATE FUNCTION assets_count_none() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('geo.pyramid'));
  DELETE FROM geo_pyramidchange;
  DELETE FROM geo_pyramidcell;
  RETURN NULL;
END $$;
"""

NO_FUNCTIONS = """
DROP FUNCTION assets_count_none();
DROP FUNCTION assets_count_changed();
DROP FUNCTION assets_count_gone();
DROP FUNCTION assets_count_new();
DROP FUNCTION assets_cell_whats(text, text, text, text);
DROP FUNCTION assets_cell_what(text, text, text);
DROP FUNCTION assets_cell_counts(text, text);
"""

TRIGGERS = """
CREATE TRIGGER geo_cells_insert AFTER INSERT ON assets_asset
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION assets_count_new();
CREATE TRIGGER geo_cells_delete AFTER DELETE ON assets_asset
  REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION assets_count_gone();
CREATE TRIGGER geo_cells_update AFTER UPDATE ON assets_asset
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION assets_count_changed();
CREATE TRIGGER geo_cells_truncate AFTER TRUNCATE ON assets_asset
  FOR EACH STATEMENT EXECUTE FUNCTION assets_count_none();
"""

NO_TRIGGERS = """
DROP TRIGGER geo_cells_truncate ON assets_asset;
DROP TRIGGER geo_cells_update ON assets_asset;
DROP TRIGGER geo_cells_delete ON assets_asset;
DROP TRIGGER geo_cells_insert ON assets_asset;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0011_words_that_are_searched"),
        ("geo", "0004_counts_in_cells"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
