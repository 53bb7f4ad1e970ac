"""Environments for peers: each in its own, made on demand; nothing of theirs is ours."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.task import BenchError, Say

_MINUTES: Final = 15


@dataclass(frozen=True)
class Peer:
    """Somebody else's software: a folder with ``requirements.txt`` and a script of ours.

    The requirements are locked by hash, so that a peer is the same on every machine.
    """

    name: str
    folder: Path

    def python(self, environments: Path, say: Say) -> Path:
        """Return the Python of this peer's environment, made anew where the list changed.

        Raises:
            BenchError: it could not be made; most often the machine is offline.
        """
        listed = (self.folder / "requirements.txt").read_bytes()
        place = environments / self.name / ".venv"
        python, stamp = place / "bin" / "python", place / ".installed"
        mark = hashlib.sha256(listed + sys.version.encode()).hexdigest()
        if stamp.exists() and stamp.read_text() == mark:
            return python
        say(f"making an environment for {self.name}")
        place.parent.mkdir(parents=True, exist_ok=True)
        self._run([sys.executable, "-m", "venv", "--clear", str(place)])
        if listed.strip():
            listing = str(self.folder / "requirements.txt")
            install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
            self._run([*install, "--disable-pip-version-check", "-r", listing])
        stamp.write_text(mark)
        return python

    def _run(self, command: list[str]) -> None:
        # Our own packages must not shine through.
        hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
        environment = {key: value for key, value in os.environ.items() if key not in hidden}
        try:
            subprocess.run(
                command,
                check=True,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=60 * _MINUTES,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            said = (error.stderr or b"").decode(errors="replace").strip().splitlines()
            reason = said[-1] if said else "it took too long"
            raise BenchError(f"{self.name} could not be installed: {reason}") from error
