"""``map_scale``: the same questions over a thousand places and over a million."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import psycopg

from bench.client import Connection, percentile
from bench.frame import Contender, Result, Sample
from bench.map_task import MapTask, country_name, make_country, path_at
from bench.task import BenchError, Goal
from bench.tile_lists import choose, count_tiles

LOW, FULL, LIST, PAGE, SEARCH = (
    "tiles z5–12, p95 ms",
    "tiles z14, p95 ms",
    "nearest 50 as GeoJSON, p95 ms",
    "map page with its list, p95 ms",
    "search, p95 ms",
)
SIZES: Final = (100_000, 1_000, 10_000, 1_000_000)
QUICK_SIZES: Final = (500, 1_500)
FILTER: Final = "?category=arts_culture&category=faith"
WORDS: Final = ("choir", "library", "church", "garden club", "community hall", "football")


class MapScale(MapTask):
    """Asks our site over countries of four sizes; every server stands all the while."""

    name = "map_scale"
    title = "From a thousand places to a million"
    compared = (
        "Four countries from the same seed, each with its own server; the same questions at "
        "the same places: tiles of zooms 5 to 12 without a filter and with one, tiles of zoom "
        "14, the fifty nearest places as GeoJSON, the page with map and list, and the search "
        "box. No server keeps tiles here. The goal compares a million with 100,000, which "
        "stands first."
    )

    def begin(self) -> None:
        """Make the countries that are not there yet."""
        for assets in self.sizes:
            make_country(self.place, assets)

    @property
    def sizes(self) -> Sequence[int]:
        """How many places each country has, the one that others are compared with first."""
        return QUICK_SIZES if self.place.is_quick else SIZES

    def prepare(self) -> None:
        """Choose tiles and places of the largest country; start the servers."""
        each = self.size(6, 2)
        with self._connect(max(self.sizes)) as connection:
            counts = count_tiles(connection)
            low = choose(counts, range(5, 13), each)
            full = choose(counts, range(14, 15), self.size(40, 2))
            spots = connection.execute(
                "SELECT ST_X(location::geometry), ST_Y(location::geometry) FROM assets_asset"
                " WHERE location IS NOT NULL ORDER BY md5(id::text) LIMIT %s",
                [self.size(25, 3)],
            ).fetchall()
        self.paths = {
            LOW: [path_at("ours", *tile, asked) for tile in low for asked in ("", FILTER)],
            FULL: [path_at("ours", *tile) for tile in full],
            LIST: [
                f"/api/v1/assets/?format=geojson&near={x:.5f},{y:.5f}&page_size=50"
                for x, y in spots
            ],
            PAGE: [f"/map/?at={y:.5f},{x:.5f},14" for x, y in spots],
            SEARCH: [
                f"/search/?q={WORDS[n % len(WORDS)].replace(' ', '+')}&near={x:.5f},{y:.5f}"
                for n, (x, y) in enumerate(spots)
            ],
        }
        if not self.has_pages():
            del self.paths[PAGE]
            self.not_measured.append("The page was not measured: the front end is not built.")
        for assets in self.sizes:
            self.server(country_name(assets), keeping_tiles=False)

    def _connect(self, assets: int) -> psycopg.Connection[tuple[Any, ...]]:
        return self.place.databases.connect(country_name(assets))

    def contenders(self) -> Sequence[Contender]:
        """Return the countries."""
        return [
            Contender(_words(assets), partial(self._ask_all, assets)) for assets in self.sizes
        ]

    def _ask_all(self, assets: int) -> Sample:
        figures, whole = {}, 0.0
        with self._connect(assets) as database:

            def forget() -> None:
                # Or the API would say that this visitor asks too often.
                database.execute("DELETE FROM django_cache")

            for what, paths in self.paths.items():
                times = self._ask(assets, paths, forget)
                figures[what] = percentile(times, 95)
                whole += sum(times)
        return Sample(whole / 1000, None, figures)

    def _ask(
        self, assets: int, paths: Sequence[str], forget: Callable[[], object]
    ) -> list[float]:
        server = self.server(country_name(assets), keeping_tiles=False)
        times = []
        with Connection(server.port) as connection:
            connection.get(paths[0])
            for path in paths:
                forget()
                answer = connection.get(path)
                if answer.status not in {200, 204}:
                    raise BenchError(f"our site answered {answer.status} at {path}")
                times.append(1000 * answer.seconds)
        return times

    def goals(self) -> Sequence[Goal]:
        """Return: a million at most three times 100,000, for every question."""

        def flat(result: Result) -> bool:
            whole = _words(max(self.sizes))
            return all(result.figure_times_ours(whole, what) <= 3 for what in self.paths)

        return [Goal("p95 over a million at most 3 times that over 100,000", flat)]

    def tables(self, result: Result) -> Sequence[str]:
        """Return the ratios that the goal is about."""
        whole = _words(max(self.sizes))
        ratios = (f"{what} {result.figure_times_ours(whole, what):.2f}" for what in self.paths)
        return [f"{whole}, times {_words(self.sizes[0])}: {'; '.join(ratios)}."]

    def notes(self) -> Sequence[str]:
        """Say what a run is."""
        asked = sum(len(paths) for paths in self.paths.values())
        said = f"Seconds are of {asked} questions, one after another on one connection."
        return [said, *super().notes()]


def _words(assets: int) -> str:
    return f"{assets:,} places"
