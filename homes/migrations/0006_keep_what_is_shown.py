"""Keep what the public sees of each home beside it, by triggers.

``homes/shown.py`` says what it is. It hangs on the home, its open registrations and the
postcode cells, so whichever of them is written, the home's own row trigger decides anew:
it runs with the row held, and so sees what others have committed before it.
"""

from django.db import migrations

SHOW = """
CREATE FUNCTION homes_show() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    near geo_postcodecell%ROWTYPE;
BEGIN
    SELECT sum(beds) INTO NEW.open_beds
      FROM homes_registration WHERE home_id = NEW.id AND until IS NULL;
    SELECT * INTO near FROM geo_postcodecell
     WHERE code IN (left(NEW.postcode, greatest(length(NEW.postcode) - 2, 0)),
                    left(NEW.postcode, greatest(length(NEW.postcode) - 4, 0)))
       AND postcodes_count >= 50
     ORDER BY kind DESC  -- the sector comes before the outcode
     LIMIT 1;
    NEW.cell := near.code;
    NEW.cell_kind := near.kind;
    IF NEW.open_beds < 7 THEN
        NEW.shown_name := 'Small home' || coalesce(' in ' || near.code, '');
        NEW.shown_at := near.location;
    ELSE
        NEW.shown_name := NEW.name;
        NEW.shown_at := NEW.location;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER homes_show BEFORE INSERT OR UPDATE ON homes_home
    FOR EACH ROW EXECUTE FUNCTION homes_show();

CREATE FUNCTION homes_show_registered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE homes_home SET open_beds = open_beds
         WHERE id IN (SELECT home_id FROM after_it);
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE homes_home SET open_beds = open_beds
         WHERE id IN (SELECT home_id FROM before_it);
    ELSE
        UPDATE homes_home SET open_beds = open_beds
         WHERE id IN (
            SELECT unnest(ARRAY[b.home_id, a.home_id])
              FROM before_it b JOIN after_it a USING (id)
             WHERE (b.home_id, b.beds, b.until) IS DISTINCT FROM (a.home_id, a.beds, a.until)
         );
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER homes_show_insert AFTER INSERT ON homes_registration
    REFERENCING NEW TABLE AS after_it
    FOR EACH STATEMENT EXECUTE FUNCTION homes_show_registered();
CREATE TRIGGER homes_show_update AFTER UPDATE ON homes_registration
    REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it
    FOR EACH STATEMENT EXECUTE FUNCTION homes_show_registered();
CREATE TRIGGER homes_show_delete AFTER DELETE ON homes_registration
    REFERENCING OLD TABLE AS before_it
    FOR EACH STATEMENT EXECUTE FUNCTION homes_show_registered();

-- Cells come and go all at once, when postcodes are loaded.
CREATE FUNCTION homes_show_cells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE homes_home SET open_beds = open_beds
     WHERE cell IS DISTINCT FROM (
        SELECT code FROM geo_postcodecell
         WHERE code IN (left(postcode, greatest(length(postcode) - 2, 0)),
                        left(postcode, greatest(length(postcode) - 4, 0)))
           AND postcodes_count >= 50
         ORDER BY kind DESC LIMIT 1
     ) OR open_beds < 7;
    RETURN NULL;
END $$;
CREATE TRIGGER homes_show_cells AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON geo_postcodecell FOR EACH STATEMENT EXECUTE FUNCTION homes_show_cells();

UPDATE homes_home SET open_beds = open_beds;
"""

UNDO = """
DROP TRIGGER homes_show_cells ON geo_postcodecell;
DROP FUNCTION homes_show_cells();
DROP TRIGGER homes_show_insert ON homes_registration;
DROP TRIGGER homes_show_update ON homes_registration;
DROP TRIGGER homes_show_delete ON homes_registration;
DROP FUNCTION homes_show_registered();
DROP TRIGGER homes_show ON homes_home;
DROP FUNCTION homes_show();
"""


class Migration(migrations.Migration):
    """Triggers, and the rows that are there."""

    dependencies = [
        ("homes", "0005_what_the_public_sees_of_a_home"),
        ("geo", "0003_record_changes"),
    ]

    operations = [migrations.RunSQL(SHOW, UNDO)]
