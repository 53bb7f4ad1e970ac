"""Put reasons that were written freely into words, and look through the rows there were."""

from typing import Any

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations
from django.db.models import F

KNOWN = ("", "not_now", "not_for_us", "too_far", "no_room", "no_staff", "lost_touch", "other")
NAMES = (
    "connections_partnership_reason_known",
    "connections_partnership_words_declined",
    "connections_partnership_side_known",
)


def into_words(apps: Any, schema_editor: Any) -> None:
    """Keep what was written as words; its reason is something else."""
    ties = apps.get_model("connections", "Partnership").objects
    written = ties.exclude(declined_reason__in=KNOWN)
    written.update(declined_words=F("declined_reason"), declined_reason="other")


class Migration(migrations.Migration):
    dependencies = [
        ("connections", "0008_why_a_tie_was_declined"),
    ]

    operations = [
        migrations.RunPython(into_words, migrations.RunPython.noop),
        *(ValidateConstraint("partnership", name) for name in NAMES),
    ]
