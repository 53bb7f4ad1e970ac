"""``map_low``: tiles of zooms 5 to 12, where a tile holds up to the whole country."""

import gzip
from collections.abc import Sequence
from functools import partial
from statistics import median
from typing import Final

from bench.client import Connection, percentile
from bench.frame import Contender, Result, Sample
from bench.map_task import MapTask, path_at
from bench.report import number
from bench.servers import Server
from bench.task import BenchError, Goal
from bench.tile_lists import Tile, choose, count_tiles
from bench.vector_tile import read_tile

OURS: Final = "our tiles"
KEPT: Final = "our tiles, as served: those asked for lately are kept"
ZOOMS: Final = range(5, 13)
FILTERS: Final = {
    "of two kinds": "?category=arts_culture&category=faith",
    "last checked long ago": "?check_state=stale",
    "with an offer": "?offers=1",
    "under all three": "?category=arts_culture&category=faith&check_state=stale&offers=1",
    "with a way in by wheelchair": "?wheelchair=yes&wheelchair=limited",
    "of two kinds with a way in by wheelchair": (
        "?category=arts_culture&category=faith&wheelchair=yes&wheelchair=limited"
    ),
}
_LOOKED_INTO: Final = 20_000
"""A peer's tile of more places is not taken apart: that would take minutes."""
P50, P95, MOST = "p50, ms", "p95, ms", "max, ms"
RAW_KB, GZ_KB = "largest, kB", "largest gz, kB"
REFUSED: Final = "refused as too busy (503)"


