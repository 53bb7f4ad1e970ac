"""Judges labelled pairs of real records as the gates do; prints what came of it as JSON.

usage: python bench/judge_pairs.py DATA_FOLDER tune|held-out [--show]

The labels are in ``bench/duplicates/pairs.csv``: two rows, each by its file and its key
there, and whether they are one place. The records are read from the files themselves, by
the importers' own readers. ``--show`` prints the records of every miss, with the reasons.
"""

import csv
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from assets.candidates import Placed  # noqa: E402 - after setup
from assets.gridded import from_grid  # noqa: E402
from assets.models import AssetSource  # noqa: E402
from assets.options import Options  # noqa: E402
from assets.reading import Row, read  # noqa: E402
from assets.staging import _made_up_ref as made_up_ref  # noqa: E402
from assets.twins.records import facts_of_placed  # noqa: E402
from assets.twins.signals import Facts, Verdict, in_words, reasons  # noqa: E402
from intake.source import SourceFile  # noqa: E402

PAIRS: Final = Path(__file__).resolve().parent / "duplicates" / "pairs.csv"

CATEGORIES: Final = {
    "gm_places_of_worship_RAW": "faith",
    "gm_pharmacies": "health_wellbeing",
    "gm_polling_stations": "community_space",
    "gm_post_offices": "shops",
    "gm_hospitals": "health_wellbeing",
    "sports_clubs": "sport",
    "trafford_mental_health_services": "health_wellbeing",
    "trafford_general_practices": "health_wellbeing",
    "trafford_allotments": "garden_nature",
    "trafford_greenspace_sites": "garden_nature",
    "services_full": "community_space",
}
"""What an operator would say of a whole file that does not say it itself."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Pair:
    """Two rows and what somebody who read both said of them."""

    file: str
    row: str
    other_file: str
    other_row: str
    label: str
    reason: str

    @property
    def is_held_out(self) -> bool:
        """Say whether it was left alone while the weights were set: by hash of its ids."""
        ids = "|".join((self.file, self.row, self.other_file, self.other_row))
        return hashlib.sha256(ids.encode()).digest()[0] % 2 == 1


def pairs(path: Path = PAIRS) -> list[Pair]:
    """Return all labelled pairs."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Pair(**row) for row in csv.DictReader(file)]


def records(data: Path, file: str) -> Iterator[tuple[Key, Facts]]:
    """Yield what is compared of every row of a file, by its key.

    A key that stands there again, for other contents, is told apart by its turn: "7#2".
    """
    path = data / file
    source = _source_of(file)
    options = Options(source, category=CATEGORIES.get(path.stem, ""))
    seen: dict[str, int] = {}
    for row in from_grid(list(read(SourceFile.open(path), options).rows)):
        if row.candidate is None or row.refused is not None:
            continue
        ref = row.ref or made_up_ref(row.candidate, row.shape)
        seen[ref] = seen.get(ref, 0) + 1
        key = ref if seen[ref] == 1 else f"{ref}#{seen[ref]}"
        yield (file, key), facts_of_placed(_placed(row, ref), source)


def _source_of(file: str) -> AssetSource:
    if file.startswith("osm/"):
        return AssetSource.OSM
    if file.startswith("oruk/"):
        return AssetSource.ORUK
    return AssetSource.CSV if file.endswith(".csv") else AssetSource.GEOJSON


def _placed(row: Row, ref: str) -> Placed:
    """Return a row with its own point; one that has a postcode only is given no place."""
    assert row.candidate is not None
    shape = row.shape
    return Placed(
        ref, row.candidate, shape.lon if shape else None, shape.lat if shape else None
    )


def main(data: Path, half: str, *, show: bool) -> None:
    """Judge one half and print counts, seconds and misses."""
    chosen = [pair for pair in pairs() if pair.is_held_out == (half == "held-out")]
    files = {name for pair in chosen for name in (pair.file, pair.other_file)}
    held = {key: facts for file in sorted(files) for key, facts in records(data, file)}
    sides = [
        (held[pair.file, pair.row], held[pair.other_file, pair.other_row]) for pair in chosen
    ]
    since = time.perf_counter()
    verdicts = [reasons(one, other) for one, other in sides]
    seconds = time.perf_counter() - since
    counts = {"hit": 0, "missed": 0, "wrong": 0, "told apart": 0}
    misses = []
    for pair, verdict, (one, other) in zip(chosen, verdicts, sides, strict=True):
        what = _what(pair, verdict)
        counts[what] += 1
        if what in ("missed", "wrong"):
            misses.append({"what": what, "score": round(verdict.score, 2), **asdict(pair)})
            if show:
                _show(what, verdict, one, other)
    print(json.dumps({"counts": counts, "seconds": seconds, "misses": misses}))


def _what(pair: Pair, verdict: Verdict) -> str:
    if pair.label == "same":
        return "hit" if verdict.is_asked else "missed"
    return "wrong" if verdict.is_asked else "told apart"


def _show(what: str, verdict: Verdict, one: Facts, other: Facts) -> None:
    print(f"{what} ({verdict.score:.2f}): {one.name} | {other.name}", file=sys.stderr)
    print(f"    {in_words(verdict.reasons)}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], show="--show" in sys.argv)
