"""``load_demo``: make the made-up locality to look around in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from config.demo.ground import ensure_ground
from config.demo.guard import refusal
from config.demo.load import DEFAULT_SEED, is_loaded, load
from config.demo.people import renew_lost_passwords
from config.demo.remove import remove


class Command(BaseCommand):
    """Load the demo where it is missing and allowed."""

    requires_system_checks: list[str] = []  # quick where there is nothing to do
    help = "Make up 20 homes, 300 places and six months of ties over real postcodes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the seed, and whether to begin again."""
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="take the demo away first: what was entered in it is lost",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say that it is there or why it may not be."""
        if reason := refusal():
            raise CommandError(reason, returncode=2)
        if is_loaded() and not options["refresh"]:
            if renew_lost_passwords():
                self.stdout.write("The demo's people have new passwords.")
            self.stdout.write("The demo is already there; --refresh makes it anew.")
            return
        ensure_ground()
        with transaction.atomic():
            remove()
            made = load(seed=options["seed"])
        counted = ", ".join(f"{count} {what}" for what, count in made.items())
        self.stdout.write(f"The demo is loaded: {counted}.")
