"""What an importer is to the job that runs it: higher rooms register theirs.

An importer reads a file into staged rows (``stage``), and writes staged rows
(``write``). A preview is ``write`` in a transaction that is taken back, so that it says
what the import will do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms

from intake.report import Outcome, Refusal
from intake.source import SourceFile


@dataclass(frozen=True)
class Staged:
    """One row of a file as it waits to be written; ``payload`` is plain JSON.

    ``number`` as reports name the row. ``key`` is the row's identity within its source,
    the same from file to file. ``lon`` and ``lat`` are degrees, SRID 4326, both or
    neither. A row with a ``refusal`` is shown and counted, and never written.
    """

    number: int
    key: str
    title: str
    payload: dict[str, Any] = field(default_factory=dict)
    lon: float | None = None
    lat: float | None = None
    refusal: Refusal | None = None
    # The row says what an earlier row of the file has said: counted as same.
    repeats: bool = False
    # Somebody has looked at an unsure row and wants it in: ``write`` takes it as new,
    # and does not ask again.
    insist: bool = False
    # Somebody has looked at an unsure row and says that it is what its verdict's ``match``
    # named: ``write`` remembers that, and takes nothing in.
    same_as: str = ""


@dataclass(frozen=True)
class Verdict:
    """What became (or would become) of one staged row."""

    number: int
    outcome: Outcome
    # In words: why it is unsure, or what the person should know.
    reason: str = ""
    # Column label: (before, now), for rows that change.
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # Of an unsure row: what it may be, as the importer names it. "" where nobody can say
    # "it is that one".
    match: str = ""


@dataclass
class Written:
    """What one call of ``write`` did."""

    verdicts: list[Verdict]
    gone: int = 0
    questions: int = 0
    # Sentences for the report.
    notes: list[str] = field(default_factory=list)
    # Plain JSON that the importer's later calls find among the options.
    remember: dict[str, Any] = field(default_factory=dict)


class Importer(Protocol):
    """One kind of outside file, and how its rows become records."""

    # Optional: ``records_route``, the URL name of the page that lists the records; and
    # ``conclude``, see ``Concluding``.
    slug: str
    label: str
    # Rows in one transaction; None: the whole file is one (a register, which must see
    # what is no longer listed).
    batch_rows: int | None
    # Asked beside the upload; its ``cleaned_data`` becomes ``options`` (plain JSON).
    options_form: type[forms.Form]

    def stage(self, source: SourceFile, options: Mapping[str, Any]) -> Iterator[Staged]:
        """Yield every row of the file; writes nothing.

        Raises:
            IntakeError: the file is refused whole.
        """

    def write(
        self, rows: Sequence[Staged], options: Mapping[str, Any], *, by: Any = None
    ) -> Written:
        """Write rows that are neither refused nor repeats, in the caller's transaction.

        Idempotent: rows written before are "same". One verdict a row.

        Raises:
            IntakeError: nothing may be written (too many registrations vanished).
        """


class Concluding(Protocol):
    """An importer that writes in batches and has to see the whole file at the end."""

    def conclude(
        self,
        rows: Iterable[Staged],
        options: Mapping[str, Any],
        *,
        file_name: str,
        final: bool,
    ) -> Written:
        """Look at every row of the file, the refused ones too; no verdicts.

        Called in a transaction that is taken back, once the rows are compared; and once
        they are written (``final``), with their keys and points alone.

        Raises:
            IntakeError: nothing may be written; not when it is final.
        """


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Make an importer known; called in ``AppConfig.ready``."""
    _importers[importer.slug] = importer


def importer_named(slug: str) -> Importer:
    """Return a registered importer.

    Raises:
        KeyError: none has this name.
    """
    return _importers[slug]


def all_importers() -> list[Importer]:
    """Return every registered importer, by label."""
    return sorted(_importers.values(), key=lambda importer: importer.label)
