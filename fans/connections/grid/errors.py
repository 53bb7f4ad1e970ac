"""Why a sheet is not saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from fans.connections.errors import ConnectionsError


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, in words that name its row and day."""

    field: str  # the name of its field in the form, or "" for the sheet as a whole
    where: str  # "Canal Side Garden, we go, 3 October"
    words: str


class NotSavedError(ConnectionsError):
    """Nothing of the sheet was saved: each cell that needs another look is named."""

    def __init__(
        self,
        problems: Sequence[Problem] = (),
        clashes: Sequence[Problem] = (),
        overlaps: Sequence[Problem] = (),
    ) -> None:
        self.problems = list(problems)
        self.clashes = list(clashes)  # somebody else changed the same cell meanwhile
        self.overlaps = list(overlaps)  # the log already counts these days as a period
        super().__init__("Nothing is saved yet: some cells need another look.")


class TooLateToUndoSaveError(ConnectionsError):
    """The day in which a whole save can be taken back is over."""
