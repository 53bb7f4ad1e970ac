"""Let no step of a pathway be rewritten, and nobody be alone without a good decision.

A step goes only together with its volunteer: the rule looks at the end of the transaction,
so that whatever deletes a volunteer may delete what hangs on them first. Of a step only
the name of whoever took it may be forgotten. Django knows no such rules.
"""

from django.db import migrations, models

RULES = """
CREATE FUNCTION volunteers_stageevent_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM 1 FROM volunteers_volunteer WHERE id = OLD.volunteer_id;
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  RAISE EXCEPTION 'volunteers_stageevent_append_only: a step of the pathway stands'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'volunteers_stageevent_append_only';
END $$;
CREATE TRIGGER volunteers_stageevent_no_update BEFORE UPDATE ON volunteers_stageevent
  FOR EACH ROW WHEN (
    (OLD.id, OLD.volunteer_id, OLD.stage, OLD.at, OLD.note)
      IS DISTINCT FROM (NEW.id, NEW.volunteer_id, NEW.stage, NEW.at, NEW.note)
    OR NEW.by_id IS NOT NULL AND NEW.by_id IS DISTINCT FROM OLD.by_id
  ) EXECUTE FUNCTION volunteers_stageevent_append_only();
CREATE CONSTRAINT TRIGGER volunteers_stageevent_no_delete
  AFTER DELETE ON volunteers_stageevent DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION volunteers_stageevent_append_only();

CREATE FUNCTION volunteers_volunteer_alone_needs_decision() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  who bigint;
  latest text;
BEGIN
  IF TG_TABLE_NAME = 'volunteers_volunteer' THEN who := NEW.id;
  ELSIF TG_OP = 'DELETE' THEN who := OLD.volunteer_id;
  ELSE who := NEW.volunteer_id; END IF;
  PERFORM 1 FROM volunteers_volunteer WHERE id = who AND may_be_alone;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT decided.outcome INTO latest
    FROM volunteers_vetting decided
    JOIN volunteers_volunteer vol
      ON vol.id = decided.volunteer_id AND vol.role_slug = decided.role_slug
   WHERE vol.id = who AND decided.outcome <> 'waiting'
   ORDER BY decided.decided_on DESC, decided.id DESC LIMIT 1;
  IF latest IS DISTINCT FROM 'ok' THEN
    RAISE EXCEPTION 'volunteers_volunteer_alone_needs_decision: no decision lets % be alone', who
      USING ERRCODE = 'check_violation',
        CONSTRAINT = 'volunteers_volunteer_alone_needs_decision';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER volunteers_volunteer_alone_needs_decision
  AFTER INSERT OR UPDATE ON volunteers_volunteer DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.may_be_alone)
  EXECUTE FUNCTION volunteers_volunteer_alone_needs_decision();
CREATE CONSTRAINT TRIGGER volunteers_vetting_keeps_alone
  AFTER INSERT OR UPDATE OR DELETE ON volunteers_vetting DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION volunteers_volunteer_alone_needs_decision();
"""

NO_RULES = """
DROP TRIGGER volunteers_vetting_keeps_alone ON volunteers_vetting;
DROP TRIGGER volunteers_volunteer_alone_needs_decision ON volunteers_volunteer;
DROP FUNCTION volunteers_volunteer_alone_needs_decision();
DROP TRIGGER volunteers_stageevent_no_delete ON volunteers_stageevent;
DROP TRIGGER volunteers_stageevent_no_update ON volunteers_stageevent;
DROP FUNCTION volunteers_stageevent_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0002_children_have_no_account")]

    operations = [
        migrations.AddConstraint(
            model_name="volunteer",
            constraint=models.CheckConstraint(
                condition=~models.Q(stage__in=["checked", "inducted", "active"])
                | ~models.Q(role_slug=""),
                name="volunteers_volunteer_cleared_for_role",
                violation_error_message="Choose first what they would do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vetting",
            constraint=models.UniqueConstraint(
                condition=models.Q(outcome="waiting"),
                fields=("volunteer",),
                name="volunteers_vetting_one_waiting",
                violation_error_message="A check is waiting already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vetting",
            constraint=models.CheckConstraint(
                condition=~models.Q(level_reason__regex=r"[0-9]([ .\/-]?[0-9]){8}"),
                name="volunteers_vetting_no_number",
                violation_error_message="No certificate number is kept here.",
            ),
        ),
        migrations.RunSQL(RULES, NO_RULES),
    ]
