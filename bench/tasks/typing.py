"""``typing``: what may be there already, asked while somebody types, in a full register."""

import json
import sys
from collections.abc import Sequence
from statistics import median, quantiles
from typing import Any, Final

from bench.child import run_child
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.seeded import write_seeded
from bench.task import Goal, Task
from bench.tasks.import_assets import standing_in

OURS, TRIGRAMS = "the check of the add page", "trigrams of the name alone"
P95: Final = "p95, ms"


class Typing(Task):
    """Asks with names of places that are there, and of some that are not."""

    name = "typing"
    title = "Is it there already? While somebody types"
    compared = (
        "`assets.duplicates.alike` as the add page calls it, with a name, a point and what "
        "else has been typed: two statements and the comparing. Beside it, the five names "
        "most alike in the whole register by the trigram index."
    )

    def prepare(self) -> None:
        """Fill the register, and write down what is asked for."""
        databases = self.place.databases
        self.present = self.size(1_000_000, 300)
        make = ("make_country", "--homes", 1, "--assets", self.present, "--connections", 0)
        run_child(databases.manage(*make, "--cohorts", 0), databases.environment(self.name))
        self.file = self.place.folder / "typed.csv"
        self.asked = self.size(2_000, 50)
        with databases.connect(self.name) as connection:
            write_seeded(self.file, self.asked + 100, standing_in(connection))

    def contenders(self) -> Sequence[Contender]:
        """Return the check and the plain search; the latter asks a tenth as often."""
        return [
            Contender(OURS, lambda: self._ask("ours", self.asked)),
            Contender(TRIGRAMS, lambda: self._ask("trigrams", self.asked // 10)),
        ]

    def _ask(self, how: str, times: int) -> Sample:
        script = str(ROOT / "bench" / "type_names.py")
        command = [sys.executable, script, str(self.file), str(times), how]
        ended = run_child(command, self.place.databases.environment(self.name))
        found: dict[str, Any] = json.loads(ended.output.splitlines()[-1])
        took = found["ms"]
        cut = quantiles(took, n=20)[-1]
        figures = {"p50, ms": median(took), P95: cut, "asked": float(len(took))}
        return Sample(median(took) / 1000, ended.peak_mb, figures)

    def goals(self) -> Sequence[Goal]:
        """Return: 50 ms."""

        def soon(result: Result) -> bool:
            return result.figure(OURS, P95) < 50

        return [Goal("95 of 100 questions answered in under 50 ms", soon)]

    def notes(self) -> Sequence[str]:
        """Say what stood there."""
        return [
            f"{self.present:,} assets stood in the register.",
            "Seconds are of one question, the median.",
        ]
