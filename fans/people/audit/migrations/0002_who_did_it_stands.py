"""What says who made a change stands as firm as the change, and is found by person."""

from django.db import migrations

_LOCK = """
CREATE FUNCTION audit_who_did_it_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('fans.erasing', true) = 'on' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    -- A request may still learn of itself who is behind it, or by which route it came.
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.created_at = OLD.created_at
       AND COALESCE(OLD.metadata->>'person', NEW.metadata->>'person', '')
           = COALESCE(NEW.metadata->>'person', '')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Who made a recorded change stands: see docs/audit.md';
END;
$$;
CREATE TRIGGER audit_who_did_it_stands BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION audit_who_did_it_stands();
"""
_UNLOCK = """
DROP TRIGGER audit_who_did_it_stands ON pghistory_context;
DROP FUNCTION audit_who_did_it_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_access_log_and_locks"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(_LOCK, _UNLOCK),
        migrations.RunSQL(
            "CREATE INDEX audit_context_person ON pghistory_context"
            " ((metadata->>'person'), created_at)",
            "DROP INDEX audit_context_person",
        ),
    ]
