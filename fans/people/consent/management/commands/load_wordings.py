"""Stores what people are asked to agree to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fans.people.consent.errors import WordingChangedError
from fans.people.consent.services import load_wordings


class Command(BaseCommand):
    """Store new wordings, and make sure that no published one was changed."""

    help = "Store new wordings of fixtures/consent; stop where a published one was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Store, and say how many."""
        try:
            new = load_wordings()
        except WordingChangedError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{new} new wording{'' if new == 1 else 's'}.")
