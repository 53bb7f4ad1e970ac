"""Count the places with a way in by their kinds, while others go on writing.

What all places make, less what triggers have written of their kinds since 0015: both are
seen at one moment, so what is put in is just what is missing.
"""

from typing import Any

from django.db import migrations

TURN = "SELECT pg_advisory_xact_lock(hashtext('geo.pyramid'))"

BUILD = """
    WITH spots AS (
        SELECT geo_world_x(location) AS x, geo_world_y(location) AS y,
               assets_cell_what(category, check_state, could_give) AS sheet, 1 AS n
        FROM assets_asset
        WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL
          AND wheelchair IN ('yes', 'limited')
        UNION ALL
        SELECT x, y, kind << 3 | (what & 7), -n FROM geo_pyramidchange WHERE kind > 0
    ),
    every_state AS MATERIALIZED (
        SELECT 1::bigint << 46
                | ((((z::bigint << 12 | (y >> (31 - z))) << 12 | (x >> (31 - z))) << 8 | sheet)
                << 10) | (((y >> (26 - z)) & 31) << 5) | ((x >> (26 - z)) & 31) AS key,
               sum(n)::int AS n,
               sum(n * ((x >> (19 - z)) & 127))::int AS sx,
               sum(n * ((y >> (19 - z)) & 127))::int AS sy
        FROM spots, generate_series(0, 12) AS z
        GROUP BY 1
    ),
    -- For zooms up to 10.
    any_state AS (
        SELECT key & ~(7::bigint << 10) AS key, sum(n) AS n, sum(sx) AS sx, sum(sy) AS sy
        FROM every_state WHERE key < (1::bigint << 46) + (11::bigint << 42)
        GROUP BY 1
    )
    INSERT INTO geo_pyramidcell (key, n, sx, sy)
    SELECT key, n, sx, sy
    FROM (SELECT * FROM every_state UNION ALL SELECT * FROM any_state) AS cells
    WHERE (n, sx, sy) <> (0, 0, 0) ORDER BY key
"""


def build(apps: Any, schema_editor: Any) -> None:
    """Put in what is missing."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT FROM assets_asset LIMIT 0")  # before the turn, as all do
        cursor.execute(TURN)
        cursor.execute("SET LOCAL jit = off")
        cursor.execute("SET LOCAL work_mem = '128MB'")
        # What has been folded in since 0015: it is counted with the rest.
        cursor.execute("DELETE FROM geo_pyramidcell WHERE key >= 1::bigint << 46")
        cursor.execute(BUILD)


class Migration(migrations.Migration):
    dependencies = [("assets", "0015_changes_tell_the_kind_with_a_way_in")]

    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
