"""``gaps``: what is suggested to one home, out of a million places."""

import json
import random
import sys
from collections.abc import Sequence
from statistics import median, quantiles
from typing import Any

from bench.child import run_child
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.task import BenchError, Goal, Task

OURS, RAW = "the gap finder", "raw SQL"
P50, P95 = "p50, ms", "p95, ms"


class Gaps(Task):
    """Asks for one home after another, each of which has wishes, ties and noes of its own."""

    name = "gaps"
    title = "What is suggested to a home"
    compared = (
        "`suggestions_for` as the page calls it: the first fifty places with all five parts, "
        "every reason and the lead sentence in words, and how many each filter would leave. "
        "Beside it: one statement of SQL that finds, scores and orders the same places, "
        "without a word. Both must give the same places in the same order."
    )

    def prepare(self) -> None:
        """Make a country, and let its homes wish."""
        databases = self.place.databases
        self.present, homes = self.size(1_000_000, 2_000), self.size(2_000, 20)
        make = ("make_country", "--homes", homes, "--assets", self.present)
        command = databases.manage(*make, "--connections", self.size(50_000, 100))
        run_child(command, databases.environment(self.name))
        self.asked = self.size(200, 10)
        self.places: dict[str, list[list[int]]] = {}
        with databases.connect(self.name) as connection:
            draw = random.Random(6)  # noqa: S311 - the same wishes each time
            tags = ROOT / "fixtures" / "wishes" / "tags.json"
            slugs = [row["slug"] for row in json.loads(tags.read_text("utf-8"))["tags"]]
            for (home,) in connection.execute("SELECT id FROM homes_home").fetchall():
                for _ in range(draw.randint(1, 5)):
                    connection.execute(
                        "INSERT INTO wishes_wish (home_id, text, tags, from_whom, how_many,"
                        " taken_on, pegged_at, status, let_go_why) VALUES (%s, 'To go out',"
                        " %s, 'resident', 'one', current_date, now(), 'open', '')",
                        [home, draw.sample(slugs, draw.randint(1, 2))],
                    )
            connection.execute("VACUUM ANALYZE")

    def contenders(self) -> Sequence[Contender]:
        """Return the gap finder and the plain statement."""
        return [
            Contender(OURS, lambda: self._ask("ours")),
            Contender(RAW, lambda: self._ask("raw")),
        ]

    def _ask(self, how: str) -> Sample:
        command = [sys.executable, str(ROOT / "bench" / "find_gaps.py"), str(self.asked), how]
        ended = run_child(command, self.place.databases.environment(self.name))
        found: dict[str, Any] = json.loads(ended.output.splitlines()[-1])
        self.places[how] = found["places"]
        if len(self.places) == 2 and self.places["ours"] != self.places["raw"]:
            raise BenchError("the two do not give the same places in the same order")
        took = found["ms"]
        cut = quantiles(took, n=20, method="inclusive")[-1]
        return Sample(median(took) / 1000, ended.peak_mb, {P50: median(took), P95: cut})

    def goals(self) -> Sequence[Goal]:
        """Return the two that were promised."""

        def soon(result: Result) -> bool:
            return result.figure(OURS, P95) < 150

        def near_raw(result: Result) -> bool:
            return result.times_ours(RAW) > 1 / 2.5

        return [
            Goal("95 of 100 homes answered in under 150 ms", soon),
            Goal("within 2.5 times the raw SQL", near_raw),
        ]

    def notes(self) -> Sequence[str]:
        """Say what stood there."""
        return [
            f"{self.present:,} places; {self.asked} homes asked one after another, each with "
            "one to five wishes. Seconds are of one home, the median.",
        ]
