"""Runs a command as a child process; measures its time and its highest memory."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from bench.databases import ROOT
from bench.task import BenchError

_SHOWN_LINES: Final = 15
_RSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024  # bytes of ru_maxrss
_LAUNCH: Final = (sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py")))


@dataclass(frozen=True)
class Ended:
    """A child that ended well."""

    seconds: float
    peak_mb: float
    output: str


def run_child(command: Sequence[str], environment: Mapping[str, str]) -> Ended:
    """Run a command to its end.

    The memory is the highest resident set of the child itself, not of the database.

    Raises:
        BenchError: it failed; with the end of what it said.
    """
    with tempfile.NamedTemporaryFile() as measured, tempfile.TemporaryFile() as output:
        since = time.monotonic()
        _wait_for([*_LAUNCH, measured.name, *command], environment, output)
        seconds = time.monotonic() - since
        output.seek(0)
        text = output.read().decode(errors="replace")
        code, _, peak = measured.read().decode().partition(" ")
    if code != "0":
        end = "\n".join(text.splitlines()[-_SHOWN_LINES:])
        name = next((part for part in command[1:] if not part.startswith("-")), command[0])
        raise BenchError(f"{name} ended with {code or 'nothing'}:\n{end}")
    return Ended(seconds, int(peak) * _RSS_UNIT / 1024**2, text)


def _wait_for(
    command: Sequence[str], environment: Mapping[str, str], output: IO[bytes]
) -> None:
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # so that stopping it stops what it started
    )
    try:
        child.wait()
    except BaseException:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise
