"""``import_assets``: 100,000 places into a million, against row by row through the ORM."""

import json
import random
import sys
from collections.abc import Sequence
from typing import Any, Final

import psycopg

from bench.child import run_child
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.seeded import Standing, write_seeded
from bench.task import BenchError, Goal, Task

OURS, BY_ROW = "import_assets", "row by row through the ORM"
RECALL, PRECISION = "recall of twins", "precision of twins"
_SOME: Final = 20_000
"""How many assets of the register twins are made of, at most."""


class ImportAssets(Task):
    """Imports a made-up table with known twins into a full register."""

    name = "import_assets"
    title = "Importing 100,000 assets into a million"
    compared = (
        "`import_assets FILE --source csv` as an operator runs it: rows of a table, read, "
        "cleaned, checked, compared with the whole register and with each other, written and "
        "reported. Beside it, the same rows one by one as the form on the site takes them: a "
        "look for what is alike, `full_clean()`, `save()`."
    )

    def prepare(self) -> None:
        """Fill the register, and write a table of which every row's truth is known."""
        self.count = self.size(100_000, 300)
        self.by_row = self.size(1_000, 50)
        self.present = self.size(1_000_000, 300)
        databases = self.place.databases
        make = ("make_country", "--homes", 1, "--assets", self.present, "--connections", 0)
        run_child(databases.manage(*make, "--cohorts", 0), databases.environment(self.name))
        self.file = self.place.folder / "places.csv"
        with databases.connect(self.name) as connection:
            self.truth = write_seeded(self.file, self.count, standing_in(connection))

    def contenders(self) -> Sequence[Contender]:
        """Return the command and the loop."""
        scaled = f"measured on {self.by_row:,} rows and scaled to {self.count:,}"
        return [
            Contender(OURS, self._import, before=self._forget),
            Contender(BY_ROW, self._by_row, before=self._forget, note=scaled),
        ]

    def _forget(self) -> None:
        """Take away what was imported, and leave what was there before."""
        with self.place.databases.connect(self.name) as connection:
            connection.execute("TRUNCATE checking_listed")
            connection.execute("DELETE FROM assets_asset WHERE source <> 'demo'")
            connection.execute("VACUUM ANALYZE assets_asset")

    def _import(self) -> Sample:
        databases = self.place.databases
        command = databases.manage("import_assets", self.file, "--source", "csv")
        command += ["--category", "community_space"]
        ended = run_child(command, databases.environment(self.name))
        if f"read {self.count}, new " not in ended.output:
            raise BenchError(f"the import said something else:\n{ended.output[:500]}")
        return Sample(ended.seconds, ended.peak_mb, self._judged())

    def _judged(self) -> dict[str, float]:
        """Return how many twins were held back, and how many of those held back are twins."""
        with self.place.databases.connect(self.name) as connection:
            rows = connection.execute(
                "SELECT substring(source_ref from '[^/]+$') FROM assets_asset"
                " WHERE source = 'csv'"
            ).fetchall()
        taken = {ref for (ref,) in rows}
        twins = {ref for ref, what in self.truth.items() if what in ("twin", "repeat")}
        held = {ref for ref, what in self.truth.items() if what != "bad"} - taken
        return {
            RECALL: len(held & twins) / len(twins),
            PRECISION: len(held & twins) / len(held) if held else 0.0,
            "twins": float(len(twins)),
            "held back": float(len(held)),
        }

    def _by_row(self) -> Sample:
        databases = self.place.databases
        script = str(ROOT / "bench" / "row_by_row.py")
        command = [sys.executable, script, str(self.file), str(self.by_row)]
        ended = run_child(command, databases.environment(self.name))
        measured = json.loads(ended.output.splitlines()[-1])
        return Sample(measured["seconds"] * self.count / self.by_row, ended.peak_mb)

    def goals(self) -> Sequence[Goal]:
        """Return: ten times as fast, soon, in little memory, and nearly all twins found."""

        def ten_times(result: Result) -> bool:
            return result.times_ours(BY_ROW) >= 10

        def soon(result: Result) -> bool:
            return result.seconds(OURS) < 30

        def in_little(result: Result) -> bool:
            return (result.peak_mb(OURS) or 0) < 400

        def complete(result: Result) -> bool:
            return min(result.figure(OURS, what) for what in (RECALL, PRECISION)) >= 0.999

        return [
            Goal("at least 10 times as fast as row by row through the ORM", ten_times),
            Goal("under 30 s", soon),
            Goal("under 400 MB", in_little),
            Goal("recall and precision of the seeded twins at least 99.9%", complete),
        ]

    def notes(self) -> Sequence[str]:
        """Say what stood there."""
        return [
            f"{self.present:,} assets stood in the register before.",
            "Twins: rows that an asset of the register, or an earlier row of the file, is "
            "already, with the name miswritten and up to 65 m off. Look-alikes, which are to "
            "be taken in, stand where an asset stands and are called after the same village.",
            "Our seconds hold the start of Python and Django; those row by row do not.",
        ]


def standing_in(connection: "psycopg.Connection[tuple[Any, ...]]") -> list[Standing]:
    """Return some assets of the register, in an order that is the same each time."""
    rows = connection.execute(
        "SELECT name, ST_X(location::geometry), ST_Y(location::geometry) FROM assets_asset"
        " WHERE location IS NOT NULL AND name ~ '^[A-Z][a-z]{4,} [A-Z]' ORDER BY id LIMIT %s",
        [_SOME * 5],
    ).fetchall()
    luck = random.Random(2)  # noqa: S311 - nothing secret
    luck.shuffle(rows)
    return [Standing(*row) for row in rows[:_SOME]]
