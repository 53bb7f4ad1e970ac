"""Get on with imports in the foreground, where no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand

from intake.models import UNDER_WAY, ImportJob
from intake.running import run_job


class Command(BaseCommand):
    """``run_imports``: reads what waits to be read, writes what waits to be written."""

    help = "Run imports that wait or were cut short, here and now."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each, and say what became of it."""
        waiting = ImportJob.objects.filter(state__in=UNDER_WAY).order_by("pk")
        for job_id in list(waiting.values_list("pk", flat=True)):
            ours = run_job(job_id)
            job = ImportJob.objects.select_related("report").get(pk=job_id)
            said = f": {job.error}" if job.error else ""
            at_it = "" if ours else " (a worker is at it)"
            self.stdout.write(f"{job_id}, {job}: {job.get_state_display()}{at_it}{said}")
        if not ImportJob.objects.filter(state__in=UNDER_WAY).exists():
            self.stdout.write("No import waits.")
