"""``country``: a made-up country of a million assets and a million connections."""

import re
import time
from collections.abc import Sequence

from bench.child import run_child
from bench.databases import bare_table, copy_in, copy_out
from bench.frame import Contender, Result, Sample
from bench.task import BenchError, Goal, Task

OURS, RAW = "make_country", "raw COPY"
ASSETS, HOMES, CONNECTIONS = "assets, s", "homes, s", "connections, s"
_TABLES = {
    "assets_asset": ASSETS,
    "homes_home": HOMES,
    "connections_connection": CONNECTIONS,
}
_STEP = re.compile(r"^[0-9,]+ (assets|homes|connections) in ([0-9.]+) s$", re.MULTILINE)


class Country(Task):
    """Makes a country in a database with nothing but its ground, and takes it away again."""

    name = "country"
    title = "Making a country"
    compared = (
        "`make_country` with a million assets, 20,000 homes and a million connections: rows "
        "made up from a seed and copied into the real tables, whose checks and triggers do "
        "their work (which assets lie within reach of which home, 2 million pairs and more), "
        "whose indexes and keys are built anew. Beside it: COPY of the same rows, ready made, "
        "into tables with the same columns and nothing else."
    )
    rounds = 2

    def prepare(self) -> None:
        """Make a country once and keep its rows for raw COPY."""
        self.sizes = {
            "--homes": self.size(20_000, 40),
            "--assets": self.size(1_000_000, 500),
            "--connections": self.size(1_000_000, 500),
        }
        self._make()
        with self.place.databases.connect(self.name) as connection:
            for table in _TABLES:
                copy_out(connection, table, self.place.folder / table)

    def contenders(self) -> Sequence[Contender]:
        """Return the command and raw COPY."""
        return [Contender(OURS, self._make, before=self._begin), Contender(RAW, self._copy)]

    def _begin(self) -> None:
        """Begin with a database as it was before any country."""
        self.place.databases.make(self.name, like="ground")

    def _make(self) -> Sample:
        databases = self.place.databases
        sizes = [part for pair in self.sizes.items() for part in pair]
        command = databases.manage("make_country", *sizes, "--seed", 1)
        ended = run_child(command, databases.environment(self.name))
        steps = {f"{what}, s": float(seconds) for what, seconds in _STEP.findall(ended.output)}
        if set(steps) != set(_TABLES.values()):
            raise BenchError(f"make_country did not tell its steps:\n{ended.output}")
        return Sample(ended.seconds, ended.peak_mb, steps)

    def _copy(self) -> Sample:
        steps = {}
        with self.place.databases.connect(self.name) as connection:
            for table, what in _TABLES.items():
                with bare_table(connection, table, f"bare_{table}"):
                    since = time.monotonic()
                    copy_in(connection, f"bare_{table}", self.place.folder / table)
                    steps[what] = time.monotonic() - since
        return Sample(sum(steps.values()), figures=steps)

    def goals(self) -> Sequence[Goal]:
        """Return the two that were promised."""

        def assets(result: Result) -> bool:
            return result.figure(OURS, ASSETS) < 90

        def connections(result: Result) -> bool:
            return result.figure(OURS, CONNECTIONS) < 60

        return [
            Goal("a million assets in under 90 s", assets),
            Goal("a million connections in under 60 s", connections),
        ]

    def notes(self) -> Sequence[str]:
        """Say what belongs to which step."""
        return [
            "The assets' seconds hold their 300,000 checks of places and all their indexes, "
            "two of them for text search; the homes' the pairs within reach; the connections' "
            "partners and partnerships.",
        ]
