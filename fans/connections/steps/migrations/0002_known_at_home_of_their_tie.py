"""Whom a home knows is tied to that home: a key over both columns keeps the two the same.

Django has no such key, so it is made here. Without a tie there is nothing to compare.
"""

from django.db import migrations

KEY = """
ALTER TABLE steps_acquaintance
  ADD CONSTRAINT steps_acquaintance_home_of_tie
  FOREIGN KEY (partnership_id, home_id) REFERENCES connections_partnership (id, home_id)
  DEFERRABLE INITIALLY IMMEDIATE;
"""

NO_KEY = """
ALTER TABLE steps_acquaintance DROP CONSTRAINT steps_acquaintance_home_of_tie;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("steps", "0001_who_is_known_and_wanted"),
        ("connections", "0004_connection_at_home_of_its_tie"),
    ]

    operations = [migrations.RunSQL(KEY, NO_KEY)]
