"""``map_search``: the search box over a million places, words well written and not."""

import json
import random
import time
from collections.abc import Sequence
from functools import partial
from statistics import median
from typing import Final
from urllib.parse import urlencode

from bench.client import Connection, percentile
from bench.frame import Contender, Result, Sample
from bench.map_task import MapTask
from bench.task import BenchError, Goal

WORDS, TYPED, MISSPELT, RAW = (
    "whole words",
    "as typed, letter by letter",
    "misspelt words",
    "names with trigrams, raw SQL",
)
P50, P95, EMPTY = "p50, ms", "p95, ms", "found nothing"
_ASKED_OF_EACH: Final = 40
"""With those to warm up, under the box's own limit of 600 a minute for one network."""

# What trigrams alone would do for a misspelt word: the names most like it.
_TRIGRAMS: Final = """
SELECT id, name FROM assets_asset
 WHERE %(q)s <%% name AND visibility = 'published' AND state = 'open'
 ORDER BY word_similarity(%(q)s, name) DESC,
          location <-> ST_Point(%(lon)s, %(lat)s, 4326)::geography LIMIT 10
"""


class MapSearch(MapTask):
    """Asks the search box, each time around another spot."""

    name = "map_search"
    title = "The search box"
    compared = (
        "`/search/?q=&near=` over HTTP: words of names that stand in the country, each around "
        "a place drawn by lot; the beginnings of those words, as they are when somebody types; "
        "and the same words with one slip each, two letters changed about, one left out or "
        "one doubled. Beside it, for the misspelt: one statement that orders names by their "
        "trigrams."
    )

    def prepare(self) -> None:
        """Draw names and spots; misspell the words."""
        draw = random.Random(8)  # noqa: S311 - the same questions each time
        rows = self.query(
            "SELECT name, ST_X(location::geometry), ST_Y(location::geometry)"
            "  FROM assets_asset WHERE visibility = 'published' AND state = 'open'"
            "   AND location IS NOT NULL ORDER BY md5(id::text) LIMIT %s",
            [self.size(_ASKED_OF_EACH, 3)],
        )
        spots = [(x, y) for _, x, y in rows]
        draw.shuffle(spots)
        self.asked: dict[str, list[tuple[str, float, float]]] = {
            kind: [] for kind in (WORDS, TYPED, MISSPELT)
        }
        for (name, _, _), spot in zip(rows, spots, strict=True):
            words = _longest_words(name)
            self.asked[WORDS].append((words, *spot))
            self.asked[TYPED].append((words[: draw.randint(3, max(3, len(words) - 1))], *spot))
            self.asked[MISSPELT].append((_misspelt(draw, words), *spot))
        self.server()

    def contenders(self) -> Sequence[Contender]:
        """Return the three ways of asking, and trigrams alone."""
        ways = [Contender(kind, partial(self._ask, kind)) for kind in self.asked]
        return [*ways, Contender(RAW, self._trigrams)]

    def _ask(self, kind: str) -> Sample:
        times, empty = [], 0
        with Connection(self.server().port) as connection:
            for q, x, y in self.asked[kind]:
                query = urlencode({"q": q, "near": f"{x:.5f},{y:.5f}"})
                answer = connection.get(f"/search/?{query}")
                if answer.status != 200:
                    raise BenchError(f"the search answered {answer.status} for {q!r}")
                empty += not json.loads(answer.body)["results"]
                times.append(1000 * answer.seconds)
        return _sample(times, empty)

    def _trigrams(self) -> Sample:
        times, empty = [], 0
        with self.place.databases.connect(self.database) as connection:
            for q, x, y in self.asked[MISSPELT]:
                parameters = {"q": q, "lon": x, "lat": y}
                since = time.perf_counter()
                empty += not connection.execute(_TRIGRAMS, parameters).fetchall()
                times.append(1000 * (time.perf_counter() - since))
        return _sample(times, empty)

    def goals(self) -> Sequence[Goal]:
        """Return the two that were promised."""

        def at_once(result: Result) -> bool:
            return max(result.figure(WORDS, P95), result.figure(TYPED, P95)) <= 30

        def mended(result: Result) -> bool:
            return result.figure(MISSPELT, P95) <= 250

        return [
            Goal("p95 at most 30 ms by words and nearness, whole and as typed", at_once),
            Goal("p95 at most 250 ms where a word is misspelt", mended),
        ]

    def notes(self) -> Sequence[str]:
        """Say what a run is."""
        asked = len(self.asked[WORDS])
        return [f"Seconds are of one answer, the median of {asked}.", *super().notes()]


def _sample(times: Sequence[float], empty: int) -> Sample:
    figures = {P50: median(times), P95: percentile(times, 95), EMPTY: float(empty)}
    return Sample(median(times) / 1000, None, figures)


def _longest_words(name: str) -> str:
    """Return the two longest words of a name, in their order."""
    words = [word for word in name.split() if word.isalpha()] or name.split()
    chosen = sorted(words, key=len, reverse=True)[:2]
    return " ".join(word for word in words if word in chosen)


def _misspelt(draw: random.Random, words: str) -> str:
    """Return words with one slip in the longest of them."""
    longest = max(words.split(), key=len)
    at, how = draw.randrange(1, max(2, len(longest) - 2)), draw.randrange(3)
    if how == 0:
        wrong = longest[:at] + longest[at + 1 : at + 2] + longest[at] + longest[at + 2 :]
    elif how == 1:
        wrong = longest[:at] + longest[at + 1 :]
    else:
        wrong = longest[:at] + longest[at] + longest[at:]
    return words.replace(longest, wrong, 1)
