from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL makes the index beside the table's work

    dependencies = [
        ("assets", "0008_what_matters_holds_for_every_row"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="asset",
            index=models.Index(
                models.ExpressionWrapper(
                    models.Q(("check_state", "stale")), output_field=models.BooleanField()
                ),
                models.F("name"),
                models.F("id"),
                name="assets_asset_stale_last",
            ),
        ),
    ]
