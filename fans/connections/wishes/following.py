"""A wish waits again where the log entry that granted it was taken back."""

from collections.abc import Collection
from typing import Any

from fans.connections.wishes.models import Wish
from fans.connections.wishes.services.granting import wait_again


def follow_log(sender: Any, *, home_ids: Collection[int], **kwargs: Any) -> None:
    """Hear of a changed log, inside its transaction."""
    wishes = Wish.objects.granted().of_homes(home_ids)
    without = wishes.filter(connection__undone_at__isnull=False, words_gone_on__isnull=True)
    for wish in without.select_for_update(of=("self",)):
        wait_again(wish)
