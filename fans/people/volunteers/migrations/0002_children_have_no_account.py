"""A child under 16 cannot sign in; a young volunteer rests when an adult's yes goes."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION volunteers_child_no_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM volunteers_volunteer volunteer
        JOIN people_person person ON person.id = volunteer.person_id
        WHERE volunteer.age_band = 'under-16'
          AND (TG_TABLE_NAME = 'people_person' AND person.id = NEW.id
               OR TG_TABLE_NAME = 'volunteers_volunteer' AND volunteer.id = NEW.id)
          AND (person.email IS NOT NULL
               OR person.password <> '' AND person.password NOT LIKE '!%')
    ) THEN
        RAISE EXCEPTION 'A volunteer under 16 has no account of their own.'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'volunteers_volunteer_child_no_account';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER volunteers_child_no_account
    AFTER INSERT OR UPDATE OF age_band, person_id ON volunteers_volunteer
    FOR EACH ROW EXECUTE FUNCTION volunteers_child_no_account();
CREATE TRIGGER volunteers_child_no_account
    AFTER UPDATE OF email, password ON people_person
    FOR EACH ROW EXECUTE FUNCTION volunteers_child_no_account();
"""
BACKWARD = """
DROP TRIGGER volunteers_child_no_account ON people_person;
DROP TRIGGER volunteers_child_no_account ON volunteers_volunteer;
DROP FUNCTION volunteers_child_no_account();
"""
YES = "volunteers_volunteer_young_adult_yes"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_invitations_and_ended_roles"),
        ("volunteers", "0001_volunteers_and_their_pathway"),
    ]

    operations = [
        migrations.AddField(
            model_name="volunteer",
            name="paused_by_lead",
            field=models.BooleanField(default=False),
        ),
        migrations.RemoveConstraint(model_name="volunteer", name=YES),
        migrations.AddConstraint(
            model_name="volunteer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("age_band", "18+"),
                    ("stage__in", ["applied", "resting", "left"]),
                    ("adult_confirmed_at__isnull", False),
                    _connector="OR",
                ),
                name=YES,
                violation_error_message="Under 18 a parent or leader has to say yes first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="volunteer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paused_by_lead", False), ("stage", "resting"), _connector="OR"
                ),
                name="volunteers_volunteer_paused_rests",
                violation_error_message="Whom a lead has paused rests.",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
