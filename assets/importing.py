"""Taking assets in from outside files: all of them or none."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from assets import categories, osm
from assets.candidates import Placed, RowRefusedError
from assets.merging import merge, said_by
from assets.models import Asset, AssetSource, Visibility
from assets.reading import ReadFile, Row, read_file
from intake.errors import IntakeError
from intake.report import Outcome, Report
from intake.transactions import one_import

IMPORTER: Final = "assets"
BATCH: Final = 1_000
LONGEST_LICENCE: Final = 120


@dataclass(frozen=True)
class ImportResult:
    """What became of the rows of every file, and of all together."""

    reports: list[Report]

    @property
    def total(self) -> Report:
        """Return the counts of all files in one report."""
        total = Report(IMPORTER, self.reports[0].source)
        for report in self.reports:
            for name in ("read", "new", "changed", "same", "unsure"):
                setattr(total, name, getattr(total, name) + getattr(report, name))
            total.refusals += report.refusals
        return total

    def lines(self) -> Iterator[str]:
        """Yield the counts, how often each reason refused a row, then every refusal."""
        total = self.total
        total.check()
        yield total.summary()
        reasons = Counter(refusal.reason.partition(": ")[0] for refusal in total.refusals)
        for reason, count in reasons.most_common():
            yield f"refused {count}: {reason}{self._details(reason)}"
        several = len(self.reports) > 1
        for report in self.reports:
            for refusal in report.refusals:
                yield f"{report.source.name}, {refusal}" if several else str(refusal)

    def _details(self, reason: str) -> str:
        """Return what was refused for a reason, by kind: (amenity=nightclub 10, ...)."""
        found: Counter[str] = Counter()
        for report in self.reports:
            for refusal in report.refusals:
                start, _, detail = refusal.reason.partition(": ")
                if start == reason and detail:
                    found[detail] += 1
        words = ", ".join(f"{detail} {count}" for detail, count in found.most_common())
        return f" ({words})" if words else ""


def import_assets(
    *,
    paths: Sequence[str | Path],
    source: AssetSource,
    category: str | None = None,
    licence: str = "",
    dry_run: bool = False,
    by: Any = None,
) -> ImportResult:
    """Take assets in from files of one source; a row known from before is brought up to date.

    What somebody has edited here since stays. No check is renewed. New assets are
    public, as their source is. ``category`` holds for every row of a GeoJSON file.

    Raises:
        IntakeError: one of the files, or an option, can't be used; nothing is written.
    """
    licence = _licence(source, licence)
    _check_category(source, category)
    files = [read_file(path, source=source, category=category) for path in paths]
    with one_import(IMPORTER, dry_run=dry_run):
        result = ImportResult(_Writer(source, licence).write(files))
        for report in result.reports:
            report.store(by)
    return result


def _licence(source: AssetSource, licence: str) -> str:
    if len(licence) > LONGEST_LICENCE:
        raise IntakeError(f"--licence takes at most {LONGEST_LICENCE} characters")
    return licence or (osm.LICENCE if source == AssetSource.OSM else "")


def _check_category(source: AssetSource, category: str | None) -> None:
    if category is None:
        return
    if source == AssetSource.OSM:
        raise IntakeError("--category is for geojson: OpenStreetMap's tags tell the kind")
    if category == categories.INDIVIDUAL_GIFT:
        raise IntakeError("--category: a person's own gift is never taken from a file")


class _Writer:
    """Writes the rows of all files, each key once."""

    def __init__(self, source: AssetSource, licence: str) -> None:
        self.source, self.licence = source, licence
        self.seen: dict[str, tuple[str, Row]] = {}
        self.new: list[Asset] = []
        self.changed: list[Asset] = []
        self.changed_columns: set[str] = set()

    def write(self, files: list[ReadFile]) -> list[Report]:
        """Write everything and return a report per file."""
        refs = {row.ref for file in files for row in file.rows if row.taken}
        self.known = self._known(sorted(refs))
        reports = [self._report(file) for file in files]
        Asset.objects.bulk_create(self.new, batch_size=BATCH)
        if self.changed:
            columns = sorted(self.changed_columns | {"updated_at"})
            Asset.objects.bulk_update(self.changed, columns, batch_size=BATCH // 2)
        return reports

    def _known(self, refs: list[str]) -> dict[str, Asset]:
        """Return the assets that came from this source before, held until we are done."""
        rows = Asset.objects.filter(source=self.source).select_for_update(of=("self",))
        found: dict[str, Asset] = {}
        for start in range(0, len(refs), 10 * BATCH):
            some = rows.filter(source_ref__in=refs[start : start + 10 * BATCH])
            found |= {asset.source_ref: asset for asset in some}
        return found

    def _report(self, file: ReadFile) -> Report:
        report = Report(IMPORTER, file.source, layout=self.source)
        for row in file.rows:
            report.read += 1
            refused = row.refused or self._other_contents(row, file)
            if refused is not None:
                report.refuse(row.number, str(refused), refused.column)
            elif row.taken is not None:
                report.count(self._take(row.ref, row.taken, row, file))
        return report

    def _other_contents(self, row: Row, file: ReadFile) -> RowRefusedError | None:
        name, earlier = self.seen.get(row.ref, (file.source.name, row))
        if row.says_the_same(earlier):
            return None
        words = f"{row.ref} stands in {name}, row {earlier.number}, with other contents"
        return RowRefusedError(words, column="id")

    def _take(self, ref: str, placed: Placed, row: Row, file: ReadFile) -> Outcome:
        if ref in self.seen:
            return Outcome.SAME
        self.seen[ref] = (file.source.name, row)
        asset = self.known.get(ref)
        if asset is None:
            self.new.append(self._make(ref, placed))
            return Outcome.NEW
        columns = merge(asset, placed)
        if self.licence and asset.source_licence != self.licence:
            asset.source_licence = self.licence
            columns.add("source_licence")
        if not columns:
            return Outcome.SAME
        self.changed_columns |= columns
        self.changed.append(asset)
        if columns == {"source_values"}:
            return Outcome.SAME  # only edited columns changed at the source
        asset.updated_at = timezone.now()
        return Outcome.CHANGED

    def _make(self, ref: str, placed: Placed) -> Asset:
        values = placed.candidate.values
        return Asset(
            **values,
            abcd_type=categories.BY_SLUG[values["category"]].abcd_type,
            location=placed.point,
            location_precision=placed.precision if placed.point else "",
            location_source=placed.point_source if placed.point else "",
            outline=placed.outline,
            source=self.source,
            source_ref=ref,
            source_licence=self.licence,
            source_values=said_by(placed),
            visibility=Visibility.PUBLISHED,
            published_on=timezone.localdate(),
        )
