from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0002_who_enrolled_and_noted"),
        ("research", "0001_studies_and_extracts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="extract",
            options={"ordering": ["-taken_at", "-pk"]},
        ),
        migrations.AddConstraint(
            model_name="extract",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="research_extract_has_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="research_study_has_name",
                violation_error_message="A study needs a name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[0-9a-f]{64}$")),
                name="research_study_has_key",
            ),
        ),
    ]
