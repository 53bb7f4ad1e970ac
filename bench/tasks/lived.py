"""``lived``: the lived part of a country's homes, all at once and one after an entry."""

import json
import sys
from collections.abc import Sequence
from statistics import median, quantiles
from typing import Any

from bench.child import run_child
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.task import BenchError, Goal, Task

OURS, BARE = "all homes, scored and stored", "bare SQL aggregate"
ORM, ONE = "home by home through the ORM", "one home after an entry"
P50, P95 = "one home p50, ms", "one home p95, ms"


class Lived(Task):
    """Scores all homes as the night does, and one as a log entry does."""

    name = "lived"
    title = "The lived part of every home"
    compared = (
        "`score_all` as it runs by night: one statement that counts two years of log, tallies "
        "and places within reach of 20,000 homes, makes twelve raw values, their bands and "
        "`lived`, and stores all of it with the counts. Beside it: a hand-written statement "
        "that counts the same and adds it up, without recall, raw values or bands, and "
        "stores nothing; and each home by itself, its rows fetched by the ORM, counted and "
        "scored in Python, one figure saved. The counts of the first two must add up to the "
        "same, and the third must find what the first stored."
    )

    def prepare(self) -> None:
        """Make a country and score it once."""
        databases = self.place.databases
        self.homes = self.size(20_000, 30)
        self.connections = self.size(1_000_000, 400)
        make = ("make_country", "--homes", self.homes, "--assets", self.size(1_000_000, 2_000))
        command = databases.manage(*make, "--connections", self.connections)
        run_child(command, databases.environment(self.name))
        with databases.connect(self.name) as connection:
            connection.execute("VACUUM ANALYZE")
        self.found: dict[str, Any] = {}
        self._run("all", self.homes)
        with databases.connect(self.name) as connection:
            connection.execute("VACUUM ANALYZE lived_livedscore")

    def contenders(self) -> Sequence[Contender]:
        """Return the four, ours first."""
        asked, touched = self.size(300, 10), self.size(300, 10)
        return [
            Contender(OURS, lambda: self._all("all")),
            Contender(BARE, lambda: self._all("bare")),
            Contender(
                ORM,
                lambda: self._each("orm", asked, self.homes),
                note=f"measured on {asked:,} homes and scaled to {self.homes:,}.",
            ),
            Contender(
                ONE,
                lambda: self._each("one", touched, 1),
                note="everything that a log entry, an undo or a tally pays for scores, in its "
                "transaction: the locks, the open wave if there is one, the lived part. "
                f"Seconds are of one home, the median of {touched:,}.",
            ),
        ]

    def _all(self, how: str) -> Sample:
        found, peak = self._run(how, self.homes)
        self.found[how] = found["found"]
        if len(self.found) == 2 and self.found["all"] != self.found["bare"]:
            raise BenchError(f"the two do not count the same: {self.found}")
        return Sample(found["seconds"][0], peak)

    def _each(self, how: str, count: int, times: int) -> Sample:
        found, peak = self._run(how, count)
        took = [1000 * seconds for seconds in found["seconds"]]
        cut = quantiles(took, n=20, method="inclusive")[-1]
        return Sample(median(took) * times / 1000, peak, {P50: median(took), P95: cut})

    def _run(self, how: str, count: int) -> tuple[dict[str, Any], float]:
        command = [sys.executable, str(ROOT / "bench" / "score_homes.py"), how, str(count)]
        ended = run_child(command, self.place.databases.environment(self.name))
        return json.loads(ended.output.splitlines()[-1]), ended.peak_mb

    def goals(self) -> Sequence[Goal]:
        """Return the three that were promised."""

        def near_bare(result: Result) -> bool:
            return result.times_ours(BARE) > 1 / 1.5

        def far_from_orm(result: Result) -> bool:
            return result.times_ours(ORM) >= 25

        def soon(result: Result) -> bool:
            return result.figure(ONE, P50) < 10

        return [
            Goal("all homes within 1.5 times the bare aggregate", near_bare),
            Goal("at least 25 times as fast as home by home through the ORM", far_from_orm),
            Goal("one home scored within 10 ms of its entry, the median", soon),
        ]

    def notes(self) -> Sequence[str]:
        """Say what stood there."""
        return [
            f"{self.homes:,} homes, {self.connections:,} entries over two years; the homes in "
            "cohorts have waves and tallies.",
            "All statements run without compiling (`jit` off) and with `work_mem` of 64 MB, "
            "as `score_all` sets it.",
        ]
