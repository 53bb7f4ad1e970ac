"""Refuse any change to a published instrument: a stored score must stay explainable."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION openness_instrument_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'openness_instrument_frozen: instrument % is published and cannot change',
    OLD.version USING ERRCODE = 'check_violation', CONSTRAINT = 'openness_instrument_frozen';
END $$;
CREATE TRIGGER openness_instrument_frozen BEFORE UPDATE OR DELETE ON openness_instrument
  FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
  EXECUTE FUNCTION openness_instrument_frozen();
"""

THAW = """
DROP TRIGGER openness_instrument_frozen ON openness_instrument;
DROP FUNCTION openness_instrument_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("openness", "0001_instrument_waves_score")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
