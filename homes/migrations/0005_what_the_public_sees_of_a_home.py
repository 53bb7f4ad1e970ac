import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("homes", "0004_record_changes"),
    ]

    operations = [
        TrigramExtension(),  # before the index that needs it
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
