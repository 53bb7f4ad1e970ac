"""Let triggers write of which kind a place with a way in by wheelchair is.

The table is held against writers while the functions change, for a moment: whoever writes
after that writes kinds, and nobody who still writes without is left for what counts the
places that stand (0016).
"""

from django.db import migrations

HOLD = "LOCK TABLE assets_asset IN SHARE ROW EXCLUSIVE MODE;"

FUNCTIONS = """
CREATE OR REPLACE FUNCTION assets_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO geo_pyramidchange (x, y, what, {kind}n)
  SELECT geo_world_x(location), geo_world_y(location),
         what, {of_what}1
    FROM new_rows,
         unnest(assets_cell_whats(category, check_state, could_give, wheelchair)) AS what
   WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION assets_count_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO geo_pyramidchange (x, y, what, {kind}n)
  SELECT geo_world_x(location), geo_world_y(location),
         what, {of_what}-1
    FROM old_rows,
         unnest(assets_cell_whats(category, check_state, could_give, wheelchair)) AS what
   WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION assets_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO geo_pyramidchange (x, y, what, {kind}n)
  SELECT x, y, what, {kind}sum(n)
    FROM (SELECT geo_world_x(location), geo_world_y(location),
                 what, {of_what}1
            FROM new_rows, unnest(
                   assets_cell_whats(category, check_state, could_give, wheelchair)
                 ) AS what
           WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL
           UNION ALL
          SELECT geo_world_x(location), geo_world_y(location),
                 what, {of_what}-1
            FROM old_rows, unnest(
                   assets_cell_whats(category, check_state, could_give, wheelchair)
                 ) AS what
           WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL
         ) AS both_rows (x, y, what, {kind}n)
   GROUP BY x, y, what{and_kind} HAVING sum(n) <> 0;
  RETURN NULL;
END $$;
"""

WITH_KINDS = FUNCTIONS.format(
    kind="kind, ",
    of_what="CASE WHEN what < 248 THEN 0"
    " ELSE assets_cell_what(category, check_state, could_give) >> 3 END, ",
    and_kind=", kind",
)
WITHOUT_KINDS = FUNCTIONS.format(kind="", of_what="", and_kind="")

# Nobody writes kinds any more: what was written so far loses them, and then the cells.
NO_KINDS = """
SELECT pg_advisory_xact_lock(hashtext('geo.pyramid'));
UPDATE geo_pyramidchange SET kind = 0 WHERE kind > 0;
DELETE FROM geo_pyramidcell WHERE key >= 1::bigint << 46;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0014_places_beside_the_map"),
        ("geo", "0006_kinds_of_what_has_a_mark"),
    ]

    operations = [
        migrations.RunSQL(HOLD + WITH_KINDS, HOLD + WITHOUT_KINDS + NO_KINDS),
    ]
