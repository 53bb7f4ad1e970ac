"""What this room does when a room below says that something changed."""

from collections.abc import Collection
from typing import Any

from fans.openness.services import refresh_open_scores


def on_log_changed(sender: Any, *, home_ids: Collection[int], **kwargs: Any) -> None:
    """Refresh the open wave's score, in the transaction that changed the log."""
    refresh_open_scores(home_ids=home_ids)
