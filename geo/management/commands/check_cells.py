"""Hold the map's counts in cells against all places counted anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.pyramid_folding import check, fold_all


class Command(BaseCommand):
    """``check_cells``: say how many cells differ; ``--mend`` puts them right."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to mend."""
        parser.add_argument(
            "--mend", action="store_true", help="put right what differs, and fold in changes"
        )

    def handle(self, *args: Any, mend: bool = False, **options: Any) -> None:
        """Check, and say what was found; fail where something differs and stays so."""
        found = check(mend=mend)
        if mend:
            fold_all()
        said = f"{found.different:,} of {found.cells:,} cells differ"
        if found.different and not mend:
            raise CommandError(f"{said}. check_cells --mend puts them right.")
        self.stdout.write(f"{said}, and were put right." if found.different else f"{said}.")
