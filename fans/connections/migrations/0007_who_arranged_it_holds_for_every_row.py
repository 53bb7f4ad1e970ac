"""Look through the rows that were there before: others may go on writing meanwhile."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("connections", "0006_who_arranged_it"),
    ]

    operations = [ValidateConstraint("connection", "connections_connection_arranger_known")]
