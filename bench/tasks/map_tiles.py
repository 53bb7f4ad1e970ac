"""``map_tiles``: how many tiles of zooms 12 to 16 a second."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from bench.client import load
from bench.frame import Contender, Result, Sample
from bench.map_task import MapTask, path_at
from bench.private_postgres import find_tools
from bench.servers import Server
from bench.task import BenchError, Goal
from bench.tile_lists import Tile, choose, count_tiles

OURS, RAW, TIPG, VECTORTILES = "our tiles", "pgbench", "tipg", "django-vectortiles"
KEPT: Final = "our tiles, as served: those asked for lately are kept"
RATE, RATE_POINTS = "tiles a second, z12–16", "tiles a second, z13–16"
P50, P95 = "p50, ms", "p95, ms"
CLIENTS: Final = 8

# The tile's box stands ready, so that all that is measured is finding and drawing.
_TILES: Final = """
CREATE TABLE bench_tile (n int PRIMARY KEY, z int, x int, y int, box geometry);
"""
_POINTS: Final = """\\set n random(1, {count})
SELECT ST_AsMVT(f, 'assets', 4096, 'g') FROM (
  SELECT ST_AsMVTGeom(p.geom, t.box, 4096, 64, true) AS g, p.id, p.name, p.c, p.s
    FROM bench_tile t JOIN bench_place p ON p.geom && t.box WHERE t.n = :n) f;
