"""``list``: 5,000 assets as GeoJSON, as the server makes them."""

import json
import sys
import time
from collections.abc import Sequence
from statistics import median, quantiles

from bench.child import run_child
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.peers import Peer
from bench.task import BenchError, Goal, Task

OURS, RAW, PEER = "our API", "raw SQL", "DRF-GIS serializer"
P50, P95 = "p50, ms", "p95, ms"
DRF_GIS = Peer("drf_gis", ROOT / "bench" / "peer_drf_gis")

_PROPERTIES = (
    *("name", "category", "description", "address", "postcode", "location_precision"),
    *("phone", "website", "opening_hours", "closed_from", "closed_until", "wheelchair"),
    *("accessible_parking", "hearing_loop", "quiet", "seating", "step_free"),
    *("wheelchair_toilet", "cost_kind", "visibility", "check_state", "source", "source_ref"),
    *("source_licence", "source_attribution"),
)
_WHERE = """
 WHERE visibility = 'published' AND state = 'open'
   AND location && ST_MakeEnvelope(%s, %s, %s, %s, 4326)::geography
"""
_COUNT = f"SELECT count(*) FROM assets_asset {_WHERE}"
_RAW = f"""
SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(
         json_build_object('type', 'Feature', 'id', id,
           'geometry', ST_AsGeoJSON(location, 6)::json, 'properties', json_build_object(
             {", ".join(f"'{name}', {name}" for name in _PROPERTIES)}))))::text
  FROM (SELECT * FROM assets_asset {_WHERE} ORDER BY name, id LIMIT %s) page
"""


class AssetsList(Task):
    """Asks for the assets of one box again and again, inside one process."""

    name = "list"
    title = "Listing 5,000 assets"
    compared = (
        "`/api/v1/assets/?format=geojson` for a box that holds so many assets, through all of "
        "Django's middleware inside one process. Beside it: the same features made by one "
        "statement of raw SQL with `json_build_object`; and `GeoFeatureModelSerializer` of "
        "djangorestframework-gis over the same rows and columns, without any middleware, in "
        "an environment of its own. Each counts the rows of the box as well, and makes the "
        "whole answer; nobody reads it in that time."
    )

    @property
    def database(self) -> str:
        """Where the assets are."""
        return self.name

    def prepare(self) -> None:
        """Make a country, and find a box that holds as many assets as are wanted."""
        databases, present = self.place.databases, self.size(100_000, 400)
        make = ("make_country", "--homes", 1, "--assets", present, "--connections", 0)
        run_child(databases.manage(*make, "--cohorts", 0), databases.environment(self.name))
        with databases.connect(self.name) as connection:
            connection.execute("VACUUM ANALYZE assets_asset")
        self.find_box(self.size(5_000, 50), self.size(20, 3))

    def find_box(self, wanted: int, repeats: int) -> None:
        """Find a box that holds so many assets, to be asked for so often."""
        self.wanted, self.repeats = wanted, repeats
        with self.place.databases.connect(self.database) as connection:
            # Around an asset in a dense place, as far as the last of those wanted.
            self.box = connection.execute(
                "WITH near AS (SELECT location::geometry AS g FROM assets_asset"
                "  WHERE visibility = 'published' AND state = 'open' AND location IS NOT NULL"
                "  ORDER BY location <-> (SELECT location FROM assets_asset"
                "    WHERE location IS NOT NULL ORDER BY id LIMIT 1) LIMIT %s)"
                " SELECT ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e)"
                "   FROM (SELECT ST_Extent(g) AS e FROM near) box",
                [self.wanted],
            ).fetchall()[0]

    def contenders(self) -> Sequence[Contender]:
        """Return the API, raw SQL, and the peer where it can be had."""
        found = [Contender(OURS, self._api), Contender(RAW, self._raw)]
        self.without_peer = ""
        try:
            environments = ROOT / "var" / "bench" / "peers"
            self.peer = DRF_GIS.python(environments, self.place.say)
        except BenchError as error:
            self.without_peer = f"The peer was not measured: {error}."
            return found
        return [*found, Contender(PEER, self._peer)]

    def _api(self) -> Sample:
        return self._script([sys.executable, str(ROOT / "bench" / "ask_api.py")])

    def _peer(self) -> Sample:
        return self._script([str(self.peer), str(DRF_GIS.folder / "serialize.py")])

    def _script(self, command: list[str]) -> Sample:
        box = ",".join(map(str, self.box))
        asked = [*command, box, str(self.wanted), str(self.repeats)]
        ended = run_child(asked, self.place.databases.environment(self.database))
        measured = json.loads(ended.output.splitlines()[-1])
        if measured["features"] != self.wanted:
            raise BenchError(f"{measured['features']} features came, not {self.wanted}")
        return _sample(measured["ms"], ended.peak_mb)

    def _raw(self) -> Sample:
        times = []
        with self.place.databases.connect(self.database) as connection:
            for _ in range(self.repeats + 2):
                since = time.monotonic()
                connection.execute(_COUNT, self.box).fetchall()
                connection.execute(_RAW, [*self.box, self.wanted]).fetchall()
                times.append(1000 * (time.monotonic() - since))
        return _sample(times[2:], None)

    def goals(self) -> Sequence[Goal]:
        """Return: a tenth of a second, and many times as fast as the peer."""

        def in_time(result: Result) -> bool:
            return result.figure(OURS, P50) < 100

        found = [Goal("5,000 assets in under 100 ms in the server (p50)", in_time)]
        if not self.without_peer:
            words = "at least 30 times as fast as the DRF-GIS serializer"
            found.append(Goal(words, lambda result: result.times_ours(PEER) >= 30))
        return found

    def notes(self) -> Sequence[str]:
        """Say what a run is."""
        said = [f"A run is the median of {self.repeats} answers, after two to warm up."]
        return [*said, self.without_peer] if self.without_peer else said


def _sample(times: list[float], peak_mb: float | None) -> Sample:
    p95 = quantiles(times, n=20, method="inclusive")[-1]
    return Sample(median(times) / 1000, peak_mb, {P50: median(times), P95: p95})
