"""What became of every row of a file: printed, and stored."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from django.contrib.auth.base_user import AbstractBaseUser

from intake.errors import RowsLostError
from intake.models import ImportReport
from intake.source import SourceFile


class Outcome(StrEnum):
    """What became of one row that was not refused."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Refusal:
    """One row that was not taken, and why."""

    row: int
    reason: str
    column: str = ""

    def __str__(self) -> str:
        column = f", {self.column}" if self.column else ""
        return f"row {self.row}{column}: {self.reason}"


@dataclass
class Report:
    """Counts of one import. ``read`` is counted where rows are read, not summed up."""

    importer: str
    source: SourceFile
    layout: str = ""
    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    unsure: int = 0
    gone: int = 0
    questions: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    # Sentences printed under the counts, in order.
    notes: list[str] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """Return how many rows were refused."""
        return len(self.refusals)

    def count(self, outcome: Outcome) -> None:
        """Count one row's outcome."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    def refuse(self, row: int, reason: str, column: str = "") -> None:
        """Count one row as refused, with its reason."""
        self.refusals.append(Refusal(row, reason, column))

    def summary(self) -> str:
        """Return the one line that every import prints."""
        return (
            f"read {self.read}, new {self.new}, changed {self.changed}, same {self.same}, "
            f"unsure {self.unsure}, refused {self.refused}, gone {self.gone}, "
            f"questions {self.questions}"
        )

    def lines(self) -> Iterator[str]:
        """Yield the summary, the notes, then every refusal.

        Raises:
            RowsLostError: the rows read are not all accounted for.
        """
        self.check()
        yield self.summary()
        yield from self.notes
        yield from map(str, sorted(self.refusals, key=lambda refusal: refusal.row))

    def check(self) -> None:
        """Raise ``RowsLostError`` unless every row that was read is accounted for."""
        known = self.new + self.changed + self.same + self.unsure + self.refused
        if self.read != known:
            raise RowsLostError(f"{self.read} rows read, {known} accounted for")

    def store(self, by: AbstractBaseUser | None = None) -> ImportReport:
        """Keep the report; call it inside the import's own transaction."""
        self.check()
        return ImportReport.objects.create(
            importer=self.importer,
            file_name=self.source.name[:200],
            sha256=self.source.sha256,
            layout=self.layout,
            by=by,  # type: ignore[misc]  # the user model is a higher room's
            rows_read=self.read,
            rows_new=self.new,
            rows_changed=self.changed,
            rows_same=self.same,
            rows_unsure=self.unsure,
            rows_refused=self.refused,
            rows_gone=self.gone,
            questions=self.questions,
            refusals=[asdict(refusal) for refusal in self.refusals],
        )
