"""Web servers that are measured: ours as bin/run serves it, and those of peers."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from bench.client import HOST, Connection
from bench.databases import ROOT
from bench.task import BenchError

READY_WITHIN_S: Final = 90
_STOP_WITHIN_S: Final = 10
_SHOWN_LINES: Final = 12
GRANIAN: Final = f"-m granian --interface wsgi --host {HOST} --workers 2 --blocking-threads 8"


class Server:
    """A server on a free port of this machine, started and waited for."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        probe: str,
        folder: Path = ROOT,
    ) -> None:
        """Start ``command`` with ``--port`` and wait until ``probe`` is answered.

        Raises:
            BenchError: it ended or did not answer; with the end of what it said.
        """
        self.name, self.port = name, _free_port()
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by stop()
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that stopping it stops its workers
        )
        try:
            self._wait_for(probe)
        except BaseException:
            self.stop()
            raise

    @classmethod
    def ours(cls, environment: Mapping[str, str]) -> Self:
        """Start our site with the command of bin/run, without its respawning."""
        command = [sys.executable, *GRANIAN.split(), "config.wsgi:application"]
        return cls("our site", command, environment, probe="/tiles/assets/16/0/0.mvt")

    def _wait_for(self, probe: str) -> None:
        deadline, said = time.monotonic() + READY_WITHIN_S, "nothing"
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError, BenchError), Connection(self.port) as connection:
                answer = connection.get(probe)
                if answer.status < 400:
                    return
                said = str(answer.status)
            time.sleep(0.2)
        self.log.seek(0)
        end = self.log.read().decode(errors="replace").splitlines()[-_SHOWN_LINES:]
        raise BenchError(f"{self.name} answered {said} at {probe}:\n" + "\n".join(end))

    def stop(self) -> None:
        """End it and all that it started."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_STOP_WITHIN_S)
        self.log.close()


def granian_of(python: Path, application: str) -> list[str]:
    """Return the same command for a peer's own environment."""
    return [str(python), *GRANIAN.split(), application]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port
