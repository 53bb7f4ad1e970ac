"""``map_writes``: what keeping the map's counts costs whoever saves a place."""

import json
import sys
from collections.abc import Sequence
from functools import partial
from statistics import median
from typing import Final

from bench.child import run_child
from bench.client import percentile
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.map_task import MapTask
from bench.task import Goal

OURS, WITHOUT = "places saved, cells counted", "places saved, nothing counted"
KINDS: Final = {
    "service_insert_ms": "added by the service",
    "service_update_ms": "moved and given another kind by the service",
    "orm_insert_ms": "added by save()",
    "orm_update_ms": "moved and given another kind by save()",
}
BULK = "added at once, s"


class MapWrites(MapTask):
    """Saves places in a copy of the country, with the counting triggers and without."""

    name = "map_writes"
    title = "Saving a place"
    compared = (
        "Places saved one by one, each in a transaction of its own, and ten thousand at once "
        "by one statement: with the triggers that write each change beside the cells of the "
        "map's pyramid, and with those switched off. All else stays as it is: history, reach "
        "from homes, search, every check."
    )

    @property
    def database(self) -> str:
        """A copy of its own: this bench writes."""
        return self.name

    def begin(self) -> None:
        """Copy the country."""
        super().begin()
        self.place.databases.make(self.name, like=super().database)

    def end(self) -> None:
        """Drop the copy."""
        self.place.databases.drop(self.name)

    def prepare(self) -> None:
        """Choose how many."""
        self.single, self.bulk = self.size(40, 5), self.size(10_000, 50)

    def contenders(self) -> Sequence[Contender]:
        """Return both."""
        return [
            Contender(OURS, partial(self._write, "with")),
            Contender(WITHOUT, partial(self._write, "without")),
        ]

    def _write(self, how: str) -> Sample:
        script = str(ROOT / "bench" / "write_places.py")
        command = [sys.executable, script, how, str(self.single), str(self.bulk)]
        ended = run_child(command, self.place.databases.environment(self.name))
        found = json.loads(ended.output.splitlines()[-1])
        figures = {}
        for key, words in KINDS.items():
            figures[f"{words}, p50 ms"] = median(found[key])
            figures[f"{words}, p95 ms"] = percentile(found[key], 95)
        figures[BULK] = found["bulk_s"][0]
        seconds = sum(sum(found[key]) for key in KINDS) / 1000 + found["bulk_s"][0]
        return Sample(seconds, ended.peak_mb, figures)

    def goals(self) -> Sequence[Goal]:
        """Return: at most twice as long, in each way of saving."""

        def at_most_twice(result: Result) -> bool:
            ways = [*(f"{words}, p50 ms" for words in KINDS.values()), BULK]
            return all(result.figure_times_ours(WITHOUT, way) >= 1 / 2 for way in ways)

        return [Goal("every way of saving takes at most twice as long", at_most_twice)]

    def tables(self, result: Result) -> Sequence[str]:
        """Return how many times as long each way takes."""
        lines = ["| with the counts, medians of each round's ratio | times as long |"]
        lines.append("| --- | ---: |")
        for words, figure in (
            *((words, f"{words}, p50 ms") for words in KINDS.values()),
            (f"{self.bulk:,} added at once", BULK),
        ):
            times = 1 / result.figure_times_ours(WITHOUT, figure)
            lines.append(f"| {words} | {times:.2f} |")
        return ["\n".join(lines)]

    def notes(self) -> Sequence[str]:
        """Say what a run is."""
        return [
            f"A run is {self.single} writes of each way after five to warm up, then "
            f"{self.bulk:,} at once; seconds are of all of it. What was added is taken away "
            "again between runs.",
        ]