class MapLow(MapTask):
    """Asks for one tile after another, as one browser does."""

    name = "map_low"
    title = "Low zooms, 5 to 12"
    compared = (
        "One connection asks for one tile after another, uncompressed; every answer is read "
        "to its end. The tiles of each zoom: half by lot among all that hold a place, half by "
        "lot among the places in them. Ours hold cells with counts, of everything and under "
        "each filter of the page. Beside them tipg and django-vectortiles with their limits "
        "lifted, each giving all points: the same places, out of a table with just the columns "
        "of our tiles, stored in the tiles' own projection. Tiles without a filter must count "
        "every place in them."
    )

    def prepare(self) -> None:
        """Choose the tiles; start the servers."""
        with self.place.databases.connect(self.database) as connection:
            self.counts = count_tiles(connection)
        self.tiles = choose(self.counts, ZOOMS, self.size(8, 2))
        self.by_zoom: dict[str, dict[int, list[float]]] = {}
        self.seen: set[tuple[str, Tile]] = set()
        self.packed: dict[str, float] = {}

    def contenders(self) -> Sequence[Contender]:
        """Return ours, without and with each filter, and the peers."""
        again = self.size(3, 1)
        asked = {OURS: "", **{f"{OURS} {words}": query for words, query in FILTERS.items()}}
        site = self.server(keeping_tiles=False)
        found = [
            Contender(name, partial(self._ask, name, site, query, again))
            for name, query in asked.items()
        ]
        found.append(Contender(KEPT, partial(self._ask, KEPT, self.server(), "", again)))
        for name, server in self.peers().items():
            found.append(Contender(name, partial(self._ask, name, server, "", 1)))
        return found

    def _ask(self, name: str, server: Server, query: str, again: int) -> Sample:
        times: dict[Tile, list[float]] = {}
        largest, refused = b"", 0
        with Connection(server.port) as connection:
            connection.get(path_at(server.name, *self.tiles[-1], query))
            for tile in dict.fromkeys(self.tiles):
                for _ in range(again):
                    answer = connection.get(path_at(server.name, *tile, query))
                    times.setdefault(tile, []).append(1000 * answer.seconds)
                if answer.status == 503:
                    refused += 1
                elif answer.status not in {200, 204}:
                    raise BenchError(f"{name} answered {answer.status} for {tile}")
                elif not query:
                    self._check(name, tile, answer.body)
                largest = max(largest, answer.body, key=len)
        if name not in self.packed:  # the same in every round
            self.packed[name] = len(gzip.compress(largest, 6)) / 1000
        sizes = {RAW_KB: len(largest) / 1000, GZ_KB: self.packed[name]}
        drawn = [(tile, times[tile]) for tile in self.tiles]
        return self._sample(name, drawn, {**sizes, REFUSED: refused})

    def _check(self, name: str, tile: Tile, body: bytes) -> None:
        """See that a tile without a filter counts every place in it, or a few beside it."""
        wanted = self.counts[tile[0]][tile[1:]]
        if name != OURS and ((name, tile) in self.seen or wanted > _LOOKED_INTO):
            return
        self.seen.add((name, tile))
        counted = read_tile(body).counted
        if counted < wanted or (name == OURS and counted != wanted):
            raise BenchError(f"{name} counts {counted} places in {tile}, not {wanted}")

    def _sample(
        self,
        name: str,
        times: Sequence[tuple[Tile, list[float]]],
        others: dict[str, float],
    ) -> Sample:
        every = [took for _, several in times for took in several]
        by_zoom = self.by_zoom.setdefault(name, {})
        for zoom in ZOOMS:
            of_zoom = [t for tile, several in times if tile[0] == zoom for t in several]
            by_zoom.setdefault(zoom, []).append(percentile(of_zoom or [0.0], 95))
        figures = {
            P50: median(every),
            P95: percentile(every, 95),
            MOST: max(every),
            **others,
        }
        pass_ms = sum(median(several) for _, several in times)
        return Sample(pass_ms / 1000, None, figures)

    def goals(self) -> Sequence[Goal]:
        """Return what was promised, for every filter and every peer."""

        def ours(result: Result) -> list[str]:
            return [each.name for each in result.contenders if each.name.startswith(OURS)]

        def in_time(result: Result) -> bool:
            return all(
                result.figure(name, P95) <= 10 and not result.figure(name, REFUSED)
                for name in ours(result)
            )

        def small(result: Result) -> bool:
            return all(result.figure(name, RAW_KB) <= 20 for name in ours(result))

        def fast(result: Result) -> bool:
            peers = [each.name for each in result.contenders if each.name not in ours(result)]
            ratios = [result.figure_times_ours(name, P95) for name in peers]
            return len(peers) == 2 and min(ratios) >= 50

        return [
            Goal("p95 at most 10 ms, with any filter of the page but words", in_time),
            Goal("at most 20 kB raw", small),
            Goal("at least 50 times as fast as each peer, at p95", fast),
        ]

    def tables(self, result: Result) -> Sequence[str]:
        """Return p95 by zoom: the peers' tiles shrink from zoom to zoom, ours do not."""
        names = [each.name for each in result.contenders if "our" not in each.name]
        head = "".join(f" {name}, ms | times ours |" for name in names)
        lines = [f"| p95, median of rounds | {OURS}, ms |{head}"]
        lines.append("| --- | ---: |" + " ---: | ---: |" * len(names))
        for zoom in ZOOMS:
            ours = self.by_zoom[OURS][zoom]
            cells = [f"zoom {zoom}", number(median(ours))]
            for name in names:
                theirs = self.by_zoom[name][zoom]
                ratio = median(b / a for a, b in zip(ours, theirs, strict=True))
                cells += [number(median(theirs)), number(ratio)]
            lines.append(f"| {' | '.join(cells)} |")
        all_zooms = [
            f"{name} {result.figure_times_ours(name, P95):.0f} times ours" for name in names
        ]
        told = [f"p95 over all zooms: {', '.join(all_zooms)}."] if names else []
        return ["\n".join(lines), *told]

    def notes(self) -> Sequence[str]:
        """Say what a run is and where the tiles differ."""
        return [
            f"Seconds are of one pass over {len(self.tiles)} tiles. The same tiles come again "
            "in every round, so all servers are warm. A tile that was drawn "
            "twice is asked for once and counts twice.",
            "Ours hold one feature a cell with a count, the peers' one feature a place with "
            "id, name, kind and check state. tipg's and django-vectortiles' tiles are complete "
            "here; as they come, tipg stops at 10,000 places a tile without a word.",
            "Our server is told to keep no tile, so that each is made when it is asked for, "
            "but for the one row that says so.",
            "gz: compressed by the bench at level 6, whoever serves it.",
            *super().notes(),
        ]
