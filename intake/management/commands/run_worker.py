"""Run background jobs, beginning with the imports that were cut short."""

import asyncio
import signal
from collections.abc import Iterable
from typing import Any, Final

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from intake.tasks import resume_jobs

OWN_QUEUES: Final = ["mail"]
"""Queues with hands of their own: somebody who waits for a sign-in code does not wait for
imports."""
Worker = asyncio.Task[None]


class Command(BaseCommand):
    """``run_worker``: what ``procrastinate worker`` does, without a minute's wait."""

    help = "Run background jobs until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for what was cut short, then work."""
        resume_jobs()
        connector: Any = app.connector
        with app.replace_connector(connector.get_worker_connector()):
            asyncio.run(work())


async def work() -> None:
    """Run one worker for everything and one for what must not wait, until told to stop."""
    async with app.open_async():
        # The library's handler of signals would only hear for the last worker.
        workers = (
            asyncio.create_task(app.run_worker_async(install_signal_handlers=False)),
            asyncio.create_task(
                app.run_worker_async(
                    name="mail", queues=OWN_QUEUES, install_signal_handlers=False
                )
            ),
        )
        told: set[Worker] = set()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, _stop, workers, told)
        # A worker that lost its database ends; the whole process starts anew then.
        await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
        _stop(workers, told)
        ended = await asyncio.gather(*workers, return_exceptions=True)
    for outcome in ended:
        if isinstance(outcome, Exception):
            raise outcome


def _stop(workers: Iterable[Worker], told: set[Worker]) -> None:
    """Let jobs at hand be finished; told twice, a worker would drop them."""
    for worker in set(workers) - told:
        told.add(worker)
        worker.cancel()
