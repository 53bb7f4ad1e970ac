"""Writes the page of the docs that says how long what is kept."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from fans.people.privacy.retention_page import as_markdown

PAGE = "docs/retention.md"


class Command(BaseCommand):
    """Write the rules as a page; the same rules and settings make the same page."""

    help = f"Write {PAGE} from the rules and the settings."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take another place to write to."""
        parser.add_argument("file", nargs="?", default=str(settings.BASE_DIR / PAGE))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say where."""
        path = Path(options["file"])
        path.write_text(as_markdown(), encoding="utf-8")
        self.stdout.write(f"Wrote {path.name}.")
