"""Indexes to find the records that share a phone, a website, a charity number or a postcode.

The expressions stand here as they are in ``assets.twins.keys``: a test compares them.
"""

from typing import Final

from django.db import migrations

INDEXES: Final = {
    "twins_asset_phone": (
        "(right(regexp_replace(phone, '[^0-9]', '', 'g'), 10)) WHERE phone <> ''"
    ),
    "twins_asset_website": (
        "(rtrim(regexp_replace(lower(website), '^[a-z]+://(www[.])?|[?#].*$', '', 'g'), '/'))"
        " WHERE website <> ''"
    ),
    "twins_asset_charity": (
        "(coalesce(source_values #>> '{outside,charity:ref}',"
        " source_values #>> '{outside,ref:GB:charity}',"
        " substring(source_ref from '^charities/([0-9]+)')))"
        " WHERE coalesce(source_values #>> '{outside,charity:ref}',"
        " source_values #>> '{outside,ref:GB:charity}',"
        " substring(source_ref from '^charities/([0-9]+)')) IS NOT NULL"
    ),
    "twins_asset_postcode": "(postcode) WHERE postcode <> ''",
}


class Migration(migrations.Migration):
    atomic = False  # people go on writing while an index is built

    dependencies = [
        ("twins", "0002_merges_that_can_be_undone"),
        ("assets", "0006_one_record_stands_for_both"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX CONCURRENTLY {name} ON assets_asset {what}",
            f"DROP INDEX CONCURRENTLY {name}",
        )
        for name, what in INDEXES.items()
    ]
