from django.contrib.postgres.indexes import OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL makes the index beside the table's work

    dependencies = [
        ("geo", "0004_counts_in_cells"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="place",
            index=models.Index(
                OpClass(Upper("name"), name="text_pattern_ops"), name="geo_place_upper_name"
            ),
        ),
    ]
