"""Run background jobs, beginning with the imports that were cut short."""

import asyncio
import signal
from typing import Any, Final

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from intake.tasks import resume_jobs

OWN_QUEUES: Final = ["mail"]
"""Queues with hands of their own: somebody who waits for a sign-in code does not wait for
imports."""


class Command(BaseCommand):
    """``run_worker``: what ``procrastinate worker`` does, without a minute's wait."""

    help = "Run background jobs until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for what was cut short, then work."""
        resume_jobs()
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(work())


async def work() -> None:
    """Run one worker for everything and one for what must not wait, until told to stop."""
    async with app.open_async():
        workers = [
            asyncio.ensure_future(app.run_worker_async(name=name, **on, **_QUIETLY))
            for name, on in (("worker", {}), ("mail", {"queues": OWN_QUEUES}))
        ]
        _stop_on_signals(workers)
        # A worker that lost its database ends; the whole process starts anew then.
        await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
        _stop(workers)
        ended = await asyncio.gather(*workers, return_exceptions=True)
    for outcome in ended:
        if isinstance(outcome, Exception):
            raise outcome


# One handler of signals for both: the library's would only hear for the last worker.
_QUIETLY: Final[dict[str, Any]] = {"install_signal_handlers": False}


def _stop_on_signals(workers: list[asyncio.Future[Any]]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, workers)


def _stop(workers: list[asyncio.Future[Any]]) -> None:
    """Let jobs at hand be finished; a second call changes nothing."""
    for worker in workers:
        if not worker.done() and not getattr(worker, "was_told", False):
            worker.was_told = True  # type: ignore[attr-defined]
            worker.cancel()
