"""Imports of assets as jobs: one file, read into rows, written in batches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from assets import categories, mapping_files
from assets.options import LONGEST_LICENCE, Options
from assets.staging import stage
from assets.wholes import Gathered, conclude
from assets.writing import IMPORTER, write_rows
from intake.errors import IntakeError
from intake.importers import Staged, Written
from intake.source import SourceFile
from intake.tables import ENCODING_CHOICES

BATCH: Final = 1_000


class AssetOptionsForm(forms.Form):
    """What a file of places does not say itself."""

    source = forms.ChoiceField(
        label="What it is",
        choices=[
            ("csv", "A table (CSV or .ods)"),
            ("geojson", "A map file (GeoJSON)"),
            ("osm", "OpenStreetMap (GeoJSON, or JSON of the Overpass API)"),
            ("oruk", "Services of an Open Referral UK feed (JSON)"),
        ],
    )
    mapping = forms.ChoiceField(
        label="Its columns",
        required=False,
        choices=lambda: [
            ("", "Found by their headers"),
            *((name, mapping_files.titles()[name]) for name in mapping_files.names()),
        ],
    )
    category = forms.ChoiceField(
        label="Kind of place, if the file does not say",
        required=False,
        choices=lambda: [
            ("", "The file says"),
            *(
                choice
                for choice in categories.choices()
                if choice[0] != categories.INDIVIDUAL_GIFT
            ),
        ],
    )
    encoding = forms.ChoiceField(
        label="Encoding of a CSV file",
        required=False,
        choices=ENCODING_CHOICES,
        help_text="Change it only if the file is refused for it.",
    )
    licence = forms.CharField(
        label="Licence of the data",
        required=False,
        max_length=LONGEST_LICENCE,
        help_text="As its publisher says, such as OGL v3.0. It is shown with every place.",
    )

    whole = forms.BooleanField(
        label="This is all of it, not a part",
        initial=True,
        required=False,
        help_text="We then ask about places that it listed before and lists no longer. "
        "Nothing is hidden by itself.",
    )
    allow_vanished = forms.BooleanField(
        label="Ask about places even if more than a fifth are no longer listed",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what makes no sense together."""
        found = super().clean() or {}
        if "source" in found:
            try:
                Options.read(found)
            except IntakeError as error:
                raise ValidationError(str(error).replace("--", "")) from error
        return found


class AssetImporter:
    """Places and groups from map files, tables and feeds."""

    slug = IMPORTER
    label = "Places and groups"
    batch_rows: int | None = BATCH
    options_form: type[forms.Form] = AssetOptionsForm
    records_route = "frontend:map"

    def stage(self, source: SourceFile, options: Mapping[str, Any]) -> Iterator[Staged]:
        """Yield every row of the file; see ``assets.staging``."""
        return stage(source, Options.read(options))

    def write(
        self, rows: Sequence[Staged], options: Mapping[str, Any], *, by: Any = None
    ) -> Written:
        """Write a batch in the caller's transaction; see ``assets.writing``."""
        return write_rows(rows, Options.read(options), by=by)

    def conclude(
        self,
        rows: Iterable[Staged],
        options: Mapping[str, Any],
        *,
        file_name: str,
        final: bool,
    ) -> Written:
        """Ask about what the file lists no longer; see ``assets.wholes``."""
        told = Options.read(options)
        if not told.whole:
            return Written([])
        gathered = Gathered.of(rows, dataset=options.get("dataset"))
        return conclude([(file_name, gathered)], told, refuse=not final)