"""


class MapTiles(MapTask):
    """Lets eight connections ask at once, for tiles where people are."""

    name = "map_tiles"
    title = "Tiles a second, zooms 12 to 16"
    compared = (
        "Eight connections ask at once for tiles drawn by lot from one list, in which a tile "
        "stands the more often the more places it holds; each asks again as soon as it is "
        "answered. Beside our site, with the command of bin/run and two workers: "
        "django-vectortiles under the same server with a connection tuned alike, tipg under "
        "uvicorn with uvloop and two workers, and pgbench sending one hand-written prepared "
        "statement (`-M prepared`), the limit of what the database gives."
    )

    def prepare(self) -> None:
        """Choose the tiles, and lay them out for pgbench."""
        with self.place.databases.connect(self.database) as connection:
            counts = count_tiles(connection)
            # The coarsest first: pgbench draws from the whole list or from its end.
            self.tiles = choose(counts, range(12, 17), self.size(80, 3), uniform=False)
            connection.execute("DROP TABLE IF EXISTS bench_tile")
            connection.execute(_TILES)
            with connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO bench_tile VALUES (%s, %s, %s, %s,"
                    " ST_TileEnvelope(%s, %s, %s))",
                    [(n, *tile, *tile) for n, tile in enumerate(self.tiles, 1)],
                )
            connection.execute("VACUUM ANALYZE bench_tile")
        self.points = [tile for tile in self.tiles if tile[0] > 12]
        self.seconds = self.size(2, 1)
        self.round = 0

    def contenders(self) -> Sequence[Contender]:
        """Return our site, the peers and pgbench, where they can be had."""
        site, kept = self.server(keeping_tiles=False), self.server()
        servers = {OURS: site, KEPT: kept, **self.peers()}
        for server in servers.values():  # every connection to the database is open after it
            paths = [path_at(server.name, *tile) for tile in self.points]
            load(server.port, paths, clients=CLIENTS, seconds=self.seconds / 2, seed=0)
        found = [
            Contender(name, partial(self._load, name, server))
            for name, server in servers.items()
        ]
        if pgbench := _find_pgbench():
            found.insert(1, Contender(RAW, partial(self._pgbench, pgbench)))
        else:
            self.not_measured.append("pgbench was not measured: it is not installed.")
        return found

    def _load(self, name: str, server: Server) -> Sample:
        self.round += 1

        def ask(tiles: Sequence[Tile]) -> tuple[float, float, float]:
            paths = [path_at(name, *tile) for tile in tiles]
            done = load(
                server.port, paths, clients=CLIENTS, seconds=self.seconds, seed=self.round
            )
            return done.a_second, done.p50_ms, done.percentile_ms(95)

        rate, p50, p95 = ask(self.tiles)
        points, _, _ = ask(self.points)
        figures = {RATE: rate, RATE_POINTS: points, P50: p50, P95: p95}
        return Sample(1000 / rate, None, figures)

    def _pgbench(self, tool: Path) -> Sample:
        rates = []
        for first in (1, len(self.tiles) - len(self.points) + 1):
            script = self.place.folder / "tiles.sql"
            text = _POINTS.replace("random(1,", f"random({first},")
            script.write_text(text.format(count=len(self.tiles)))
            rates.append(self._rate(tool, script))
        return Sample(1000 / rates[0], None, {RATE: rates[0], RATE_POINTS: rates[1]})

    def _rate(self, tool: Path, script: Path) -> float:
        databases = self.place.databases
        default = databases.default
        command = [
            str(tool),
            "-n",
            "-M",
            "prepared",
            "-c",
            str(CLIENTS),
            "-T",
            str(self.seconds),
        ]
        ended = subprocess.run(
            [*command, "-f", str(script), databases.prefix + self.database],
            env={
                "PATH": os.environ["PATH"],
                "PGHOST": default["HOST"],
                "PGPORT": default.get("PORT") or "5432",
                "PGUSER": default["USER"],
                "PGPASSWORD": default["PASSWORD"],
                "PGOPTIONS": "-c max_parallel_workers_per_gather=0",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        found = re.search(r"^tps = ([0-9.]+)", ended.stdout, re.MULTILINE)
        if ended.returncode or not found:
            raise BenchError(f"pgbench ended with {ended.returncode}: {ended.stderr[-500:]}")
        return float(found[1])

    def goals(self) -> Sequence[Goal]:
        """Return the three that were promised, and the same where all give points."""

        def beside(name: str, times: float, what: str) -> Goal:
            def is_met(result: Result) -> bool:
                present = any(each.name == name for each in result.contenders)
                return present and 1 / result.figure_times_ours(name, what) >= times

            least = "1/1.4 of pgbench" if name == RAW else f"{times:.1f} times {name}"
            return Goal(f"at least {least} in {what}", is_met)

        promised = ((RAW, 1 / 1.4), (TIPG, 2.4), (VECTORTILES, 1.4))
        return [beside(*each, what) for what in (RATE, RATE_POINTS) for each in promised]

    def tables(self, result: Result) -> Sequence[str]:
        """Return our rates by those of the others, also where all give the same points."""
        names = [each.name for each in result.contenders[1:] if each.name != KEPT]
        lines = ["| ours by theirs, medians of each round's ratio | z12–16 | z13–16 |"]
        lines.append("| --- | ---: | ---: |")
        for name in names:
            ratios = (1 / result.figure_times_ours(name, what) for what in (RATE, RATE_POINTS))
            lines.append(f"| {name} | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |")
        return ["\n".join(lines)] if names else []

    def notes(self) -> Sequence[str]:
        """Say what a run is and where the tiles differ."""
        return [
            f"Seconds are of 1,000 tiles; a run is {self.seconds} s over {len(self.tiles)} "
            "tiles, after which the tiles of zooms 13 to 16 run alone.",
            "At zoom 12 ours are cells with counts, and at any zoom where more than 800 places "
            "lie in a tile; all others give every point. From zoom 13 on nearly all tiles "
            "hold the same points with the same four properties, whoever gives them.",
            "Our server is told to keep no tile, so that each is made when it is asked for, "
            "but for the one row that says so.",
            "pgbench is written in C and sends no HTTP; the client of the others is a loop in "
            "Python, the same for all. All of it shares the machine's cores.",
            *super().notes(),
        ]


def _find_pgbench() -> Path | None:
    tools = find_tools()
    if tools and (tools / "pgbench").exists():
        return tools / "pgbench"
    found = shutil.which("pgbench")
    return Path(found) if found else None
