"""``register``: a care home register of 20,000 rows, as CSV and as a spreadsheet."""

import time
from collections.abc import Sequence
from pathlib import Path

from bench.child import run_child
from bench.databases import bare_table, copy_in, copy_out, empty
from bench.frame import Contender, Result, Sample
from bench.task import BenchError, Goal, Task
from tests.homes.register_files import hsca_rows, write_hsca_csv, write_hsca_ods

CSV, ODS, RAW = "import_homes, CSV", "import_homes, ODS", "raw COPY"
_TABLES = ("homes_home", "homes_registration")


class Register(Task):
    """Imports a made-up register in the 122 real columns into an empty one."""

    name = "register"
    title = "Importing a register of care homes"
    compared = (
        "`import_homes FILE` as an operator runs it, into an empty register: made-up homes in "
        "the 122 columns of the real file, as CSV and as an ODS spreadsheet; read, checked, "
        "placed, written, reported. Beside it: COPY of the finished homes and registrations "
        "into tables without any index, key, check or trigger."
    )

    def prepare(self) -> None:
        """Write both files, import once and keep the rows for raw COPY."""
        folder, count = self.place.folder, self.size(20_000, 200)
        self.csv, self.ods = folder / "register.csv", folder / "register.ods"
        write_hsca_csv(self.csv, hsca_rows(count))
        write_hsca_ods(self.ods, hsca_rows(count))
        self._import(self.csv)
        with self.place.databases.connect(self.name) as connection:
            for table in _TABLES:
                copy_out(connection, table, folder / table)
            ((found,),) = connection.execute("SELECT count(*) FROM homes_home").fetchall()
        if found != count:
            raise BenchError(f"of {count:,} homes, {found:,} were imported")

    def contenders(self) -> Sequence[Contender]:
        """Return both kinds of file, and raw COPY."""
        return [
            Contender(CSV, lambda: self._import(self.csv), before=self._empty),
            Contender(ODS, lambda: self._import(self.ods), before=self._empty),
            Contender(RAW, self._copy),
        ]

    def _empty(self) -> None:
        with self.place.databases.connect(self.name) as connection:
            empty(connection, _TABLES)

    def _import(self, path: Path) -> Sample:
        databases = self.place.databases
        command = databases.manage("import_homes", path)
        ended = run_child(command, databases.environment(self.name))
        return Sample(ended.seconds, ended.peak_mb)

    def _copy(self) -> Sample:
        seconds = 0.0
        with self.place.databases.connect(self.name) as connection:
            for table in _TABLES:
                with bare_table(connection, table, f"bare_{table}"):
                    since = time.monotonic()
                    copy_in(connection, f"bare_{table}", self.place.folder / table)
                    seconds += time.monotonic() - since
        return Sample(seconds)

    def goals(self) -> Sequence[Goal]:
        """Return time and memory for both kinds of file."""

        def in_time(result: Result) -> bool:
            return max(result.seconds(CSV), result.seconds(ODS)) < 20

        def in_memory(result: Result) -> bool:
            return max(result.peak_mb(CSV) or 0, result.peak_mb(ODS) or 0) < 300

        return [
            Goal("20,000 rows, CSV and ODS, each in under 20 s", in_time),
            Goal("each in under 300 MB", in_memory),
        ]

    def notes(self) -> Sequence[str]:
        """Say what the memory is."""
        return ["Memory is that of the importing process, Python and Django included."]
