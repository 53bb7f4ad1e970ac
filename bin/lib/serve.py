"""Serve the site and its background jobs until told to stop: the second half of bin/run.

Plain standard library, so that ``--only-check-port`` runs before anything is installed.
"""

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
ANSWER_WITHIN_S = 90
STOP_WITHIN_S = 15
PROGRESS_EVERY_S = 15
LOOK_AT_DATABASE_EVERY_S = 2.0
# How long a process that ended waits before it is started again: twice as long each time,
# until it has lived for a while.
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 30.0
STEADY_AFTER_S = 10.0


class ServingError(Exception):
    """Something that has to run does not; the message is for the person at the console."""


class Child:
    """A process of ours with a log of its own, stopped together with all it started."""

    def __init__(self, name: str, command: Sequence[str], logs: Path) -> None:
        """Start ``command``; the log of the run before stays beside the new one."""
        self.name, self.command = name, command
        self.log = logs / f"{name}.log"
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.1"))
        self.wait_s = FIRST_WAIT_S
        self.again_at: float | None = None
        self.launch()

    def launch(self) -> None:
        """Start the process; it goes on in the same log."""
        self.since = time.monotonic()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us first, and then in order
            )

    def last_lines(self, count: int) -> list[str]:
        """Return the end of the log."""
        with self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - 16_384))
            lines = file.read().decode(errors="replace").splitlines()
        return [line for line in lines if line.strip()][-count:]

    def require_alive(self) -> None:
        """Raise ``ServingError`` with the end of the log when the process has ended."""
        if (code := self.process.poll()) is None:
            return
        end = "\n".join(f"    {line}" for line in self.last_lines(20))
        raise ServingError(
            f"The {self.name} process ended (code {code}). From {self.log}:\n\n{end}"
        )

    def keep_alive(self) -> None:
        """Start the process again some time after it has ended, as when it was killed."""
        now = time.monotonic()
        if self.again_at is not None:
            if now >= self.again_at:
                self.again_at = None
                self.launch()
            return
        if (code := self.process.poll()) is None:
            return
        self.signal_all(signal.SIGKILL)  # what it left behind may hold its port
        if now - self.since > STEADY_AFTER_S:
            self.wait_s = FIRST_WAIT_S
        say(
            f"The {self.name} process ended (code {code}); it starts again in "
            f"{self.wait_s:g} s. See {self.log}"
        )
        self.again_at = now + self.wait_s
        self.wait_s = min(2 * self.wait_s, LONGEST_WAIT_S)

    def signal_all(self, number: signal.Signals) -> None:
        """Send a signal to the process and to everything it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


def say(sentence: str) -> None:
    """Tell the person at the console, who may have closed it."""
    with suppress(OSError):
        print(sentence, flush=True)


def port_problem(port: int) -> str | None:
    """Say why nothing can listen on ``port``, and the way out; None when it is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return (
                    f"Port {port} is taken: something else is already serving there.\n"
                    f"Stop it, or choose another port: bin/run --port {next_free(port)}"
                )
            return f"Port {port} may not be used here: {error.strerror}. Try --port 8001"
    return None


def next_free(port: int) -> int:
    """Return a port near ``port`` that is free now."""
    above = range(port + 1, min(port + 50, 65_536))
    return next((other for other in above if port_problem(other) is None), 8001)


