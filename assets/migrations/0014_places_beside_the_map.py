from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL makes the index beside the table's work

    dependencies = [("assets", "0013_count_the_places_that_stand")]

    operations = [
        AddIndexConcurrently(
            model_name="asset",
            index=models.Index(
                condition=models.Q(
                    ("location__isnull", True), ("visibility", "draft"), _connector="OR"
                ),
                fields=["visibility"],
                name="assets_asset_beside_map",
            ),
        ),
    ]
