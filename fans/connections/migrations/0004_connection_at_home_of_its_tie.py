"""A row of the log belongs to the home of its tie, whoever writes it.

The log repeats its tie's home, because it is read by home; a key over both columns
keeps the two the same. Django has no such key, so it is made here.
"""

from django.db import migrations, models

KEY = """
ALTER TABLE connections_connection
  ADD CONSTRAINT connections_connection_home_of_tie
  FOREIGN KEY (partnership_id, home_id) REFERENCES connections_partnership (id, home_id)
  DEFERRABLE INITIALLY IMMEDIATE;
"""

NO_KEY = """
ALTER TABLE connections_connection DROP CONSTRAINT connections_connection_home_of_tie;
"""


class Migration(migrations.Migration):
    dependencies = [("connections", "0003_reach_two_at_once")]

    operations = [
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.UniqueConstraint(
                fields=("id", "home"), name="connections_partnership_home"
            ),
        ),
        migrations.RunSQL(KEY, NO_KEY),
    ]
