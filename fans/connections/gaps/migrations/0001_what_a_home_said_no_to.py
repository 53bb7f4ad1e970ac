import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("assets", "0010_nearest_of_each_kind"),
        ("homes", "0004_record_changes"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dismissal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("not_now", "Not now"),
                            ("no_staff", "Nobody free to take it on"),
                            ("too_far", "Too far for us"),
                            ("getting_in", "Too hard to get in"),
                            ("known", "We know them already"),
                            ("not_for_us", "Not for us"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "words",
                    models.CharField(blank=True, max_length=200, verbose_name="in a few words"),
                ),
                ("said_on", models.DateField()),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assets.asset",
                    ),
                ),
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
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dismissals",
                        to="homes.home",
                    ),
                ),
            ],
            options={
                "ordering": ["-said_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DismissalEvent",
            fields=[
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(db_index=True, editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("not_now", "Not now"),
                            ("no_staff", "Nobody free to take it on"),
                            ("too_far", "Too far for us"),
                            ("getting_in", "Too hard to get in"),
                            ("known", "We know them already"),
                            ("not_for_us", "Not for us"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        null=True,
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="in a few words"
                    ),
                ),
                ("said_on", models.DateField(null=True)),
                (
                    "asset",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="assets.asset",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
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
                    "home",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homes.home",
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
                        to="gaps.dismissal",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.UniqueConstraint(
                fields=("home", "asset"), name="gaps_dismissal_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "not_now",
                            "no_staff",
                            "too_far",
                            "getting_in",
                            "known",
                            "not_for_us",
                            "other",
                        ],
                    )
                ),
                name="gaps_dismissal_reason_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dismissal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "gaps_dismissalevent" ("id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."id", clock_timestamp(), \'insert\', doing FROM new_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="b6a270e55cf898d90ca1f7ea7f4d83dcf1f4071b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3da4d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="gaps_dismissal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dismissal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "gaps_dismissalevent" ("asset_id", "by_id", "home_id", "id", "reason", "said_on", "words", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."asset_id", was."by_id", was."home_id", was."id", was."reason", was."said_on", was."words", was."id", clock_timestamp(), \'update\', doing FROM old_values was JOIN new_values now ON now."id" = was."id" WHERE (was."asset_id", was."by_id", was."home_id", was."reason", was."said_on", was."words") IS DISTINCT FROM (now."asset_id", now."by_id", now."home_id", now."reason", now."said_on", now."words"); IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="394c3f49139c8399529f78606a6efb8764be2c99",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_317bf",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="gaps_dismissal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dismissal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "gaps_dismissalevent" ("asset_id", "by_id", "home_id", "id", "reason", "said_on", "words", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."asset_id", was."by_id", was."home_id", was."id", was."reason", was."said_on", was."words", was."id", clock_timestamp(), \'delete\', doing FROM old_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="c156f5e32974112ebdc82c8e13c4dc4751bb1afb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_999c0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="gaps_dismissal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dismissalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b052227067ab81afcd52f5425b9f4c32c2dc5db7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f791b",
                    table="gaps_dismissalevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
