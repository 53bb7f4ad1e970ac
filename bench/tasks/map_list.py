"""``map_list``: 5,000 places of one view as GeoJSON."""

from collections.abc import Sequence

from bench.client import Connection, percentile
from bench.frame import Contender, Result, Sample
from bench.map_task import MapTask
from bench.task import BenchError, Goal
from bench.tasks.assets_list import P50, P95, PEER, AssetsList

HTTP = "our API over HTTP"


class MapList(MapTask, AssetsList):
    """Asks for one box of the country of a million again and again."""

    name = "map_list"
    title = "5,000 places as GeoJSON"
    compared = (
        "`/api/v1/assets/?format=geojson` for a box of the country that holds 5,000 places, "
        "through all of Django's middleware inside one process; the same over HTTP; the same "
        "rows with the same properties, counted and written by raw SQL with "
        "`json_build_object`; and `GeoFeatureModelSerializer` of djangorestframework-gis over "
        "the same rows with the same properties, inside one process in an environment of its "
        "own."
    )

    def prepare(self) -> None:
        """Find the box."""
        self.find_box(self.size(5_000, 50), self.size(8, 2))

    def contenders(self) -> Sequence[Contender]:
        """Return the same as for 1,500, and HTTP."""
        found = list(AssetsList.contenders(self))
        return [found[0], Contender(HTTP, self._http), *found[1:]]

    def _http(self) -> Sample:
        box = ",".join(map(str, self.box))
        path = f"/api/v1/assets/?format=geojson&in_bbox={box}&page_size={self.wanted}"
        times = []
        with (
            Connection(self.server().port) as connection,
            self.place.databases.connect(self.database) as database,
        ):
            for _ in range(self.repeats + 2):
                # Or the API would say that this visitor asks too often.
                database.execute("DELETE FROM django_cache")
                answer = connection.get(path)
                if answer.status != 200:
                    raise BenchError(f"the API answered {answer.status} over HTTP")
                times.append(1000 * answer.seconds)
        p50, p95 = percentile(times[2:], 50), percentile(times[2:], 95)
        return Sample(p50 / 1000, None, {P50: p50, P95: p95})

    def goals(self) -> Sequence[Goal]:
        """Return the one that was promised."""

        def far_from_peer(result: Result) -> bool:
            present = any(each.name == PEER for each in result.contenders)
            return present and result.times_ours(PEER) >= 30

        return [Goal(f"at least 30 times as fast as the {PEER}", far_from_peer)]

    def notes(self) -> Sequence[str]:
        """Say what a run is."""
        return [*AssetsList.notes(self), *self.not_measured]
