"""What a bench is: its question, its goals, and what it runs."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.databases import Databases
from bench.frame import Contender, Result

Say = Callable[[str], object]


class BenchError(Exception):
    """Something could not be measured; its words say why."""


class SkippedError(BenchError):
    """A bench needs what this machine has not; that is told, and is no failure."""


@dataclass(frozen=True)
class Goal:
    """A promise of speed. Missing it fails nothing: it is written down."""

    words: str
    is_met: Callable[[Result], bool]


@dataclass(frozen=True)
class Place:
    """Where a bench works: its databases, a folder for files, and whether to be quick."""

    databases: Databases
    folder: Path
    is_quick: bool
    say: Say


class Task(ABC):
    """One bench.

    ``page``: the report that it is one part of, with others; by default it has its own.
    """

    name: str
    title: str
    compared: str
    page = ""
    rounds = 3

    def __init__(self, place: Place) -> None:
        self.place = place

    def begin(self) -> None:
        """Make the database to work in: by default one of its own, with the ground."""
        self.place.databases.make(self.name, like="ground")

    def end(self) -> None:
        """Leave nothing behind, whatever happened."""
        self.place.databases.drop(self.name)

    @abstractmethod
    def prepare(self) -> None:
        """Make the files and tables that the contenders need; not timed."""

    @abstractmethod
    def contenders(self) -> Sequence[Contender]:
        """Return what is compared, ours first."""

    @abstractmethod
    def goals(self) -> Sequence[Goal]:
        """Return what was promised."""

    def tables(self, result: Result) -> Sequence[str]:
        """Return further tables for the report, each as Markdown."""
        return ()

    def notes(self) -> Sequence[str]:
        """Return sentences on how the figures came about."""
        return ()

    def size(self, whole: int, quick: int) -> int:
        """Return how many rows this run takes."""
        return quick if self.place.is_quick else whole
