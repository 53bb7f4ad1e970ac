"""``duplicates``: pairs of real records, labelled by reading them, judged as the gates do."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from bench.child import run_child
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.task import BenchError, Goal, Task

OURS: Final = "the reasons of the three gates"
PRECISION, RECALL = "precision", "recall"
DATA: Final = Path(os.environ.get("FANS_REAL_DATA", ROOT.parent / "shared" / "data"))


class Duplicates(Task):
    """Judges the half of the labelled pairs that was left alone while weights were set."""

    name = "duplicates"
    title = "Telling one place from two"
    rounds = 1
    compared = (
        "Pairs of records from real public files (libraries, polling stations, places of "
        "worship, schools, food banks, sports clubs, dentists, pharmacies, charities, "
        "OpenStreetMap, an Open Referral feed), read side by side and labelled by hand: one "
        "place in two sources or twice in one, or two that look alike. Every pair is judged "
        "by `assets.twins.signals.reasons`, as all three gates do; one that is *same* or "
        "*maybe* counts as found."
    )

    def prepare(self) -> None:
        """Look for the files: they are not part of this project."""
        if not DATA.is_dir():
            raise BenchError(
                "the public files that the labels name are not here: set FANS_REAL_DATA"
            )

    def contenders(self) -> Sequence[Contender]:
        """Return the one: there is nothing beside it."""
        return [Contender(OURS, self._judge, note="seconds are of the comparing alone")]

    def _judge(self) -> Sample:
        found = self._found
        hit, missed, wrong = (found["counts"][what] for what in ("hit", "missed", "wrong"))
        figures = {
            PRECISION: hit / (hit + wrong),
            RECALL: hit / (hit + missed),
            **{f"pairs: {what}": float(count) for what, count in found["counts"].items()},
        }
        return Sample(found["seconds"], figures=figures)

    @cached_property
    def _found(self) -> Mapping[str, Any]:
        script = str(ROOT / "bench" / "judge_pairs.py")
        command = [sys.executable, script, str(DATA), "held-out"]
        environment = self.place.databases.environment(self.name)
        ended = run_child(command, environment)
        found: Mapping[str, Any] = json.loads(ended.output.splitlines()[-1])
        return found

    def goals(self) -> Sequence[Goal]:
        """Return what was promised."""

        def precise(result: Result) -> bool:
            return result.figure(OURS, PRECISION) >= 0.95

        def complete(result: Result) -> bool:
            return result.figure(OURS, RECALL) >= 0.90

        return [
            Goal("precision at least 0.95 on the held-out half", precise),
            Goal("recall at least 0.90 on the held-out half", complete),
        ]

    def notes(self) -> Sequence[str]:
        """Say how the labels came about, and list the misses by their rows."""
        return [
            "Which half a pair is in follows from a hash of its two ids. The weights were set "
            "on the other half alone; this half was judged for the figures here.",
            "One reader labelled the pairs by looking at both records, before any was judged. "
            "Left out were pairs on which two people could honestly differ: a school and the "
            "pitches at it, a churchyard and its church, a library before and after it moved.",
            "Rows that have a postcode and no point are compared without a place.",
            "The gates ask less of two rows of one list: not where anything in their names, or "
            "what stands in brackets, tells them apart. That is not counted here.",
            *(
                f"{miss['what']} ({miss['score']:.2f}, {miss['reason']}): "
                f"{miss['file']} `{miss['row']}` and {miss['other_file']} `{miss['other_row']}`"
                for miss in self._found["misses"]
            ),
        ]
