"""Indexes to find what lies around thousands of points at once, and rare names anywhere.

The index of places answers how far something is; for "is there anything at all" a number
of the square that it lies in costs a hundredth. The expressions stand here as they are in
``assets.twins.keys``: a test compares them.
"""

from typing import Final

from django.db import migrations

INDEXES: Final = {
    "twins_asset_square": (
        "((floor(ST_Y(location::geometry) * 400)::bigint * 1000000"
        " + floor(ST_X(location::geometry) * 210)::bigint)) WHERE location IS NOT NULL"
    ),
    "twins_asset_name": "(regexp_replace(lower(name), '[^a-z0-9]+', '', 'g'))",
}


class Migration(migrations.Migration):
    atomic = False  # people go on writing while an index is built

    dependencies = [("twins", "0003_keys_that_records_are_found_by")]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX CONCURRENTLY {name} ON assets_asset {what}",
            f"DROP INDEX CONCURRENTLY {name}",
        )
        for name, what in INDEXES.items()
    ]
