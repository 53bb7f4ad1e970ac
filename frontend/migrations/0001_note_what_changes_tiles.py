"""Marks that tell whether what tiles show has changed: see frontend/versions.py."""

from django.db import migrations

# A mark is any number: only their sum, modulo 2^53, is ever looked at. So who writes may
# sum old marks up, in the same transaction, and whoever reads sees no difference.
_MAKE = """
CREATE TABLE frontend_tilechange (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    layer text NOT NULL,
    mark bigint NOT NULL
);
CREATE INDEX frontend_tilechange_of_layer ON frontend_tilechange (layer) INCLUDE (mark);

CREATE FUNCTION frontend_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    noted numeric := floor(random() * 9007199254740992);
    summed numeric;
BEGIN
    -- A repeatable reader could not lock what others have summed up since it began.
    IF random() < 0.02 AND current_setting('transaction_isolation') = 'read committed' THEN
        WITH past AS (
            SELECT id FROM frontend_tilechange WHERE layer = TG_ARGV[0]
            ORDER BY id LIMIT 2000 FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM frontend_tilechange USING past
            WHERE frontend_tilechange.id = past.id RETURNING mark
        )
        SELECT sum(mark) INTO summed FROM gone;
        noted := mod(noted + coalesce(summed, 0), 9007199254740992);
    END IF;
    INSERT INTO frontend_tilechange (layer, mark) VALUES (TG_ARGV[0], noted::bigint);
    RETURN NULL;
END $$;
"""
_WATCHED = {
    "assets_asset": "assets",
    "homes_home": "homes",
    "homes_registration": "homes",
    "geo_postcodecell": "homes",
}
# Always: what copies rows with triggers off, as a replica does, changes tiles too.
_WATCH = """
CREATE TRIGGER frontend_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION frontend_note_change('{layer}');
ALTER TABLE {table} ENABLE ALWAYS TRIGGER frontend_note_change;
"""
_LET_GO = """
DROP TRIGGER frontend_note_change ON {table};
"""
_DROP = """
DROP FUNCTION frontend_note_change();
DROP TABLE frontend_tilechange;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assets", "0001_assets_and_fact_checks"),
        ("homes", "0001_homes_and_registrations"),
        ("geo", "0001_areas_postcodes_places"),
    ]

    operations = [
        migrations.RunSQL(_MAKE, _DROP),
        *(
            migrations.RunSQL(
                _WATCH.format(table=table, layer=layer), _LET_GO.format(table=table)
            )
            for table, layer in _WATCHED.items()
        ),
    ]
