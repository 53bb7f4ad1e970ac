"""What the benches of the map share: one country of a million places, and its servers."""

from collections.abc import Callable, Sequence
from typing import Any

from bench.child import run_child
from bench.databases import ROOT
from bench.peers import Peer
from bench.servers import Server, granian_of
from bench.task import BenchError, Place, Task

ENVIRONMENTS = ROOT / "var" / "bench" / "peers"
MANIFEST = ROOT / "frontend/static/frontend/build/manifest.json"
TIPG = Peer("tipg", ROOT / "bench" / "peer_tipg")
VECTORTILES = Peer("vectortiles", ROOT / "bench" / "peer_vectortiles")

# What peers read: our public places and the columns of our tiles, in the tiles' projection.
_FOR_PEERS = """
CREATE TABLE bench_place AS
SELECT id, name::text, category::text AS c, check_state::text AS s,
       ST_Transform(location::geometry, 3857)::geometry(Point, 3857) AS geom
  FROM assets_asset
 WHERE visibility = 'published' AND state = 'open' AND location IS NOT NULL;
ALTER TABLE bench_place ADD PRIMARY KEY (id);
CREATE INDEX bench_place_geom ON bench_place USING gist (geom);
"""


class MapTask(Task):
    """A bench of the map. It only reads the country, which others read after it."""

    page = "map"
    rounds = 5
    WHOLE, QUICK = 1_000_000, 1_500

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._servers: dict[str, Server] = {}
        self.not_measured: list[str] = []

    @property
    def database(self) -> str:
        """The shared country's database, by its name in ``Databases``."""
        return country_name(self.size(self.WHOLE, self.QUICK))

    def begin(self) -> None:
        """Make the country, unless another bench of this run has made it."""
        make_country(self.place, self.size(self.WHOLE, self.QUICK))

    def end(self) -> None:
        """Stop the servers; the country stays until the run ends."""
        for server in self._servers.values():
            server.stop()
        self._servers.clear()

    def server(self, database: str = "", *, keeping_tiles: bool = True) -> Server:
        """Return our site over the country, started at the first call.

        Without ``keeping_tiles`` it makes every tile anew, as for the first visitor.
        """
        name = database or self.database
        environment = self.place.databases.environment(name)
        if not keeping_tiles:
            environment["DJANGO_SETTINGS_MODULE"] = "bench.keeping_nothing"
        key = f"{name}, {'keeping' if keeping_tiles else 'not keeping'} tiles"
        return self._served(key, lambda: Server.ours(environment))

    def has_pages(self) -> bool:
        """Collect the pages' own files, once a run; say whether the front end is built."""
        if not MANIFEST.exists():
            return False
        databases = self.place.databases
        mark = self.place.folder / "collected"
        if not mark.exists():
            command = databases.manage("collectstatic", "--no-input", "--clear")
            run_child(command, databases.environment(self.database))
            mark.touch()
        return True

    def peers(self) -> dict[str, Server]:
        """Return the peers' tile servers that can be had; note why another can't."""
        starts = {"tipg": self._tipg, "django-vectortiles": self._vectortiles}
        found = {}
        for name, start in starts.items():
            try:
                found[name] = self._served(name, start)
            except BenchError as error:
                self.not_measured.append(f"{name} was not measured: {error}.")
        return found

    def _served(self, name: str, start: Callable[[], Server]) -> Server:
        if name not in self._servers:
            self._servers[name] = start()
        return self._servers[name]

    def _tipg(self) -> Server:
        python = TIPG.python(ENVIRONMENTS, self.place.say)
        command = "-m uvicorn tipg.main:app --workers 2 --loop uvloop"
        databases = self.place.databases
        environment = {
            **databases.environment(self.database),
            "DATABASE_URL": databases.as_dsn(self.database),
            "PGPASSWORD": databases.default["PASSWORD"],
            "TIPG_DB_TABLES": '["public.bench_place"]',
            "TIPG_MAX_FEATURES_PER_TILE": "100000000",  # it would leave out all beyond 10,000
            "TIPG_TILE_BUFFER": "64",
            "TIPG_CATALOG_TTL": "0",
        }
        environment.pop("PYTHONPATH")
        patient = ("--timeout-worker-healthcheck", "300")  # tiles of the country take long
        arguments = [
            str(python),
            *command.split(),
            "--http",
            "httptools",
            "--log-level",
            "warning",
            *patient,
        ]
        probe = path_at("tipg", 16, 0, 0)
        return Server("tipg", arguments, environment, probe=probe, folder=TIPG.folder)

    def _vectortiles(self) -> Server:
        python = VECTORTILES.python(ENVIRONMENTS, self.place.say)
        environment = self.place.databases.environment(self.database)
        environment["PYTHONPATH"] = str(VECTORTILES.folder)
        return Server(
            "django-vectortiles",
            granian_of(python, "wsgi:application"),
            environment,
            probe=path_at("django-vectortiles", 16, 0, 0),
            folder=VECTORTILES.folder,
        )

    def query(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of one statement in the country's database."""
        with self.place.databases.connect(self.database) as connection:
            return connection.execute(statement, parameters).fetchall()

    def notes(self) -> Sequence[str]:
        """Say what could not be measured."""
        return self.not_measured


def path_at(server: str, z: int, x: int, y: int, asked: str = "") -> str:
    """Return the address of a tile at one of the servers; ``asked``: our query string."""
    if server == "tipg":
        return f"/collections/public.bench_place/tiles/WebMercatorQuad/{z}/{x}/{y}"
    if server == "django-vectortiles":
        return f"/tiles/{z}/{x}/{y}"
    return f"/tiles/assets/{z}/{x}/{y}.mvt{asked}"


def country_name(assets: int) -> str:
    """Return the name of the database with a country of so many places."""
    return f"country_{assets}"


def make_country(place: Place, assets: int) -> None:
    """Make a country and the peers' table in it, unless this run has it already."""
    databases, name = place.databases, country_name(assets)
    if name in databases.made:
        return
    place.say(f"making a country of {assets:,} places")
    databases.make(name, like="ground")
    sizes = ("--homes", max(20, assets // 50), "--assets", assets, "--connections", 0)
    command = databases.manage("make_country", *sizes, "--cohorts", 0, "--seed", 1)
    run_child(command, databases.environment(name))
    with databases.connect(name) as connection:
        connection.execute(_FOR_PEERS)
        connection.execute("VACUUM ANALYZE")
