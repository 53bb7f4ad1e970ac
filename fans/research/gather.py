"""Everything of an extract but the rows of the log, which are never held in memory."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper

from fans.research.cells import safe_text
from fans.research.contents import Contents
from fans.research.errors import NobodyAgreedError
from fans.research.log_rows import Weight, weights
from fans.research.marks import Marks, bed_band, marks_shown
from fans.research.pseudonyms import Pseudonyms
from fans.research.ties import Tie, distances_told, ties_of
from fans.research.waves import ScoredWave, scored_waves


@dataclass(frozen=True)
class Gathered:
    """What the files are written from. Homes are keyed by pseudonym, in its order."""

    study: str  # its pseudonym
    homes: Mapping[str, Marks]
    home_names: Mapping[int, str]
    ties: Sequence[Tie]
    told: Set[tuple[str, str]]  # pairs of category and distance band
    weights: Mapping[int, Weight]
    waves: Sequence[ScoredWave]
    left_out: Mapping[str, Any]


def gather(cursor: CursorWrapper, contents: Contents) -> Gathered:
    """Read all that is not streamed.

    Raises:
        NobodyAgreedError: no home of the cohort has agreed to research.
    """
    names = Pseudonyms(contents.study.key)
    marks = {names.home(home.pk): _marks(home) for home in contents.homes().with_beds()}
    if not marks:
        raise NobodyAgreedError(
            f"No home of {contents.study.cohort} has agreed to research yet."
        )
    homes = dict(zip(marks, marks_shown(list(marks.values())), strict=True))
    waves = scored_waves(contents)
    ties = ties_of(cursor, contents, names, waves)
    told = distances_told(ties)
    met = weights(cursor, contents)
    return Gathered(
        study=names.study(contents.study.pk),
        homes=dict(sorted(homes.items())),
        home_names={pk: names.home(pk) for pk in contents.homes().values_list("pk", flat=True)},
        ties=ties,
        told=told,
        weights=met,
        waves=waves,
        left_out={
            **contents.left_out(),
            **_marks_blanked(marks, homes),
            "distance_bands_blanked": sum(
                met[tie.id].rows
                for tie in ties
                if tie.id in met
                and tie.distance_band
                and (tie.category, tie.distance_band) not in told
            ),
            "raw_values_held_back": sum(wave.raws_held_back for wave in waves),
            "answers_of_small_groups": sum(wave.answers_left_out for wave in waves),
        },
    )


def _marks(home: Any) -> Marks:
    """Return a home's marks; ``beds`` is annotated."""
    return Marks(safe_text(home.local_authority), home.kind, bed_band(home.beds))


def _marks_blanked(measured: Mapping[str, Marks], shown: Mapping[str, Marks]) -> dict[str, int]:
    """Count, for each mark, the homes whose value is known and not told."""
    return {
        f"{mark}_cells_blanked": sum(
            getattr(measured[home], mark) != getattr(shown[home], mark) for home in measured
        )
        for mark in Marks._fields
    }
