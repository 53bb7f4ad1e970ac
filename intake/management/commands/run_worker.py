"""Run background jobs, beginning with the imports that were cut short."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from intake.tasks import resume_jobs


class Command(BaseCommand):
    """``run_worker``: what ``procrastinate worker`` does, without a minute's wait."""

    help = "Run background jobs until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for what was cut short, then work."""
        resume_jobs()
        call_command("procrastinate", "worker")
