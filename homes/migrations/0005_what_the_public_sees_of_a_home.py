import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("homes", "0004_record_changes"),
    ]

    operations = [
        # Before the index that needs it. Taken back, it stays: other rooms' indexes need it.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="home",
            name="cell",
            field=models.CharField(editable=False, max_length=8, null=True),
        ),
        migrations.AddField(
            model_name="home",
            name="cell_kind",
            field=models.CharField(editable=False, max_length=10, null=True),
        ),
        migrations.AddField(
            model_name="home",
            name="open_beds",
            field=models.IntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="home",
            name="shown_at",
            field=django.contrib.gis.db.models.fields.PointField(
                editable=False, geography=True, null=True, spatial_index=False, srid=4326
            ),
        ),
        migrations.AddField(
            model_name="home",
            name="shown_name",
            field=models.CharField(db_default="", default="", editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name="home",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["shown_at"], name="homes_home_shown_at_gist"
            ),
        ),
        migrations.AddIndex(
            model_name="home",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("shown_name"), name="gin_trgm_ops"
                ),
                name="homes_home_shown_name_trgm",
            ),
        ),
    ]
