"""Let erasing take somebody's name out of the note of another volunteer's step.

Everybody else still finds that a step of the pathway stands: see ``fans.people.audit``.
"""

from django.db import migrations

_FUNCTION = """
CREATE OR REPLACE FUNCTION volunteers_stageevent_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  {erasing}
  IF TG_OP = 'DELETE' THEN
    PERFORM 1 FROM volunteers_volunteer WHERE id = OLD.volunteer_id;
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  RAISE EXCEPTION 'volunteers_stageevent_append_only: a step of the pathway stands'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'volunteers_stageevent_append_only';
END $$;
"""
_ERASING = """
  IF TG_OP = 'UPDATE' AND current_setting('fans.erasing', true) = 'on' THEN
    RETURN NEW;
  END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0003_history_stands_and_decisions_hold")]

    operations = [
        migrations.RunSQL(_FUNCTION.format(erasing=_ERASING), _FUNCTION.format(erasing=""))
    ]
