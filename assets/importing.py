"""Taking assets in from outside files by command: all of them or none."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assets.models import AssetSource
from assets.options import Options
from assets.staging import contents_of, stage
from assets.wholes import Gathered, conclude, refuse_if_many
from assets.writing import IMPORTER, write_rows
from intake.importers import Staged, Written
from intake.report import Report
from intake.source import SourceFile
from intake.transactions import one_import

AT_ONCE: Final = 5_000
_COUNTED: Final = ("read", "new", "changed", "same", "unsure", "gone", "questions")


@dataclass(frozen=True)
class ImportResult:
    """What became of the rows of every file, and of all together."""

    reports: list[Report]

    @property
    def total(self) -> Report:
        """Return the counts of all files in one report."""
        total = Report(IMPORTER, self.reports[0].source)
        for report in self.reports:
            for name in _COUNTED:
                setattr(total, name, getattr(total, name) + getattr(report, name))
            total.refusals += report.refusals
            total.notes += report.notes
        return total

    def lines(self) -> Iterator[str]:
        """Yield the counts, how often each reason refused a row, then every row held back."""
        total = self.total
        total.check()
        yield total.summary()
        reasons = Counter(refusal.reason.partition(": ")[0] for refusal in total.refusals)
        for reason, count in reasons.most_common():
            yield f"refused {count}: {reason}{self._details(reason)}"
        several = len(self.reports) > 1
        for report in self.reports:
            for line in (*report.notes, *report.refusals):
                yield f"{report.source.name}, {line}" if several else str(line)

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
    mapping: str = "",
    category: str | None = None,
    licence: str = "",
    encoding: str = "utf-8",
    whole: bool = True,
    allow_vanished: bool = False,
    dry_run: bool = False,
    by: Any = None,
) -> ImportResult:
    """Take assets in from files of one source; see ``write_rows`` for what a row does.

    Raises:
        IntakeError: one of the files, or an option, can't be used; nothing is written.
    """
    options = Options(source, mapping, category or "", licence, encoding, whole, allow_vanished)
    options.check()
    files = [SourceFile.open(path) for path in paths]
    with _no_collecting():
        return _import(files, options, dry_run=dry_run, by=by)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Look for no cycles: rows have none, and looking takes a third of Python's time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _import(
    files: Sequence[SourceFile], options: Options, *, dry_run: bool, by: Any
) -> ImportResult:
    staged = [(file, list(stage(file, options))) for file in files]
    with one_import(IMPORTER, dry_run=dry_run):
        listed = _listed(staged) if options.whole else []
        refuse_if_many(listed, options)
        result = ImportResult(_write(staged, options))
        _add(conclude(listed, options, refuse=False), result.reports[0])
        for report in result.reports:
            report.store(by)
    return result


def _write(files: Iterable[tuple[SourceFile, list[Staged]]], options: Options) -> list[Report]:
    """Write the rows of all files, each key once, and return a report per file."""
    seen: dict[str, tuple[SourceFile, Staged]] = {}
    reports = []
    for file, rows in files:
        report = Report(IMPORTER, file, layout=options.source)
        mine = []
        for row in rows:
            report.read += 1
            if row.refusal is not None:
                refusal = row.refusal
                report.refuse(refusal.row, refusal.reason, refusal.column)
                continue
            first_file, first = seen.setdefault(row.key, (file, row))
            if first is row:
                mine.append(row)
            elif contents_of(first) == contents_of(row):
                report.same += 1
            else:
                words = f"{row.key} stands in {first_file.name}, row {first.number}, "
                report.refuse(row.number, f"{words}with other contents", "id")
        _write_rows(mine, options, report)
        reports.append(report)
    return reports


def _listed(files: Iterable[tuple[SourceFile, list[Staged]]]) -> list[tuple[str, Gathered]]:
    return [(file.name, Gathered.of(rows)) for file, rows in files]


def _add(written: Written, report: Report) -> None:
    report.gone += written.gone
    report.questions += written.questions
    report.notes += [note for note in written.notes if note not in report.notes]


def _write_rows(rows: Sequence[Staged], options: Options, report: Report) -> None:
    for start in range(0, len(rows), AT_ONCE):
        written = write_rows(rows[start : start + AT_ONCE], options)
        _add(written, report)
        for verdict in written.verdicts:
            report.count(verdict.outcome)
            if verdict.reason:
                report.notes.append(f"row {verdict.number}, held back: {verdict.reason}")
