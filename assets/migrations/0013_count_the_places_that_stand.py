"""Count the places that were there before the triggers, while others go on writing.

What all places make, less what triggers have written of them since: both are seen at one
moment, so what is put in is just what is missing.
"""

from typing import Any

from django.db import migrations

TURN = "SELECT pg_advisory_xact_lock(hashtext('geo.pyramid'))"

BUILD = """
    WITH spots AS (
        SELECT geo_world_x(location) AS x, geo_world_y(location) AS y,
               what, 1 AS n
        FROM assets_asset,
             unnest(assets_cell_whats(category, check_state, could_give, wheelchair)) AS what
        WHERE assets_cell_counts(visibility, state) AND location IS NOT NULL
        UNION ALL
        SELECT x, y, what, -n FROM geo_pyramidchange
    ),
    every_sheet AS MATERIALIZED (
        SELECT ((((z::bigint << 12 | (y >> (31 - z))) << 12 | (x >> (31 - z))) << 8 | what)
                << 10) | (((y >> (26 - z)) & 31) << 5) | ((x >> (26 - z)) & 31) AS key,
               sum(n)::int AS n,
               sum(n * ((x >> (19 - z)) & 127))::int AS sx,
               sum(n * ((y >> (19 - z)) & 127))::int AS sy
        FROM spots, generate_series(0, 12) AS z
        GROUP BY 1
    ),
    -- Over any state, over any kind, over any of both; for zooms up to 10.
    summed AS (
        SELECT key & sheet.mask AS key, sum(n) AS n, sum(sx) AS sx, sum(sy) AS sy
        FROM every_sheet,
             (VALUES (~(7::bigint << 10)), (~(31::bigint << 13)), (~(255::bigint << 10)))
             AS sheet (mask)
        WHERE key < 11::bigint << 42
          -- What has the mark 31 is counted by its kind already.
          AND ((key >> 13) & 31 < 31 OR sheet.mask = ~(7::bigint << 10))
        GROUP BY 1
    )
    INSERT INTO geo_pyramidcell (key, n, sx, sy)
    SELECT key, n, sx, sy
    FROM (SELECT * FROM every_sheet UNION ALL SELECT * FROM summed) AS cells
    WHERE (n, sx, sy) <> (0, 0, 0) ORDER BY key
"""


def build(apps: Any, schema_editor: Any) -> None:
    """Put in what is missing."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT FROM assets_asset LIMIT 0")  # before the turn, as all do
        cursor.execute(TURN)
        cursor.execute("SET LOCAL jit = off")
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute("DELETE FROM geo_pyramidcell")  # of a run that was taken back
        cursor.execute(BUILD)


class Migration(migrations.Migration):
    dependencies = [("assets", "0012_places_counted_in_cells")]

    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
