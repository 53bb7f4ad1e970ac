"""A PostgreSQL of one's own in a folder of /tmp, to be killed at will."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg

PLACES = ("/usr/lib/postgresql/*/bin/initdb", "/usr/pgsql-*/bin/initdb")


def find_tools() -> Path | None:
    """Return the folder of the newest PostgreSQL that is installed."""
    found = [path for place in PLACES for path in Path("/").glob(place[1:])]
    if not found and (initdb := shutil.which("initdb")):
        found = [Path(initdb)]
    return max(found).parent if found else None


class Postgres:
    """One server on a socket in its own folder, and on no port."""

    def __init__(self, tools: Path) -> None:
        """Make the server's files and start it."""
        self.tools = tools
        self.folder = Path(tempfile.mkdtemp(prefix="fans-kill-", dir="/tmp"))
        # A server refuses to run as root.
        self.owner = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        if self.owner:
            shutil.chown(self.folder, **self.owner)
        data = ["--pgdata", str(self.folder / "data"), "--username=postgres", "--auth=trust"]
        self._run("initdb", *data, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    def _run(self, tool: str, *arguments: str) -> None:
        command = [str(self.tools / tool), *arguments]
        options = {"cwd": "/", "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        subprocess.run(command, check=True, **options, **self.owner)

    def url(self, database: str) -> str:
        """Return a database's address as settings read it."""
        return f"postgres://postgres@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Return a session, which commits by itself."""
        name = f"host={self.folder} user=postgres dbname={database}"
        return psycopg.connect(name, autocommit=True)

    def start(self, within_s: float = 60) -> None:
        """Start the server, again and again while what was killed lingers."""
        deadline = time.monotonic() + within_s
        while True:
            self._launch()
            while self.process.poll() is None:
                try:
                    self.connect().close()
                except psycopg.OperationalError:
                    time.sleep(0.05)
                else:
                    return
            if time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text()[-2000:])
            time.sleep(0.2)

    def _launch(self) -> None:
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.folder}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.tools / "postgres"), "-D", str(self.folder / "data"), *options],
                cwd="/",
                stdout=log,
                stderr=log,
                **self.owner,
            )

    def kill(self) -> None:
        """End the server and all its sessions as a power cut would."""
        ids = [self.process.pid, *children_of(self.process.pid)]
        for pid in ids:
            kill(pid)
        self.process.wait()

    def remove(self) -> None:
        """Stop the server and delete its files."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        shutil.rmtree(self.folder)


def kill(pid: int) -> None:
    """End a process at once; it may be gone already."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children_of(parent: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found
