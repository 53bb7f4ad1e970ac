"""The register of care homes as a kind of import, for the upload page and the command."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.forms import Form

from homes.forms import RegisterForm
from homes.register_reading import read_register
from homes.register_sync import IMPORTER, write_staged
from intake.importers import Staged, Written
from intake.source import SourceFile


class HomesImporter:
    """A register in one transaction: it must see what is no longer listed."""

    slug = IMPORTER
    label = "Care home register"
    batch_rows: int | None = None
    options_form: type[Form] = RegisterForm
    records_route = "homes:list"

    def stage(self, source: SourceFile, options: Mapping[str, Any]) -> Iterator[Staged]:
        """Yield every care home of the file.

        Raises:
            IntakeError: the file is refused whole.
        """
        yield from read_register(source, options).staged()

    def write(
        self, rows: Sequence[Staged], options: Mapping[str, Any], *, by: Any = None
    ) -> Written:
        """Write the register, in the caller's transaction.

        Raises:
            IntakeError: more than a fifth would end, and nobody said that this is right.
        """
        return write_staged(
            rows,
            allow_vanished=bool(options.get("allow_vanished")),
            whole=bool(options.get("whole", True)),
        )
