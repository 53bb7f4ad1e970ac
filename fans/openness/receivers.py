"""What this room does when a room below says that something changed."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from fans.openness.lived.services import hold_homes, leave_notes, refresh_held
from fans.openness.services import refresh_open_scores


@transaction.atomic(savepoint=False)
def on_log_changed(
    sender: Any, *, home_ids: Collection[int], holds_places: bool = False, **kwargs: Any
) -> None:
    """Refresh the open waves' scores and the lived parts, with what changed the log.

    Who logs holds the home and then asks for the place. Who holds places already, as a
    merge does, waits for no home: its lived parts are scored within a minute.
    """
    if holds_places:
        refresh_open_scores(home_ids=home_ids)
        leave_notes(home_ids)
        return
    hold_homes(home_ids)
    refresh_open_scores(home_ids=home_ids)
    refresh_held(home_ids)
