"""Look through the rows that were there before: others may go on writing meanwhile."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

NAMES = (
    "assets_asset_step_free_known",
    "assets_asset_wheelchair_toilet_known",
    "assets_asset_accessible_parking_known",
    "assets_asset_hearing_loop_known",
    "assets_asset_seating_known",
    "assets_asset_quiet_known",
    "assets_asset_cost_kind_known",
    "assets_asset_ages_of_people",
    "assets_asset_ages_in_order",
    "assets_asset_closed_in_order",
    "assets_asset_closed_dated",
)


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0007_what_matters_on_an_outing"),
    ]

    operations = [ValidateConstraint("asset", name) for name in NAMES]
