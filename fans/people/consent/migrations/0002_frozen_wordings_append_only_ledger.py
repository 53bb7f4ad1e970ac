"""Refuse any change to a published wording, and to what an entry of the ledger says.

Of an entry only its end may be written, and a person who acted be forgotten. A yes is to a
wording of its own purpose, and best interests are recorded by somebody: Django knows no
such rules, so they are made here.
"""

from django.db import migrations

RULES = """
ALTER TABLE consent_consent
  ADD CONSTRAINT consent_consent_purpose_of_wording
  FOREIGN KEY (wording_id, purpose) REFERENCES consent_wording (id, purpose)
  DEFERRABLE INITIALLY IMMEDIATE;

CREATE FUNCTION consent_wording_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'consent_wording_frozen: % version % is published and cannot change',
    OLD.purpose, OLD.version
    USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_wording_frozen';
END $$;
CREATE TRIGGER consent_wording_frozen BEFORE UPDATE OR DELETE ON consent_wording
  FOR EACH ROW EXECUTE FUNCTION consent_wording_frozen();

CREATE FUNCTION consent_consent_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'consent_consent_append_only: what was agreed is never rewritten'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_consent_append_only';
END $$;
CREATE TRIGGER consent_consent_append_only BEFORE UPDATE ON consent_consent
  FOR EACH ROW WHEN (
    (OLD.person_id, OLD.wording_id, OLD.purpose, OLD.scope, OLD.how, OLD.given_at,
     OLD.recorded_at)
    IS DISTINCT FROM
    (NEW.person_id, NEW.wording_id, NEW.purpose, NEW.scope, NEW.how, NEW.given_at,
     NEW.recorded_at)
    OR NEW.given_by_id IS NOT NULL AND NEW.given_by_id IS DISTINCT FROM OLD.given_by_id
    OR NEW.recorded_by_id IS NOT NULL AND NEW.recorded_by_id IS DISTINCT FROM OLD.recorded_by_id
  ) EXECUTE FUNCTION consent_consent_append_only();

CREATE FUNCTION consent_consent_recorded_by_somebody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'consent_consent_recorded_by_somebody: best interests need a name'
    USING ERRCODE = 'check_violation',
      CONSTRAINT = 'consent_consent_recorded_by_somebody';
END $$;
CREATE TRIGGER consent_consent_recorded_by_somebody BEFORE INSERT ON consent_consent
  FOR EACH ROW WHEN (NEW.scope = 'best_interests' AND NEW.recorded_by_id IS NULL)
  EXECUTE FUNCTION consent_consent_recorded_by_somebody();
"""

NO_RULES = """
DROP TRIGGER consent_consent_recorded_by_somebody ON consent_consent;
DROP FUNCTION consent_consent_recorded_by_somebody();
DROP TRIGGER consent_consent_append_only ON consent_consent;
DROP FUNCTION consent_consent_append_only();
DROP TRIGGER consent_wording_frozen ON consent_wording;
DROP FUNCTION consent_wording_frozen();
ALTER TABLE consent_consent DROP CONSTRAINT consent_consent_purpose_of_wording;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_ledger_of_consents")]

    operations = [migrations.RunSQL(RULES, NO_RULES)]
