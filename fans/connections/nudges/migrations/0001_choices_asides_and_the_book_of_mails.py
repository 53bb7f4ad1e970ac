"""What somebody wants of reminders, put off or closed, and the book of mails."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assets", "0010_nearest_of_each_kind"),  # a word beside a span of days in one index
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Aside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("thing_id", models.PositiveBigIntegerField()),
                ("newest", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "It is done"),
                            ("somebody", "Somebody else does it"),
                            ("not_needed", "It is not needed"),
                            ("wrong", "It is not right"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nudges_aside",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-said_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AsideEvent",
            fields=[
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(db_index=True, editable=False)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=10, null=True)),
                ("thing_id", models.PositiveBigIntegerField(null=True)),
                ("newest", models.DateField(null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "It is done"),
                            ("somebody", "Somebody else does it"),
                            ("not_needed", "It is not needed"),
                            ("wrong", "It is not right"),
                        ],
                        max_length=10,
                        null=True,
                    ),
                ),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="nudges.aside",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("due_on", models.DateField()),
                ("things_count", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nudges_mailings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("thing_id", models.PositiveBigIntegerField()),
                ("due_on", models.DateField()),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="nudges.mailing",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nudges_told",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "told",
            },
        ),
        migrations.CreateModel(
            name="Wanted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("weekly", "Once a week"),
                            ("daily", "On each day that brings something new"),
                            ("none", "Not at all"),
                        ],
                        default="weekly",
                        max_length=6,
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=0,
                    ),
                ),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nudges_wanted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "wanted",
            },
        ),
        migrations.CreateModel(
            name="WantedEvent",
            fields=[
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(db_index=True, editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("weekly", "Once a week"),
                            ("daily", "On each day that brings something new"),
                            ("none", "Not at all"),
                        ],
                        default="weekly",
                        max_length=6,
                        null=True,
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=0,
                        null=True,
                    ),
                ),
                (
                    "chosen_at",
                    models.DateTimeField(default=django.utils.timezone.now, null=True),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="nudges.wanted",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="aside",
            constraint=models.UniqueConstraint(
                fields=("person", "kind", "thing_id"), name="nudges_aside_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="aside",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "follow_up",
                            "invitation",
                            "quick",
                            "match",
                            "quiet",
                            "wish",
                            "hand_over",
                        ],
                    )
                ),
                name="nudges_aside_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="aside",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("until__isnull", False)),
                    models.Q(
                        ("reason__in", ["done", "somebody", "not_needed", "wrong"]),
                        ("until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="nudges_aside_later_or_closed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aside",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "nudges_asideevent" ("id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."id", clock_timestamp(), \'insert\', doing FROM new_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="700bbb1ae56c83b8df9b84bed8ecc35e1e44adef",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e27f4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="nudges_aside",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aside",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "nudges_asideevent" ("id", "kind", "newest", "person_id", "reason", "said_at", "thing_id", "until", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."kind", was."newest", was."person_id", was."reason", was."said_at", was."thing_id", was."until", was."id", clock_timestamp(), \'update\', doing FROM old_values was JOIN new_values now ON now."id" = was."id" WHERE (was."kind", was."newest", was."person_id", was."reason", was."said_at", was."thing_id", was."until") IS DISTINCT FROM (now."kind", now."newest", now."person_id", now."reason", now."said_at", now."thing_id", now."until"); IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="16a48ad6211260c55fa322d1445de94989301494",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_84766",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="nudges_aside",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aside",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "nudges_asideevent" ("id", "kind", "newest", "person_id", "reason", "said_at", "thing_id", "until", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."kind", was."newest", was."person_id", was."reason", was."said_at", was."thing_id", was."until", was."id", clock_timestamp(), \'delete\', doing FROM old_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="5e78cf3267c35e93676064fcfde6683cf5b30205",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a3cfc",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="nudges_aside",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="asideevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d2ddf8d85f93bd7ceb5c86c8951f59c95266a97d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e4944",
                    table="nudges_asideevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(
                fields=("person", "day"), name="nudges_mailing_one_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(
                fields=("person", "due_on"), name="nudges_mailing_once_for_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__lte", models.F("day"))),
                name="nudges_mailing_not_before_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "follow_up",
                            "invitation",
                            "quick",
                            "match",
                            "quiet",
                            "wish",
                            "hand_over",
                        ],
                    )
                ),
                name="nudges_told_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("person", "="),
                    ("kind", "="),
                    ("thing_id", "="),
                    (
                        models.Func(
                            models.F("due_on"),
                            template="daterange(%(expressions)s, %(expressions)s + 7)",
                        ),
                        "&&",
                    ),
                ],
                name="nudges_told_once_a_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="wanted",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["weekly", "daily", "none"])),
                name="nudges_wanted_how_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="wanted",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__lte", 6)), name="nudges_wanted_weekday_0_6"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wanted",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "nudges_wantedevent" ("id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."id", clock_timestamp(), \'insert\', doing FROM new_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="790072cf73be9bf63f73a8b4a338ca6e30582fb6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9df9c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="nudges_wanted",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wanted",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "nudges_wantedevent" ("chosen_at", "how", "id", "person_id", "weekday", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."chosen_at", was."how", was."id", was."person_id", was."weekday", was."id", clock_timestamp(), \'update\', doing FROM old_values was JOIN new_values now ON now."id" = was."id" WHERE (was."chosen_at", was."how", was."person_id", was."weekday") IS DISTINCT FROM (now."chosen_at", now."how", now."person_id", now."weekday"); IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="b003c2bc67af015f1cee4be04d6dc0a882f3217b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2779b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="nudges_wanted",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wanted",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "nudges_wantedevent" ("chosen_at", "how", "id", "person_id", "weekday", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."chosen_at", was."how", was."id", was."person_id", was."weekday", was."id", clock_timestamp(), \'delete\', doing FROM old_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="5f31ba8d6a004923f6d1870b30a921eb14894d4c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_93ec1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="nudges_wanted",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wantedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5b9b919deae51c7312a5299017fa357106b02ba2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cd6ba",
                    table="nudges_wantedevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
