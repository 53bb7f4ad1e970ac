"""``import_assets``: 100,000 places from a table, against row by row through the ORM."""

import csv
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.child import run_child
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.task import BenchError, Goal, Task

OURS, BY_ROW = "import_assets", "row by row through the ORM"
HEADERS = ("id", "name", "latitude", "longitude", "address", "phone", "website")
_WORDS = ("Ash", "Birch", "Cedar", "Drift", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Juniper")
_KINDS = ("Community Hall", "Choir", "Café", "Garden", "Library", "Bowls Club", "Trust")


class ImportAssets(Task):
    """Imports a made-up table into a register with assets in it already."""

    name = "import_assets"
    title = "Importing 100,000 assets"
    compared = (
        "`import_assets FILE --source csv` as an operator runs it: rows of a table, read, "
        "cleaned, checked, compared with what is there, written and reported. Beside it, the "
        "same rows one by one as the form on the site takes them: a look for a like name "
        "nearby, `full_clean()`, `save()`."
    )

    def prepare(self) -> None:
        """Write the table, and stand some assets where it is imported."""
        self.count = self.size(100_000, 300)
        self.by_row = self.size(1_000, 50)
        self.file = self.place.folder / "places.csv"
        write_places(self.file, self.count)
        databases = self.place.databases
        present = self.size(100_000, 300)
        make = ("make_country", "--homes", 1, "--assets", present, "--connections", 0)
        run_child(databases.manage(*make, "--cohorts", 0), databases.environment(self.name))

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
            connection.execute("DELETE FROM assets_asset WHERE source <> 'demo'")
            connection.execute("VACUUM ANALYZE assets_asset")

    def _import(self) -> Sample:
        databases = self.place.databases
        command = databases.manage("import_assets", self.file, "--source", "csv")
        command += ["--category", "community_space"]
        ended = run_child(command, databases.environment(self.name))
        if f"read {self.count}, new " not in ended.output:
            raise BenchError(f"the import said something else:\n{ended.output[:500]}")
        return Sample(ended.seconds, ended.peak_mb)

    def _by_row(self) -> Sample:
        databases = self.place.databases
        script = str(ROOT / "bench" / "row_by_row.py")
        command = [sys.executable, script, str(self.file), str(self.by_row)]
        ended = run_child(command, databases.environment(self.name))
        measured = json.loads(ended.output.splitlines()[-1])
        return Sample(measured["seconds"] * self.count / self.by_row, ended.peak_mb)

    def goals(self) -> Sequence[Goal]:
        """Return: ten times as fast."""

        def ten_times(result: Result) -> bool:
            return result.times_ours(BY_ROW) >= 10

        return [Goal("at least 10 times as fast as row by row through the ORM", ten_times)]

    def notes(self) -> Sequence[str]:
        """Say what stood there."""
        return [
            f"{self.count:,} assets stood in the register before.",
            "Our seconds hold the start of Python and Django; those row by row do not.",
        ]


def write_places(path: Path, count: int) -> None:
    """Write made-up places as a table; the same each time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows(_places(count))


def _places(count: int) -> Iterator[tuple[object, ...]]:
    luck = random.Random(1)  # noqa: S311 - nothing secret
    for number in range(count):
        name = f"{luck.choice(_WORDS)}{luck.choice(_WORDS).lower()} {luck.choice(_KINDS)}"
        yield (
            *(f"place-{number}", f"{name} {number % 997}"),
            *(f"{luck.uniform(51.2, 54.8):.6f}", f"{luck.uniform(-2.8, 0.1):.6f}"),
            *(f"{number % 200 + 1} Made-up Road", f"01632 960{number % 1000:03}"),
            f"https://example.org/{number}",
        )
