"""``users``: a thousand people look around the map for five minutes."""

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.child import run_child
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.map_task import ENVIRONMENTS, MapTask
from bench.peers import Peer
from bench.report import number
from bench.servers import Server
from bench.task import BenchError, Goal, SkippedError

OURS: Final = "our site, two workers"
LOCUST: Final = Peer("locust", ROOT / "bench" / "users")
STEPS: Final = ("map page", "list", "tile", "search", "place page")
ERRORS, REQUESTS = "errors", "requests a second"
EARLY_MB, LATE_MB = "workers, first half, MB", "workers, last tenth, MB"
_SAMPLE_S: Final = 2
_FLAT: Final = 1.1
_SPOTS: Final = """
SELECT ST_X(location::geometry), ST_Y(location::geometry) FROM assets_asset
 WHERE visibility = 'published' AND state = 'open' AND location IS NOT NULL
 ORDER BY md5(id::text) LIMIT 500
"""


@dataclass
class Memory:
    """What a server's processes hold together, sampled until it is told to stop."""

    group: int
    mb: list[float] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Write down the memory every few seconds."""
        while not self.stop.wait(_SAMPLE_S):
            self.mb.append(sum(_resident_mb(path) for path in _processes(self.group)))


def _processes(group: int) -> list[Path]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(path.name)) == group:
                found.append(path)
        except ProcessLookupError:
            continue
    return found


def _resident_mb(process: Path) -> float:
    """Return what a process alone holds, and its share of what several hold."""
    try:
        told = (process / "smaps_rollup").read_text()
    except OSError:
        return 0.0
    (kb,) = (line.split()[1] for line in told.splitlines() if line.startswith("Pss:"))
    return int(kb) / 1024


class Users(MapTask):
    """Lets locust play people, each with an address and a browser's cache of their own."""

    name = "users"
    title = "A thousand people for five minutes"
    page = ""
    rounds = 1
    compared = (
        "A thousand people look around a country of a million places, over loopback, against "
        "two workers as `bin/run` starts them: open the map, move it (ten tiles and the list "
        "each time), type a search letter by letter, read about a place and come back. Each "
        "reads twenty to sixty seconds between two steps, comes from an address of their own, "
        "and asks about tiles they have by their marks. Locust, the workers and PostgreSQL "
        "share the machine's cores."
    )

    def prepare(self) -> None:
        """Choose the spots that people look at; start nothing yet."""
        try:
            self.locust = LOCUST.python(ENVIRONMENTS, self.place.say)
        except BenchError as error:
            raise SkippedError(str(error)) from error
        self.spots, self.summary = (self.place.folder / name for name in ("spots", "summary"))
        self.spots.write_text(json.dumps(self.query(_SPOTS)))
        self.told: dict[str, dict[str, Any]] = {}
        self.errors: list[str] = []

    def contenders(self) -> Sequence[Contender]:
        """Return the site."""
        return [Contender(OURS, self._run)]

    def _run(self) -> Sample:
        environment = self.place.databases.environment(self.database)
        # Limits count by address, so each of these people must have their own.
        server = Server.ours({**environment, "FANS_PROXY_COUNT": "1"})
        memory = Memory(os.getpgid(server.process.pid))
        watching = threading.Thread(target=memory.watch)
        watching.start()
        try:
            ended = run_child(self._command(server), os.environ)
        finally:
            memory.stop.set()
            watching.join()
            server.stop()
        found = json.loads(self.summary.read_text())
        self.told, self.errors = found["entries"], found["errors"]
        everything = self.told["Aggregated"]
        half, tenth = memory.mb[len(memory.mb) // 4 : len(memory.mb) // 2], memory.mb[-10:]
        figures = {
            ERRORS: float(everything["failures"]),
            REQUESTS: everything["rps"],
            EARLY_MB: median(half or memory.mb),
            LATE_MB: median(tenth),
        }
        return Sample(ended.seconds, max(memory.mb), figures)

    def _command(self, server: Server) -> list[str]:
        people, seconds = self.size(1000, 5), self.size(300, 8)
        script = str(ROOT / "bench" / "users" / "journeys.py")
        pace = ["--users", str(people), "--spawn-rate", str(self.size(25, 5))]
        how = ["--headless", "--only-summary", "--exit-code-on-error", "0"]
        time = ["--run-time", f"{seconds}s", "--host", f"http://127.0.0.1:{server.port}"]
        files = ["--spots", str(self.spots), "--summary", str(self.summary)]
        return [str(self.locust), "-m", "locust", "-f", script, *how, *pace, *time, *files]

    def tables(self, result: Result) -> Sequence[str]:
        """Say how long each kind of request took."""
        lines = ["| | requests | errors | p50, ms | p95, ms | p99, ms | longest, ms |"]
        lines.append("| --- |" + " ---: |" * 6)
        for name in (*STEPS, "Aggregated"):
            if (one := self.told.get(name)) is None:
                continue
            times = " | ".join(number(one[key]) for key in ("p50", "p95", "p99", "max"))
            shown = "all" if name == "Aggregated" else name
            lines.append(f"| {shown} | {one['requests']:,} | {one['failures']} | {times} |")
        return ["\n".join(lines)]

    def goals(self) -> Sequence[Goal]:
        """Return: no error, and memory that does not grow."""
        return [
            Goal("no error", lambda result: result.figure(OURS, ERRORS) == 0),
            Goal(
                f"memory flat: at the end at most {_FLAT} times that of the first half",
                lambda r: r.figure(OURS, LATE_MB) <= _FLAT * r.figure(OURS, EARLY_MB),
            ),
        ]

    def notes(self) -> Sequence[str]:
        """Say what went wrong, if anything did."""
        return [*super().notes(), *(f"An error: {each}." for each in self.errors)]