def answers(port: int) -> bool:
    """Say whether the site's first page comes, were it a redirect to https."""
    request = urllib.request.Request(f"http://{HOST}:{port}/", method="GET")
    opener = urllib.request.build_opener(NoRedirects, urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Take a redirect as the answer that it is."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


class Database:
    """The project's own database, started again when it was killed; ``folder`` names it."""

    def __init__(self, folder: Path) -> None:
        """Remember where it is; it runs already."""
        self.folder = folder
        self.next_look = 0.0
        self.wait_s = FIRST_WAIT_S

    def is_up(self) -> bool:
        """Say whether somebody listens at its socket; one that is busy does."""
        with suppress(OSError), socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(5)
            path = (self.folder / "socket").read_text().strip()
            caller.connect(f"{path}/.s.PGSQL.5432")
            return True
        return False

    def keep_up(self) -> None:
        """Start it again where it is gone; each time that fails, wait twice as long."""
        if time.monotonic() < self.next_look:
            return
        if self.is_up():
            self.wait_s = FIRST_WAIT_S
            self.next_look = time.monotonic() + LOOK_AT_DATABASE_EVERY_S
            return
        say("The database has gone; it starts again.")
        again = [str(ROOT / "bin/lib/revive.sh"), str(self.folder)]
        code = subprocess.run(again, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603
        if code == 0 and self.is_up():
            say("The database is there again.")
        self.next_look = time.monotonic() + self.wait_s
        self.wait_s = min(2 * self.wait_s, LONGEST_WAIT_S)


def stop_all(children: Sequence[Child]) -> None:
    """End every child, first kindly, then for good."""
    for child in children:
        child.signal_all(signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN_S
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.1, deadline - time.monotonic()))
        child.signal_all(signal.SIGKILL)
        child.process.wait()


class Site:
    """The web server, the worker, and the postcodes loaded beside them."""

    def __init__(
        self,
        port: int,
        logs: Path,
        postcodes_done: Path | None,
        database: Database | None = None,
    ) -> None:
        """Remember what to start; ``postcodes_done`` is written once all are loaded."""
        self.port, self.logs, self.postcodes_done = port, logs, postcodes_done
        self.database = database
        self.parent = os.getppid()
        self.children: list[Child] = []
        self.loader: Child | None = None
        self.ready = False

    def serve(self) -> None:
        """Serve until a signal or a ``ServingError`` ends it."""
        python = sys.executable
        web = f"-m granian --interface wsgi config.wsgi:application --host {HOST} --workers 2"
        # Each thread holds two connections to the database; the server takes 100 in all.
        steady = "--blocking-threads 8 --respawn-failed-workers --workers-kill-timeout 10"
        self.start("web", [python, *web.split(), *steady.split(), "--port", str(self.port)])
        self.start("worker", [python, "manage.py", "run_worker"])
        self.wait_for_first_page()
        self.start_loading_postcodes()
        while True:
            time.sleep(0.5)
            self.watch()

    def start(self, name: str, command: Sequence[str]) -> Child:
        """Start one more child."""
        child = Child(name, command, self.logs)
        self.children.append(child)
        return child

    def wait_for_first_page(self) -> None:
        """Print the address once the site answers there."""
        deadline = time.monotonic() + ANSWER_WITHIN_S
        while not answers(self.port):
            self.watch()
            if time.monotonic() > deadline:
                raise ServingError(
                    f"The site did not answer in {ANSWER_WITHIN_S} s. See {self.logs}"
                )
            time.sleep(0.2)
        self.ready = True
        say(f"\n    The site is ready: http://{HOST}:{self.port}/\n")
        say(f"    Ctrl-C stops it. What it does is written to {self.logs}\n")

    def start_loading_postcodes(self) -> None:
        """Load the country's postcodes in the background, unless done before."""
        if self.postcodes_done is None or self.postcodes_done.exists():
            return
        say("Loading all postcodes in the background; the site can be used meanwhile.")
        command = [sys.executable, "manage.py", "load_postcodes", "--from", "package"]
        self.loader = self.start("postcodes", ["nice", "-n", "10", *command])
        self.next_progress = time.monotonic() + PROGRESS_EVERY_S
        self.last_progress: list[str] = []

    def watch(self) -> None:
        """Keep everything alive, and tell how far the postcodes are.

        Until the first page has come, what ends at once would only end again.
        """
        if os.getppid() != self.parent:
            raise SystemExit  # bin/run was killed: nobody could stop us any more
        if self.ready and self.database is not None:
            self.database.keep_up()
        for child in self.children:
            if child is self.loader:
                continue
            if self.ready:
                child.keep_alive()
            else:
                child.require_alive()
        if self.loader is not None:
            self.watch_loader(self.loader, self.loader.process.poll())

    def watch_loader(self, loader: Child, code: int | None) -> None:
        """Tell progress now and then, and the end once."""
        if code is None:
            if time.monotonic() < self.next_progress:
                return
            self.next_progress = time.monotonic() + PROGRESS_EVERY_S
            lines = loader.last_lines(1)
            if lines != self.last_progress:
                self.last_progress = lines
                say(f"postcodes: {lines[0]}")
            return
        self.children.remove(loader)
        self.loader = None
        end = " ".join(loader.last_lines(1))
        if code == 0 and self.postcodes_done:
            self.postcodes_done.touch()
            say(f"postcodes: all loaded. {end}")
        else:
            say(f"postcodes: stopped, the next bin/run goes on. {end} See {loader.log}")


def on_signal(number: int, frame: FrameType | None) -> None:
    """Turn a signal into the end of the main loop."""
    raise SystemExit


def serve(port: int, logs: Path, postcodes_done: Path | None, database: Database | None) -> int:
    """Serve until told to stop and return the exit code."""
    site = Site(port, logs, postcodes_done, database)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    code = 0
    try:
        site.serve()
    except SystemExit:
        say("\nStopping the site")
    except ServingError as failure:
        say(f"\n{failure}")
        code = 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    stop_all(site.children)
    return code


def main() -> int:
    """Read the command line and do as it says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--logs", type=Path, default=ROOT / "var/log")
    parser.add_argument("--postcodes-done", type=Path)
    parser.add_argument("--database", type=Path, help="the folder of a database of our own")
    parser.add_argument("--only-check-port", action="store_true")
    options = parser.parse_args()
    if problem := port_problem(options.port):
        print(f"\n{problem}", file=sys.stderr)
        return 1
    if options.only_check_port:
        return 0
    database = Database(options.database) if options.database else None
    return serve(options.port, options.logs, options.postcodes_done, database)


if __name__ == "__main__":
    sys.exit(main())
