import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("privacy", "0001_retention_runs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("erased_id", models.BigIntegerField(unique=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("self", "They did it themselves"),
                            ("request", "They asked an administrator"),
                        ],
                        max_length=7,
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["self", "request"])),
                        name="privacy_erasure_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by__isnull", True), ("reason", "request"), _connector="OR"
                        ),
                        name="privacy_erasure_self_unnamed",
                    ),
                ],
            },
        ),
    ]
