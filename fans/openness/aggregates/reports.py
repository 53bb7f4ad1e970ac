"""The circles somebody may see, as page and file tell of them: the same figures in both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef

from fans.disclosure import FEWEST_HOMES, HIDDEN, NEAREST_POINTS, Shown, publish_change
from fans.openness.aggregates.circle import COUNTS, HEADLINES, is_told
from fans.openness.aggregates.models import Circle, CircleHome, Figures
from fans.openness.aggregates.services import REPLY_DAYS
from fans.openness.from_log import instrument_of
from fans.openness.models import Instrument
from fans.people.permissions import Reach, homes_in_reach

NOTES: Final = (
    f"A group is made of at least {FEWEST_HOMES} homes of one local authority that began"
    " about the same time, and no provider has so many of them that the others would show"
    " through. Its homes stay the same, and no home is in two groups.",
    f"Figures are made once: on the first of a month, when all homes of the group closed"
    f" their wave {REPLY_DAYS} days before or more. They do not change afterwards.",
    "A score is that of the middle home: as many homes of the group lie above it as below."
    f" It runs from 0 to 100 and is told to the nearest {NEAREST_POINTS}.",
    f"Counts go to the nearest {NEAREST_POINTS}. {HIDDEN} stands for fewer than"
    f" {FEWEST_HOMES}, none included, and for a figure in which one home or one provider"
    " would show through.",
    f"Homes at a level are counted where {FEWEST_HOMES} or more are at it and"
    f" {FEWEST_HOMES} or more are not.",
    "A change is the step between the two figures told, and nothing finer.",
)
"""How the figures were made, for the page and for the file alike."""

HOMES: Final = {"homes": "Homes measured", "full_log": "Homes with a log of all four weeks"}


@dataclass(frozen=True)
class Cell:
    """One figure, of one wave."""

    month: int
    figure: Shown


@dataclass(frozen=True)
class Row:
    """One measure of a circle over its waves; ``change`` is from the first to the last."""

    code: str
    name: str
    cells: tuple[Cell, ...]
    change: Shown | None = None


@dataclass(frozen=True)
class Table:
    """Rows of one kind: homes, scores, levels or counts."""

    code: str
    title: str
    rows: tuple[Row, ...]
    has_change: bool = False


@dataclass(frozen=True)
class CircleShown:
    """One circle with all that is told of it."""

    circle: Circle
    waves: tuple[Figures, ...]
    tables: tuple[Table, ...]

    @property
    def versions(self) -> list[str]:
        """The versions of the questions, in order; more than one is not compared."""
        return sorted({wave.body["instrument"] for wave in self.waves})


def circles_of(reach: Reach) -> list[CircleShown]:
    """Return the circles that lie wholly in a reach and of which anything is told."""
    outside = CircleHome.objects.filter(circle=OuterRef("pk")).exclude(
        enrolment__home__in=homes_in_reach(reach)
    )
    inside = CircleHome.objects.filter(circle=OuterRef("pk"))
    circles = Circle.objects.filter(Exists(inside), ~Exists(outside))
    instruments = {row.version: row for row in Instrument.objects.all()}
    shown = (_shown(c, instruments) for c in circles.prefetch_related("figures"))
    return [each for each in shown if each.waves]


def csv_table(circles: Sequence[CircleShown]) -> Iterator[Sequence[Any]]:
    """Yield the file: first how it was made, then a row for each figure told."""
    yield ("group", "month", "released", "instrument", "table", "code", "name", "figure")
    for note in NOTES:
        yield ("", "", "", "", "note", "", note, "")
    for shown in circles:
        for table in shown.tables:
            for row in table.rows:
                for wave, cell in zip(shown.waves, row.cells, strict=True):
                    head = (shown.circle, wave.month, wave.released_on, wave.body["instrument"])
                    yield (*head, table.code, row.code, row.name, cell.figure)


def _shown(circle: Circle, instruments: dict[str, Instrument]) -> CircleShown:
    waves = tuple(wave for wave in circle.figures.all() if is_told(wave.body))
    return CircleShown(circle, waves, tuple(_tables(waves, instruments)) if waves else ())


def _tables(waves: Sequence[Figures], instruments: dict[str, Instrument]) -> Iterator[Table]:
    asked = instrument_of(instruments[waves[-1].body["instrument"]])
    sides = {side.id: side.name for side in asked.dimensions}
    levels = {level.id: level.name for level in asked.levels}
    months = [wave.month for wave in waves]
    may_compare = len(waves) > 1 and len({wave.body["instrument"] for wave in waves}) == 1

    def rows(names: dict[str, str], key: str = "", change: bool = False) -> tuple[Row, ...]:
        told = [wave.body[key] if key else wave.body for wave in waves]
        return tuple(_row(code, name, months, told, change) for code, name in names.items())

    scores = rows({**HEADLINES, **sides}, "middles", may_compare)
    yield Table("homes", "Homes", rows(HOMES))
    yield Table("scores", "The middle home’s scores", scores, may_compare)
    yield Table("levels", "Homes at each level", rows(levels, "levels"))
    yield Table("counts", "All homes together", rows(COUNTS, "counts"))


def _row(
    code: str,
    name: str,
    months: Sequence[int],
    told: Sequence[dict[str, Shown]],
    with_change: bool,
) -> Row:
    figures = [each.get(code, HIDDEN) for each in told]
    cells = tuple(Cell(*pair) for pair in zip(months, figures, strict=True))
    change = publish_change(figures[0], figures[-1]) if with_change else None
    return Row(code, name, cells, change)
