from django.contrib.postgres.indexes import GistIndex
from django.contrib.postgres.operations import AddIndexConcurrently, BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL makes the index beside the table's work

    dependencies = [
        ("assets", "0009_lists_with_what_is_stale_last"),
    ]

    operations = [
        BtreeGistExtension(),  # a word beside a point in one GiST index
        AddIndexConcurrently(
            model_name="asset",
            index=GistIndex(
                fields=["category", "location"], name="assets_asset_kind_near_gist"
            ),
        ),
    ]
