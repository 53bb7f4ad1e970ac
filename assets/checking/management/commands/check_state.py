"""Bring every place's check state up to today; the nightly job does the same."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assets.checking.renewing import renew_all


class Command(BaseCommand):
    """``check_state``: say how many places are fresh, due or stale other than before."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew them all and say how many changed."""
        changed = renew_all(today=timezone.localdate())
        self.stdout.write(f"changed {changed}")
