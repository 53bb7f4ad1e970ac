"""Any files in any order, with local edits in between: what imports never do.

Nothing is doubled, nothing local is overwritten, every row is accounted for, a dry run
says what the run says, and a second run finds everything as it was. ``FANS_TEST_EXAMPLES``
asks for more histories than the few that every run of the tests tries.
"""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from assets.importing import import_assets
from assets.models import Asset, AssetSource, FactCheck
from assets.services import edit_asset
from geo.models import Precision
from geo.srid import WGS84
from homes.models import Home, Registration
from homes.register_sync import import_homes
from intake import jobs
from intake.errors import IntakeError
from intake.models import ImportJob, ImportReport, JobState
from intake.report import Report
from intake.running import report_of, run_job
from intake.uploads import keep_upload
from tests import factories
from tests.damaged.good import csv_text, home

EXAMPLES = int(os.environ.get("FANS_TEST_EXAMPLES", "20"))
STEPS = 8

pytestmark = pytest.mark.django_db


class Imports(RuleBasedStateMachine):
    """A register that starts empty; each history is taken back at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = transaction.atomic()
        self.kept.__enter__()
        self.folder = TemporaryDirectory()
        # What somebody here has said: record, then column and value.
        self.local: dict[int, dict[str, Any]] = {}
        self.edits = 0

    def teardown(self) -> None:
        self.folder.cleanup()
        transaction.set_rollback(True)
        self.kept.__exit__(None, None, None)

    def write(self, name: str, text: str) -> Path:
        path = Path(self.folder.name) / name
        path.write_text(text, encoding="utf-8")
        return path

    def try_out(self, run: Any, path: Path, rows_read: int) -> Report | None:
        """Import a file and look at all that must hold; None where it is refused whole."""
        before, reports = self.standing(), ImportReport.objects.count()
        dry = said_by(run, path, dry_run=True)
        if isinstance(dry, str):
            assert (said_by(run, path, dry_run=False), self.standing()) == (dry, before)
            return None
        assert (self.standing(), ImportReport.objects.count()) == (before, reports)

        report = run(path, dry_run=False)

        assert list(report.lines()) == list(dry.lines())
        assert report.read == rows_read == sum_of(report)
        assert ImportReport.objects.count() == reports + 1
        self.again(run, path, report)
        return report

    def again(self, run: Any, path: Path, first: Report) -> None:
        """A second run of the same file finds everything as it was."""
        before = self.standing()
        second = run(path, dry_run=False)
        assert (second.new, second.changed, second.gone, second.questions) == (0, 0, 0, 0)
        assert (second.unsure, second.refused) == (first.unsure, first.refused)
        assert self.standing() == before

    def standing(self) -> list[Any]:
        raise NotImplementedError

    def say(self, record: Any, **said: Any) -> None:
        self.local.setdefault(record.pk, {}).update(said)


def said_by(run: Any, path: Path, *, dry_run: bool) -> Report | str:
    """Return the report of an import, or the sentence that refuses the file."""
    try:
        return run(path, dry_run=dry_run)
    except IntakeError as error:
        return str(error)


def sum_of(report: Report) -> int:
    return report.new + report.changed + report.same + report.unsure + report.refused


# --- places ---------------------------------------------------------------------------

NEAR = [(-2.3220, 53.4240), (-2.322004, 53.4240), (-2.3100, 53.4300), (-2.4000, 53.5000)]
PARIS, NULL_ISLAND = (2.35, 48.85), (0.0, 0.0)

a_place = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["1", "1", "2", "3", ""]),
        "name": st.sampled_from(["Larch Garden", "Ash Hall", "Elm Café"]),
        "type": st.sampled_from(["park", "library", "cafe"]),
        "phone": st.sampled_from(["", "0161 496 0000", "0161 496 0009", "call me"]),
        "place": st.sampled_from(NEAR),
    }
)
a_bad_place = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["1", "8", ""]),
        "name": st.sampled_from(["Oak Hall", ""]),
        "type": st.sampled_from(["park", "nonsense"]),
        "phone": st.just(""),
        "place": st.sampled_from([NEAR[0], None, PARIS, NULL_ISLAND]),
    }
)


def files_of(good: Any, bad: Any, key: str) -> Any:
    """Draw the rows of a file: mostly good ones, now and then a bad one, or one twice."""
    some = st.lists(good, min_size=1, max_size=4, unique_by=lambda row: row[key])
    more = st.one_of(st.just([]), st.just([]), st.lists(bad, max_size=2))
    twice = st.sampled_from([0, 0, 1])
    return st.tuples(some, more, twice).map(lambda parts: _joined(*parts))


def _joined(some: list[Any], more: list[Any], twice: int) -> list[Any]:
    return [*some, *more, *some[:twice]]


def table_of(rows: list[dict[str, Any]], columns: list[str]) -> list[dict[str, str]]:
    cells = []
    for row in rows:
        lon, lat = row["place"] or ("", "")
        known = {**row, "longitude": str(lon), "latitude": str(lat)}
        cells.append({column: known[column] for column in columns})
    return cells


def map_of(rows: list[dict[str, Any]], columns: list[str], *, osm: bool) -> str:
    features = []
    for row in rows:
        properties = {name: row[name] for name in columns if row.get(name)}
        if osm:
            kind = {"park": ("leisure", "park"), "cafe": ("amenity", "cafe")}
            key, value = kind.get(properties.pop("type", ""), ("amenity", "nonsense"))
            own = properties.pop("id", None) or "9"
            properties |= {key: value, "@id": f"node/{own}"}
        place = row["place"]
        geometry = {"type": "Point", "coordinates": list(place)} if place else None
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features})


class Places(Imports):
    """Files of places from three sources, into one register."""

    @initialize()
    def somebody_is_there(self) -> None:
        self.ada = factories.member("administrator")
        self.keys: set[tuple[str, ...]] = set()

    def standing(self) -> list[Any]:
        return list(Asset.objects.order_by("pk").values())

    @rule(
        source=st.sampled_from(["csv", "csv", "csv", "geojson", "osm"]),
        rows=files_of(a_place, a_bad_place, "id"),
        columns=st.permutations(["id", "name", "type", "phone", "longitude", "latitude"]),
        without=st.sampled_from(["", "", "", "", "", "id", "phone", "type"]),
        as_job=st.booleans(),
    )
    def bring_in(self, source, rows, columns, without, as_job) -> None:
        columns = [column for column in columns if column != without]
        self.last = source, rows, columns, without
        self.bring(source, rows, columns, without, as_job)

    @rule(row=a_place, as_job=st.booleans())
    def the_source_has_news(self, row, as_job) -> None:
        """Bring the last file in once more, with all of its places changed alike."""
        if hasattr(self, "last"):
            source, rows, columns, without = self.last
            news = [{**row, "id": old["id"]} for old in rows]
            self.bring(source, news, columns, without, as_job)

    def bring(self, source, rows, columns, without, as_job) -> None:
        rows_read = len(rows)
        if source == "csv":
            table = table_of(rows, columns)
            # A blank row is no row of a table.
            rows_read = sum(any(row.values()) for row in table)
            path = self.write("places.csv", csv_text(table))
        else:
            path = self.write("places.geojson", map_of(rows, columns, osm=source == "osm"))
        category = "garden_nature" if without == "type" and source != "osm" else None
        told = {"source": source, "category": category or ""}

        def run(path: Path, *, dry_run: bool) -> Report:
            return import_assets(
                paths=[path],
                source=AssetSource(source),
                category=category,
                dry_run=dry_run,
            ).total

        for row in rows:
            own = row["id"] if "id" in columns else ""
            where = (row["name"], str(row["place"]))
            self.keys.add((source, own) if own or source == "osm" else (source, *where))
        if as_job:
            self.try_out_as_job(run, path, told)
        self.try_out(run, path, rows_read)

    def try_out_as_job(self, run: Any, path: Path, told: dict[str, str]) -> None:
        """Hand the file in by browser: the preview says what the command says it would do."""
        before = self.standing()
        kept = keep_upload(SimpleUploadedFile(path.name, path.read_bytes()))
        job = jobs.start_job(importer="assets", kept=kept, options=told, by=self.ada)
        run_job(job.pk)
        job.refresh_from_db()
        assert self.standing() == before
        dry = said_by(run, path, dry_run=True)
        if isinstance(dry, str):
            assert (job.state, job.error) == (JobState.FAILED, dry)
            return
        assert report_of(job).summary() == dry.summary()
        jobs.bring_in(job_id=job.pk, by=self.ada)
        run_job(job.pk)
        job = ImportJob.objects.get(pk=job.pk)
        assert (job.state, report_of(job).summary()) == (JobState.DONE, dry.summary())

    @rule(
        columns=st.sets(st.sampled_from(["name", "category", "phone", "location"]), min_size=2),
        row=a_place,
    )
    def edit(self, columns, row) -> None:
        """Ada puts everything right; then the source says something else."""
        for asset in Asset.objects.order_by("pk"):
            self.edits += 1
            values = {
                "name": f"As Ada wrote it {self.edits}",
                "category": "faith",
                "phone": f"0161 496 {self.edits:04}",
                "location": Point(-2.5 + self.edits / 1000, 53.3, srid=WGS84),
            }
            said = {column: values[column] for column in columns}
            edit_asset(by=self.ada, asset=asset, seen_at=asset.updated_at, **said)
            self.say(asset, **said)
        self.the_source_has_news(row=row, as_job=False)

    @invariant()
    def nothing_local_is_overwritten(self) -> None:
        standing = Asset.objects.in_bulk(list(self.local))
        for pk, said in self.local.items():
            for column, value in said.items():
                assert getattr(standing[pk], column) == value

    @invariant()
    def nothing_is_doubled(self) -> None:
        refs = list(Asset.objects.values_list("source", "source_ref"))
        assert len(refs) == len(set(refs))
        assert len(refs) <= len(getattr(self, "keys", ()))

    @invariant()
    def no_import_claims_to_have_checked(self) -> None:
        assert not FactCheck.objects.exists()


# --- homes ----------------------------------------------------------------------------

a_home = st.fixed_dictionaries(
    {
        "cqc_id": st.sampled_from(["1-101", "1-102", "1-103"]),
        "name": st.sampled_from(["Larch House", "Ash Lodge", "Elm Court"]),
        "type": st.sampled_from(["Nursing homes", "Residential homes"]),
        "postcode": st.sampled_from(["M33 2DH", "M33 7AA"]),
        "telephone": st.sampled_from(["", "0161 496 0000", "1614960001"]),
        "area_name": st.sampled_from(["Trafford", "Trafford", "Salford"]),
        "place": st.sampled_from([*NEAR, None]),
    }
)
a_bad_home = st.fixed_dictionaries(
    {
        "cqc_id": st.sampled_from(["1-101", "1-109", ""]),
        "name": st.sampled_from(["Oak House", "x" * 300, ""]),
        "type": st.sampled_from(["Nursing homes", "Clinics"]),
        "postcode": st.sampled_from(["M33 2DH", "1.00E+07"]),
        "telephone": st.just("1.61E+09"),
        "area_name": st.just("Trafford"),
        "place": st.sampled_from([None, None, PARIS]),
    }
)


class Homes(Imports):
    """Registers of two councils, of which any home may be missing."""

    @initialize()
    def nobody_is_there(self) -> None:
        self.ids: set[str] = set()

    def standing(self) -> list[Any]:
        homes = Home.objects.order_by("pk").values()
        return [*homes, *Registration.objects.order_by("pk").values()]

    @rule(
        rows=files_of(a_home, a_bad_home, "cqc_id"),
        columns=st.permutations(list(home(1))),
        allow_vanished=st.sampled_from([True, True, False]),
    )
    def bring_in(self, rows, columns, allow_vanished) -> None:
        self.last = rows, columns
        self.bring(rows, columns, allow_vanished)

    @rule(row=a_home)
    def the_register_has_news(self, row) -> None:
        """Bring the last register in once more, with all of its homes changed alike."""
        if hasattr(self, "last"):
            rows, columns = self.last
            news = [{**row, "cqc_id": old["cqc_id"]} for old in rows]
            self.bring(news, columns, allow_vanished=True)

    def bring(self, rows, columns, allow_vanished) -> None:
        cells = []
        for number, row in enumerate(rows, start=1):
            lon, lat = map(str, row["place"] or ("", ""))
            said = {name: value for name, value in row.items() if name != "place"}
            full = home(number, **said, lon=lon, lat=lat)
            cells.append({column: full[column] for column in columns})
        path = self.write("homes.csv", csv_text(cells))

        def run(path: Path, *, dry_run: bool) -> Report:
            return import_homes(path, dry_run=dry_run, allow_vanished=allow_vanished)

        self.ids |= {row["cqc_id"] for row in rows}
        report = self.try_out(run, path, len(rows))
        if report is not None:
            listed = Registration.objects.filter(until=None).values_list(
                "regulator_id", flat=True
            )
            taken = {row["cqc_id"] for row in rows} - {""}
            refused = {cells[refusal.row - 2]["cqc_id"] for refusal in report.refusals}
            assert taken - refused <= set(listed)

    @rule(column=st.sampled_from(["name", "phone", "location", "location"]), row=a_home)
    def put_right(self, column, row) -> None:
        """Ada puts every home right; then the register says something else."""
        for found in Home.objects.order_by("pk"):
            self.edits += 1
            values = {
                "name": f"As Ada wrote it {self.edits}",
                "phone": f"0161497{self.edits:04}",
                "location": Point(-2.5 + self.edits / 1000, 53.3, srid=WGS84),
            }
            setattr(found, column, values[column])
            if column == "location":
                found.location_source, found.location_precision = "map", Precision.EXACT
            found.save()
            self.say(found, **{column: values[column]})
        self.the_register_has_news(row=row)

    @invariant()
    def nothing_local_is_overwritten(self) -> None:
        standing = Home.objects.in_bulk(list(self.local))
        for pk, said in self.local.items():
            for column, value in said.items():
                assert getattr(standing[pk], column) == value

    @invariant()
    def nothing_is_doubled(self) -> None:
        numbers = list(Registration.objects.values_list("regulator_id", flat=True))
        assert len(numbers) == len(set(numbers))
        assert set(numbers) <= getattr(self, "ids", set()) - {""}
        assert Home.objects.count() == len(numbers)


@pytest.mark.parametrize("machine", [Places, Homes])
def test_no_order_of_imports_and_edits_breaks_a_promise(machine, settings, tmp_path):
    settings.STATE_DIR = tmp_path
    # Not Phase.explain: it takes minutes once something fails.
    phases = [Phase.generate, Phase.shrink]
    steps = hypothesis_settings(max_examples=EXAMPLES, stateful_step_count=STEPS, phases=phases)

    run_state_machine_as_test(machine, settings=steps)
