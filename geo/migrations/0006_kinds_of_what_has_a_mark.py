"""Let a change say of which kind a place with the mark is; a default, so nothing is rewritten.

The table holds what has changed since cells were last folded: few rows to look at.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("geo", "0005_towns_by_the_beginning_of_their_names")]

    operations = [
        migrations.AddField(
            model_name="pyramidchange",
            name="kind",
            field=models.SmallIntegerField(db_default=0),
        ),
        migrations.AddConstraint(
            model_name="pyramidchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", 0),
                    models.Q(("kind__gt", 0), ("kind__lt", 31), ("what__gte", 248)),
                    _connector="OR",
                ),
                name="geo_pyramidchange_kind_of_marked",
            ),
        ),
    ]
