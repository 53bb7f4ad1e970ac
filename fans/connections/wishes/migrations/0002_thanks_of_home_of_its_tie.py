"""A thank-you belongs to the home of its tie, whoever writes it.

It repeats its tie's home; a key over both columns keeps the two the same. Django has no
such key, so it is made here.
"""

from django.db import migrations

KEY = """
ALTER TABLE wishes_thanks
  ADD CONSTRAINT wishes_thanks_home_of_tie
  FOREIGN KEY (partnership_id, home_id) REFERENCES connections_partnership (id, home_id)
  DEFERRABLE INITIALLY IMMEDIATE;
"""

NO_KEY = """
ALTER TABLE wishes_thanks DROP CONSTRAINT wishes_thanks_home_of_tie;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("wishes", "0001_wishes_and_thanks"),
        ("connections", "0004_connection_at_home_of_its_tie"),
    ]

    operations = [migrations.RunSQL(KEY, NO_KEY)]
