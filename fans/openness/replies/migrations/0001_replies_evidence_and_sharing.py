import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("connections", "0009_reasons_from_a_list"),
        ("homes", "0004_record_changes"),
        ("openness", "0004_wave_life_late_answers_context"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("wishes", "0002_thanks_of_home_of_its_tie"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("connection", "An entry in our log"),
                            ("partnership", "One of our ties"),
                            ("wish", "A wish"),
                            ("home_asset", "Something we offer"),
                            ("url", "A page on the web"),
                            ("words", "Something else, in words"),
                        ],
                        max_length=11,
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=300)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("words_gone_on", models.DateField(blank=True, null=True)),
                ("linked_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "connection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="connections.connection",
                    ),
                ),
                (
                    "home_asset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="homes.homeasset",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="openness.indicator",
                    ),
                ),
                (
                    "linked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="connections.partnership",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_links",
                        to="openness.wave",
                    ),
                ),
                (
                    "wish",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wishes.wish",
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "indicator", "linked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceLinkEvent",
            fields=[
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(db_index=True, editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("connection", "An entry in our log"),
                            ("partnership", "One of our ties"),
                            ("wish", "A wish"),
                            ("home_asset", "Something we offer"),
                            ("url", "A page on the web"),
                            ("words", "Something else, in words"),
                        ],
                        max_length=11,
                        null=True,
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=300, null=True)),
                ("words", models.CharField(blank=True, max_length=200, null=True)),
                ("words_gone_on", models.DateField(blank=True, null=True)),
                ("linked_at", models.DateTimeField(null=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "connection",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="connections.connection",
                    ),
                ),
                (
                    "home_asset",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="homes.homeasset",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="openness.indicator",
                    ),
                ),
                (
                    "linked_by",
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
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="connections.partnership",
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
                        to="replies.evidencelink",
                    ),
                ),
                (
                    "taken_back_by",
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
                    "wave",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="openness.wave",
                    ),
                ),
                (
                    "wish",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="wishes.wish",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=400)),
                ("words_gone_on", models.DateField(blank=True, null=True)),
                ("written_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="openness.indicator",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="openness.wave",
                    ),
                ),
                (
                    "written_by",
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
                "verbose_name_plural": "replies",
                "ordering": ["wave", "written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReplyEvent",
            fields=[
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(db_index=True, editable=False)),
                ("id", models.BigIntegerField()),
                ("words", models.CharField(blank=True, max_length=400, null=True)),
                ("words_gone_on", models.DateField(blank=True, null=True)),
                ("written_at", models.DateTimeField(null=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="openness.indicator",
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
                        to="replies.reply",
                    ),
                ),
                (
                    "taken_back_by",
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
                    "wave",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="openness.wave",
                    ),
                ),
                (
                    "written_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("facilitator", "Our facilitator, before the fortnight is over"),
                            ("cohort", "The teams of the other homes of our cohort"),
                            ("champion", "The community champions of our area"),
                            ("relatives", "Relatives and friends who have an account here"),
                            ("provider", "Our provider’s head office"),
                        ],
                        max_length=11,
                    ),
                ),
                ("shared_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="openness.wave",
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "shared_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ShareEvent",
            fields=[
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(db_index=True, editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("facilitator", "Our facilitator, before the fortnight is over"),
                            ("cohort", "The teams of the other homes of our cohort"),
                            ("champion", "The community champions of our area"),
                            ("relatives", "Relatives and friends who have an account here"),
                            ("provider", "Our provider’s head office"),
                        ],
                        max_length=11,
                        null=True,
                    ),
                ),
                ("shared_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
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
                        to="replies.share",
                    ),
                ),
                (
                    "shared_by",
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
                    "wave",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="openness.wave",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="evidencelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "connection"),
                        ("connection__isnull", False),
                        ("partnership__isnull", True),
                        ("wish__isnull", True),
                        ("home_asset__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("kind", "partnership"),
                        ("connection__isnull", True),
                        ("partnership__isnull", False),
                        ("wish__isnull", True),
                        ("home_asset__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("kind", "wish"),
                        ("connection__isnull", True),
                        ("partnership__isnull", True),
                        ("wish__isnull", False),
                        ("home_asset__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("kind", "home_asset"),
                        ("connection__isnull", True),
                        ("partnership__isnull", True),
                        ("wish__isnull", True),
                        ("home_asset__isnull", False),
                        ("url", ""),
                    ),
                    models.Q(
                        ("kind", "url"),
                        ("connection__isnull", True),
                        ("partnership__isnull", True),
                        ("wish__isnull", True),
                        ("home_asset__isnull", True),
                        models.Q(("url", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", "words"),
                        ("connection__isnull", True),
                        ("partnership__isnull", True),
                        ("wish__isnull", True),
                        ("home_asset__isnull", True),
                        ("url", ""),
                    ),
                    _connector="OR",
                ),
                name="replies_evidence_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "words"), ("words", ""), _negated=True),
                    ("words_gone_on__isnull", False),
                    _connector="OR",
                ),
                name="replies_evidence_has_words",
                violation_error_message="Put a few words.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url", ""),
                    ("url__istartswith", "http://"),
                    ("url__istartswith", "https://"),
                    _connector="OR",
                ),
                name="replies_evidence_web_only",
                violation_error_message="Put a web address: it begins with https://.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_back_at__isnull", True),
                    ("taken_back_at__gte", models.F("linked_at")),
                    _connector="OR",
                ),
                name="replies_evidence_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_back_by__isnull", True),
                    ("taken_back_at__isnull", False),
                    _connector="OR",
                ),
                name="replies_evidence_back_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelink",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "replies_evidencelinkevent" ("id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."id", clock_timestamp(), \'insert\', doing FROM new_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="63906a92720f1b2cff712df9a975c44c607fea01",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_98c62",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="replies_evidencelink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelink",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "replies_evidencelinkevent" ("connection_id", "home_asset_id", "id", "indicator_id", "kind", "linked_at", "linked_by_id", "partnership_id", "taken_back_at", "taken_back_by_id", "url", "wave_id", "wish_id", "words", "words_gone_on", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."connection_id", was."home_asset_id", was."id", was."indicator_id", was."kind", was."linked_at", was."linked_by_id", was."partnership_id", was."taken_back_at", was."taken_back_by_id", was."url", was."wave_id", was."wish_id", was."words", was."words_gone_on", was."id", clock_timestamp(), \'update\', doing FROM old_values was JOIN new_values now ON now."id" = was."id" WHERE (was."connection_id", was."home_asset_id", was."indicator_id", was."kind", was."linked_at", was."linked_by_id", was."partnership_id", was."taken_back_at", was."taken_back_by_id", was."url", was."wave_id", was."wish_id", was."words", was."words_gone_on") IS DISTINCT FROM (now."connection_id", now."home_asset_id", now."indicator_id", now."kind", now."linked_at", now."linked_by_id", now."partnership_id", now."taken_back_at", now."taken_back_by_id", now."url", now."wave_id", now."wish_id", now."words", now."words_gone_on"); IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="c65422e4554fab32c46fea4f0ada83e014cbcea2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e6ef8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="replies_evidencelink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelink",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "replies_evidencelinkevent" ("connection_id", "home_asset_id", "id", "indicator_id", "kind", "linked_at", "linked_by_id", "partnership_id", "taken_back_at", "taken_back_by_id", "url", "wave_id", "wish_id", "words", "words_gone_on", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."connection_id", was."home_asset_id", was."id", was."indicator_id", was."kind", was."linked_at", was."linked_by_id", was."partnership_id", was."taken_back_at", was."taken_back_by_id", was."url", was."wave_id", was."wish_id", was."words", was."words_gone_on", was."id", clock_timestamp(), \'delete\', doing FROM old_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="1a76096f2fca87f9409355ef4cb4c939b2f1fc32",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_663c6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="replies_evidencelink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelinkevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="55b6e1b2be2a44db6fa2f7debf692f2976ac7b53",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4529e",
                    table="replies_evidencelinkevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("wave", "indicator"),
                name="replies_reply_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), ("words_gone_on__isnull", False)),
                    models.Q(
                        models.Q(("words", ""), _negated=True), ("words_gone_on__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="replies_reply_has_words",
                violation_error_message="Put a few words.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_back_at__isnull", True),
                    ("taken_back_at__gte", models.F("written_at")),
                    _connector="OR",
                ),
                name="replies_reply_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_back_by__isnull", True),
                    ("taken_back_at__isnull", False),
                    _connector="OR",
                ),
                name="replies_reply_back_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reply",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "replies_replyevent" ("id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."id", clock_timestamp(), \'insert\', doing FROM new_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="949de4351c18e1ed6d0063aa07eab99657c3455d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_13f42",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="replies_reply",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reply",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "replies_replyevent" ("id", "indicator_id", "taken_back_at", "taken_back_by_id", "wave_id", "words", "words_gone_on", "written_at", "written_by_id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."indicator_id", was."taken_back_at", was."taken_back_by_id", was."wave_id", was."words", was."words_gone_on", was."written_at", was."written_by_id", was."id", clock_timestamp(), \'update\', doing FROM old_values was JOIN new_values now ON now."id" = was."id" WHERE (was."indicator_id", was."taken_back_at", was."taken_back_by_id", was."wave_id", was."words", was."words_gone_on", was."written_at", was."written_by_id") IS DISTINCT FROM (now."indicator_id", now."taken_back_at", now."taken_back_by_id", now."wave_id", now."words", now."words_gone_on", now."written_at", now."written_by_id"); IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="5ceab57219753d6e6c74d2609a9399aace4704c0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_66fd7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="replies_reply",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reply",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "replies_replyevent" ("id", "indicator_id", "taken_back_at", "taken_back_by_id", "wave_id", "words", "words_gone_on", "written_at", "written_by_id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."indicator_id", was."taken_back_at", was."taken_back_by_id", was."wave_id", was."words", was."words_gone_on", was."written_at", was."written_by_id", was."id", clock_timestamp(), \'delete\', doing FROM old_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="18239ccf39c932ae8f1ba231b45510108253c23c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fda08",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="replies_reply",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="replyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="79fb1b089752f94ba1c8333f7d3207219cf7dd25",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d3b99",
                    table="replies_replyevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "audience__in",
                        ["facilitator", "cohort", "champion", "relatives", "provider"],
                    )
                ),
                name="replies_share_audience_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("wave", "audience"),
                name="replies_share_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("ended_at__gte", models.F("shared_at")),
                    _connector="OR",
                ),
                name="replies_share_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_by__isnull", True), ("ended_at__isnull", False), _connector="OR"
                ),
                name="replies_share_ended_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "replies_shareevent" ("id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."id", was."id", clock_timestamp(), \'insert\', doing FROM new_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="eb23e31ffcb5817ed5738fa8b809cbf2013c1a3c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_60ec8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="replies_share",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "replies_shareevent" ("audience", "ended_at", "ended_by_id", "id", "shared_at", "shared_by_id", "wave_id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."audience", was."ended_at", was."ended_by_id", was."id", was."shared_at", was."shared_by_id", was."wave_id", was."id", clock_timestamp(), \'update\', doing FROM old_values was JOIN new_values now ON now."id" = was."id" WHERE (was."audience", was."ended_at", was."ended_by_id", was."shared_at", was."shared_by_id", was."wave_id") IS DISTINCT FROM (now."audience", now."ended_at", now."ended_by_id", now."shared_at", now."shared_by_id", now."wave_id"); IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="248c28f159626a3bd28693bef6c5ab3f7ca0845c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_360a4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="replies_share",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE doing uuid := NULLIF(current_setting('pghistory.context_id', true), '')::uuid;",
                    func='INSERT INTO "replies_shareevent" ("audience", "ended_at", "ended_by_id", "id", "shared_at", "shared_by_id", "wave_id", pgh_obj_id, pgh_created_at, pgh_label, pgh_context_id) SELECT was."audience", was."ended_at", was."ended_by_id", was."id", was."shared_at", was."shared_by_id", was."wave_id", was."id", clock_timestamp(), \'delete\', doing FROM old_values was; IF FOUND AND doing IS NOT NULL THEN PERFORM _pgh_attach_context(); END IF; RETURN NULL;',
                    hash="675ea7b01e6caf544d981773f7e060c2cce488be",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8b81c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="replies_share",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="shareevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="860afb320c725d1ffc1e46eb6281c9f03580a5a2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2d276",
                    table="replies_shareevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
