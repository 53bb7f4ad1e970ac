"""Assets as a job brings them in: staged rows, batches, verdicts, and what is held back."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction

from assets.importer import AssetOptionsForm
from assets.models import Asset
from intake.errors import IntakeError
from intake.importers import Staged, importer_named
from intake.report import Outcome
from intake.source import SourceFile

DATA = Path(__file__).parent / "data"
OSM = {"source": "osm"}

pytestmark = pytest.mark.django_db


def staged(path: Path, options) -> list[Staged]:
    return list(importer_named("assets").stage(SourceFile.open(path), options))


def write(rows: list[Staged], options=OSM, size: int = 2):
    """Write in small batches; return the verdicts by number."""
    rows = [row for row in rows if row.refusal is None and not row.repeats]
    found = {}
    for start in range(0, len(rows), size):
        with transaction.atomic():
            written = importer_named("assets").write(rows[start : start + size], options)
        assert [v.number for v in written.verdicts] == [r.number for r in rows[start:][:size]]
        found |= {verdict.number: verdict for verdict in written.verdicts}
    return found


def through_json(row: Staged) -> Staged:
    return replace(row, payload=json.loads(json.dumps(row.payload)))


def test_rows_wait_as_plain_json_and_are_written_from_it():
    rows = staged(DATA / "osm_town.geojson", OSM)

    assert [row.number for row in rows] == list(range(1, 12))
    assert sum(row.refusal is not None for row in rows) == 6
    assert sum(row.repeats for row in rows) == 1
    verdicts = write([through_json(row) for row in rows])
    assert {verdict.outcome for verdict in verdicts.values()} == {Outcome.NEW}
    assert Asset.objects.count() == 4
    garden = Asset.objects.get(source_ref="way/201")
    assert garden.outline.covers(garden.location)


def test_a_batch_written_twice_is_the_same_the_second_time():
    rows = staged(DATA / "osm_town.geojson", OSM)
    write(rows)

    assert {verdict.outcome for verdict in write(rows, size=10).values()} == {Outcome.SAME}


def test_a_changed_row_says_in_words_what_changes(tmp_path):
    write(staged(DATA / "osm_town.geojson", OSM))
    data = json.loads((DATA / "osm_town.geojson").read_text())
    data["features"][0]["properties"] |= {"phone": "0161 496 0999", "amenity": "library"}
    path = tmp_path / "osm_town.geojson"
    path.write_text(json.dumps(data))

    verdict = write(staged(path, OSM))[1]

    assert verdict.outcome == Outcome.CHANGED
    assert verdict.changes == {
        "kind": ("Food and drink", "Libraries and books"),
        "phone": ("+44 161 496 0101", "0161 496 0999"),
    }


def test_a_place_marked_as_closed_closes_what_we_have_and_is_refused_else(tmp_path):
    write(staged(DATA / "osm_town.geojson", OSM))
    data = json.loads((DATA / "osm_town.geojson").read_text())
    data["features"][0]["properties"]["disused"] = "yes"
    path = tmp_path / "osm_town.geojson"
    path.write_text(json.dumps(data))

    rows = staged(path, OSM)

    assert write(rows)[1].changes == {"open or closed": ("Open", "Closed for good")}
    assert write(staged(path, OSM))[1].outcome == Outcome.SAME
    assert sum(row.refusal is not None for row in rows) == 6
    assert write(staged(DATA / "osm_town.geojson", OSM))[1].changes == {
        "open or closed": ("Closed for good", "Open")
    }


@pytest.mark.parametrize("how", ["insist", "take_unsure"])
def test_a_row_held_back_goes_in_when_somebody_wants_it(how):
    write(staged(DATA / "osm_town.geojson", OSM))
    Asset.objects.filter(source_ref="node/107").update(source="local", source_ref="")
    rows = staged(DATA / "osm_town.geojson", OSM)
    verdicts = write(rows)
    (held,) = [v for v in verdicts.values() if v.outcome == Outcome.UNSURE]
    assert held.reason.startswith("may be ")
    assert " (Added here): same name, same spot" in held.reason

    if how == "insist":
        rows = [replace(row, insist=row.number == held.number) for row in rows]
        again = write(rows)
    else:
        again = write(rows, {**OSM, "take_unsure": [held.number]})

    assert again[held.number].outcome == Outcome.NEW
    assert Asset.objects.filter(source_ref="node/107").exists()


def test_asks_for_the_source_and_refuses_what_makes_no_sense():
    assert AssetOptionsForm({"source": "csv", "category": "sport"}).is_valid()
    assert AssetOptionsForm({"source": "csv", "mapping": "england_libraries"}).is_valid()
    assert not AssetOptionsForm({}).is_valid()
    assert not AssetOptionsForm({"source": "csv", "mapping": "/etc/passwd"}).is_valid()
    assert not AssetOptionsForm({"source": "csv", "category": "individual_gift"}).is_valid()
    form = AssetOptionsForm({"source": "osm", "category": "sport"})
    assert not form.is_valid()
    assert "category is for geojson" in str(form.errors)


def test_a_file_that_cannot_be_used_is_refused_while_it_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")

    with pytest.raises(IntakeError, match="no column holds the name"):
        staged(path, {"source": "csv"})


def _table(tmp_path, *rows: str) -> Path:
    path = tmp_path / "places.csv"
    path.write_text("\n".join(["id,name,category,lat,lon,email,description", *rows]))
    return path


def test_free_text_keeps_no_address_of_a_person(tmp_path):
    path = _table(
        tmp_path,
        "1,Sale Singers,choir,53.42,-2.32,,Mary (mary.smith@gmail.com) or info@sale.example.",
    )
    options = {"source": "csv", "category": "arts_culture"}

    rows = staged(path, options)
    write(rows, options)

    said = Asset.objects.get().description
    assert said == "Mary ([left out]) or info@sale.example."
    assert "mary.smith" not in json.dumps([row.payload for row in rows])


def test_what_changed_tells_no_address_of_a_person(tmp_path):
    options = {"source": "csv", "category": "arts_culture"}
    for email in ("mary.smith@gmail.com", "john.jones@gmail.com"):
        path = _table(tmp_path, f"1,Sale Singers,choir,53.42,-2.32,{email},")
        verdicts = write(staged(path, options), options)

    assert verdicts[2].changes == {
        "email": ("somebody’s own address", "somebody’s own address")
    }
    assert Asset.objects.get().email == "john.jones@gmail.com"
