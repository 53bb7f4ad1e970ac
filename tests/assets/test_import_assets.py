"""``import_assets``: what is taken, what is refused and why, and what stays as it was."""

import datetime as dt
import json
import zlib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from assets.checking.renewing import renew
from assets.importing import import_assets
from assets.models import Asset, AssetSource, Visibility
from fans.connections.models import Reach
from geo.models import Postcode
from intake.errors import IntakeError
from intake.models import ImportReport
from tests import factories
from tests.factories import NORWICH, SALE, metres_east

DATA = Path(__file__).parent / "data"
TOWN = DATA / "osm_town.geojson"

pytestmark = pytest.mark.django_db


def run(*args: str | Path, capsys) -> list[str]:
    call_command("import_assets", *map(str, args))
    return capsys.readouterr().out.splitlines()


def take(path: Path, source: str = "osm", **options):
    return import_assets(paths=[path], source=AssetSource(source), **options).total


def write(tmp_path: Path, content, name: str = "file.geojson") -> Path:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def feature(**changes):
    row = {
        "type": "Feature",
        "id": "node/1",
        "properties": {"name": "The Fox", "amenity": "pub"},
        "geometry": {"type": "Point", "coordinates": [-2.322, 53.424]},
    }
    return {**row, **changes}


def collection(*rows) -> dict:
    return {"type": "FeatureCollection", "features": list(rows)}


# --- OpenStreetMap ------------------------------------------------------------------


def test_takes_a_town_and_says_why_not_the_rest(capsys):
    lines = run(TOWN, "--source", "osm", capsys=capsys)

    assert lines == [
        "read 11, new 4, changed 0, same 1, unsure 0, refused 6, gone 0, questions 0",
        "refused 2: it is marked as closed (vacant, disused or abandoned)",
        "refused 1: it has no name",
        "refused 1: it is a care home, not a place around one; look in the register of homes",
        "refused 1: its tags meet none of our kinds of place (amenity=nightclub 1)",
        "refused 1: it has no place",
        "row 4: it has no name",
        "row 5: it is marked as closed (vacant, disused or abandoned)",
        "row 6: it is marked as closed (vacant, disused or abandoned)",
        "row 7: it is a care home, not a place around one; look in the register of homes",
        "row 8: its tags meet none of our kinds of place: amenity=nightclub",
        "row 11, geometry: it has no place",
    ]
    assert dict(Asset.objects.values_list("source_ref", "category")) == {
        "node/101": "food_drink",
        "way/201": "garden_nature",
        "relation/301": "garden_nature",
        "node/107": "library_learning",
    }


def test_a_taken_row_is_public_dated_and_licensed_and_nobody_has_checked_it():
    take(TOWN)

    cafe = Asset.objects.get(source_ref="node/101")
    assert (cafe.name, cafe.address, cafe.postcode, cafe.phone) == (
        "The Copper Kettle",
        "12 Wharf Road, Sale",
        "M33 2DH",
        "+44 161 496 0101",
    )
    assert cafe.website == "http://copperkettle.example"
    assert cafe.location.coords == (-2.3221235, 53.4241235)
    assert (cafe.location_precision, cafe.location_source) == ("exact", "file")
    assert cafe.visibility == Visibility.PUBLISHED
    assert cafe.published_on is not None
    assert cafe.source == AssetSource.OSM
    assert cafe.source_licence == "ODbL 1.0"
    assert cafe.source_attribution == "© OpenStreetMap contributors"
    assert (cafe.check_state, cafe.fact_checks.count()) == ("due", 0)
    assert cafe.abcd_type == "exchange"


def test_a_personal_looking_address_is_kept_and_not_shown():
    take(TOWN)

    books = Asset.objects.get(name="Fox Books")
    assert books.email == "jane.fox@foxbooks.example"
    assert books.shown_email() == ""


def test_a_closed_way_and_an_area_get_a_point_on_them_and_keep_their_outline():
    take(TOWN)

    for ref in ("way/201", "relation/301"):
        asset = Asset.objects.get(source_ref=ref)
        assert asset.outline.geom_type == "Polygon"
        assert asset.outline.covers(asset.location)


def test_a_second_run_finds_everything_as_it_was():
    take(TOWN)
    before = list(Asset.objects.order_by("pk").values())

    again = take(TOWN)

    assert (again.new, again.changed, again.same, again.refused) == (0, 0, 5, 6)
    assert list(Asset.objects.order_by("pk").values()) == before


def test_a_dry_run_says_the_same_and_writes_nothing(capsys):
    dry = run(TOWN, "--source", "osm", "--dry-run", capsys=capsys)

    assert not Asset.objects.exists()
    assert not ImportReport.objects.exists()
    assert dry[-1] == "This was a dry run: nothing has been written."
    assert run(TOWN, "--source", "osm", capsys=capsys) == dry[:-1]


def test_several_files_are_one_import_and_one_row_in_two_is_the_same(capsys):
    lines = run(TOWN, DATA / "osm_again.geojson", "--source", "osm", capsys=capsys)

    assert lines[0].startswith("read 13, new 5, changed 0, same 2, unsure 0, refused 6,")
    assert "osm_town.geojson, row 4: it has no name" in lines
    assert [
        (r.file_name, r.rows_read, r.rows_new) for r in ImportReport.objects.order_by("pk")
    ] == [
        ("osm_town.geojson", 11, 4),
        ("osm_again.geojson", 2, 1),
    ]


def test_two_files_that_differ_about_a_row_keep_the_first_and_say_so(tmp_path, capsys):
    other = write(tmp_path, collection(feature(id="node/101")), "other.geojson")

    lines = run(TOWN, other, "--source", "osm", capsys=capsys)

    assert lines[-1] == (
        "other.geojson, row 1, id: node/101 stands in osm_town.geojson, row 1, "
        "with other contents"
    )
    assert Asset.objects.get(source_ref="node/101").name == "The Copper Kettle"


def test_takes_what_overpass_answers():
    report = take(DATA / "overpass.json")

    assert (report.read, report.new, report.refused) == (5, 4, 1)
    assert dict(Asset.objects.values_list("source_ref", "name")) == {
        "node/1": "Moss Lane Bowling Club",
        "way/5": "Canal Side Garden",
        "way/6": "Sale Library",
        "way/7": "St Bride",
    }
    assert Asset.objects.get(source_ref="way/5").outline.geom_type == "Polygon"
    assert Asset.objects.get(source_ref="way/6").outline is None


def test_the_norwich_extract_adds_up(real_data, capsys):
    files = sorted((real_data / "osm" / "norwich_2019").glob("*.geojson"))

    lines = run(*files, "--source", "osm", capsys=capsys)

    assert lines[0] == (
        # Unsure: drawn twice, as a point and as a building, under one name.
        "read 2805, new 2113, changed 0, same 15, unsure 14, refused 663, gone 0, questions 0"
    )
    assert lines[1] == "refused 626: it has no name"
    assert lines[2].startswith("refused 26: its tags meet none of our kinds of place (")
    assert "amenity=nightclub 10" in lines[2]
    assert lines[3] == "refused 11: it is marked as closed (vacant, disused or abandoned)"
    assert Asset.objects.published().count() == 2113

    again = run(*files, "--source", "osm", capsys=capsys)

    assert again[0] == (
        "read 2805, new 0, changed 0, same 2128, unsure 14, refused 663, gone 0, questions 0"
    )


def test_an_import_brings_assets_into_the_reach_of_homes(home, tmp_path):
    near = metres_east(SALE, 500)
    take(
        write(
            tmp_path,
            collection(feature(geometry={"type": "Point", "coordinates": [near.x, near.y]})),
        )
    )

    assert Reach.objects.get().asset.name == "The Fox"


# --- a later import -----------------------------------------------------------------


def changed_town(tmp_path, **properties) -> Path:
    data = json.loads(TOWN.read_text())
    data["features"][0]["properties"].update(properties)
    return write(tmp_path, data, TOWN.name)


def test_what_the_source_changed_is_changed(tmp_path):
    take(TOWN)

    report = take(changed_town(tmp_path, phone="0161 496 0999", amenity="library"))

    cafe = Asset.objects.get(source_ref="node/101")
    assert (report.new, report.changed, report.same) == (0, 1, 4)
    assert (cafe.phone, cafe.category, cafe.abcd_type) == (
        "0161 496 0999",
        "library_learning",
        "institution",
    )
    assert take(changed_town(tmp_path, phone="0161 496 0999", amenity="library")).changed == 0


def test_what_somebody_edited_here_stays(tmp_path):
    take(TOWN)
    Asset.objects.filter(source_ref="node/101").update(
        phone="0161 496 0555",
        category="arts_culture",
        location=NORWICH,
        visibility=Visibility.HIDDEN,
    )
    moved = json.loads(TOWN.read_text())
    moved["features"][0]["geometry"]["coordinates"] = [-2.3, 53.43]
    moved["features"][0]["properties"] |= {"phone": "0161 496 0999", "wheelchair": "no"}

    report = take(write(tmp_path, moved, TOWN.name))

    cafe = Asset.objects.get(source_ref="node/101")
    assert report.changed == 1
    assert (cafe.phone, cafe.category) == ("0161 496 0555", "arts_culture")
    assert cafe.location.coords == NORWICH.coords
    assert cafe.visibility == Visibility.HIDDEN
    assert cafe.wheelchair == "no"  # nobody had touched this one


def test_a_change_of_edited_columns_alone_is_noted_and_counts_as_the_same(tmp_path):
    take(TOWN)
    Asset.objects.filter(source_ref="node/101").update(phone="0161 496 0555")

    report = take(changed_town(tmp_path, phone="0161 496 0999"))

    cafe = Asset.objects.get(source_ref="node/101")
    assert report.changed == 0
    assert cafe.phone == "0161 496 0555"
    assert cafe.source_values["phone"] == "0161 496 0999"


def test_a_value_the_source_took_back_goes_unless_it_was_edited(tmp_path):
    take(TOWN)

    take(changed_town(tmp_path, phone="", wheelchair=""))

    cafe = Asset.objects.get(source_ref="node/101")
    assert (cafe.phone, cafe.wheelchair) == ("", "unknown")


def test_a_point_measured_again_within_a_metre_stays_where_it_was(tmp_path):
    take(TOWN)
    before = Asset.objects.get(source_ref="node/101")
    data = json.loads(TOWN.read_text())
    for metres, changed in ((0.9, 0), (0.9 + 0.9, 1)):
        there = metres_east(before.location, metres)
        data["features"][0]["geometry"]["coordinates"] = [there.x, there.y]

        assert take(write(tmp_path, data, TOWN.name)).changed == changed


def test_an_import_renews_no_check(tmp_path):
    take(TOWN)
    cafe = Asset.objects.get(source_ref="node/101")
    cafe.fact_checks.create(fact="place", how="call", checked_on=dt.date(2020, 1, 1))
    renew([cafe.pk], today=timezone.localdate())

    take(changed_town(tmp_path, phone="0161 496 0999"))

    cafe.refresh_from_db()
    assert cafe.check_state == "stale"
    assert [check.checked_on for check in cafe.fact_checks.all()] == [dt.date(2020, 1, 1)]


# --- other GeoJSON ------------------------------------------------------------------


def test_finds_the_columns_of_a_councils_file_by_their_headers():
    Postcode.objects.create(code="M332DH", location=SALE)

    report = take(DATA / "council.geojson", "geojson", licence="OGL v3.0")

    assert (report.read, report.new, report.refused) == (7, 4, 3)
    assert [str(refusal) for refusal in report.refusals] == [
        "row 2, name: it has no name",
        "row 3, category: its kind is none of ours: Landfill",
        "row 6, geometry: it has no place",
    ]
    church = Asset.objects.get(source_ref="council/A1")
    assert (church.name, church.category, church.postcode) == (
        "St Bride’s Church",
        "faith",
        "M33 2DH",
    )
    assert church.address == "Priory Row, Sale"
    assert church.email == "office@stbride.example"
    assert church.website == "http://www.stbride.example"
    assert church.description == "Open: Sundays from ten"
    assert church.wheelchair == "yes"
    assert church.source_licence == "OGL v3.0"
    assert church.outline.covers(church.location)
    bowls = Asset.objects.get(source_ref="council/A4")
    assert (bowls.category, bowls.phone) == ("sport", "0161 496 0104")
    lunch = Asset.objects.get(source_ref="council/A5")
    assert (lunch.location.coords, lunch.location_precision) == (SALE.coords, "postcode")
    choir = Asset.objects.get(name="Virtual choir")
    assert (choir.category, choir.location) == ("online", None)
    assert choir.source_ref.startswith("~")


def test_a_councils_file_again_finds_everything_as_it_was():
    Postcode.objects.create(code="M332DH", location=SALE)
    take(DATA / "council.geojson", "geojson")

    again = take(DATA / "council.geojson", "geojson")

    assert (again.new, again.changed, again.same, again.refused) == (0, 0, 4, 3)


def test_a_category_given_holds_for_every_row():
    report = take(DATA / "council.geojson", "geojson", category="story_heritage")

    assert report.new == 4
    assert set(Asset.objects.values_list("category", flat=True)) == {"story_heritage"}


def test_an_id_is_the_files_own(tmp_path):
    for name in ("north.geojson", "south.geojson"):
        row = feature(id=7, properties={"name": f"Hall of {name}"})
        take(write(tmp_path, collection(row), name), "geojson", category="community_space")

    assert set(Asset.objects.values_list("source_ref", flat=True)) == {"north/7", "south/7"}


def test_real_open_data_is_taken(real_data):
    folder = real_data / "assets"

    banks = take(folder / "gm_food_banks.geojson", "geojson", category="charity_voluntary")
    worship = take(folder / "gm_places_of_worship_RAW.geojson", "geojson")

    assert (banks.read, banks.new, banks.unsure, banks.refused) == (171, 169, 2, 0)
    assert (worship.read, worship.same, worship.refused) == (1620, 1, 458)
    assert worship.new + worship.unsure == 1161
    with pytest.raises(IntakeError, match="stands twice, first in row 61"):
        take(folder / "gm_polling_stations.geojson", "geojson", category="community_space")


# --- files that are refused whole -----------------------------------------------------

_SWAPPED = {"type": "Point", "coordinates": [53.424, -2.322]}
_FAR = {"type": "Point", "coordinates": [2.35, 48.85]}
_OPEN_RING = {
    "type": "Polygon",
    "coordinates": [[[-2.3, 53.4], [-2.3, 53.5], [-2.2, 53.5], [-2.2, 53.4]]],
}
_GRID = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}

REFUSED = [
    ("", "file.geojson: the file is empty"),
    ("{", "file.geojson: the file is not whole JSON"),
    (json.dumps(collection(feature()))[:-20], "is it cut off?"),
    ("name,lon,lat\n", "the file is not whole JSON"),
    ("[" * 100_000, "file.geojson: the file is nested too deeply"),
    ("[]", "the file is not a GeoJSON FeatureCollection"),
    ('{"type": "FeatureCollection"}', 'column "features": the FeatureCollection has no list'),
    (feature(), "the file is not a GeoJSON FeatureCollection"),
    (collection(), "the file holds no features"),
    (collection(feature()) | {"crs": _GRID}, 'column "crs": the coordinates are not longitude'),
    (collection(feature()) | {"crs": "27700"}, 'column "crs"'),
    (collection(feature(), 5), 'row 2, column "type": this is not a GeoJSON Feature'),
    (collection(feature(properties=[1])), 'row 1, column "properties"'),
    (collection(feature(properties={"note": "x" * 70_000})), 'row 1, column "note": the text'),
    (collection(feature(id=None)), 'row 1, column "id": the row has no OpenStreetMap id'),
    (
        collection(feature(geometry=_SWAPPED)),
        'row 1, column "geometry": coordinates: 53.424, -2.322 lies outside the UK: are',
    ),
    (collection(feature(geometry=_FAR)), "coordinates: 2.35, 48.85 lies outside the UK"),
    (collection(feature(geometry=_OPEN_RING)), "coordinates[0]: the ring is not closed"),
    (
        collection(feature(geometry={"type": "Circle"})),
        "type: must be LineString or MultiPolygon or Point or Polygon",
    ),
    (collection(feature(geometry=5)), "a GeoJSON object belongs here"),
    (
        collection(feature(geometry={"type": "Point", "coordinates": ["-2.3", "53.4"]})),
        "two numbers belong here",
    ),
    (
        collection(feature(geometry={"type": "Point", "coordinates": [[-2.3, 53.4]]})),
        "two numbers belong here",
    ),
    (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "node/1", '
        '"properties": {}, "geometry": {"type": "Point", "coordinates": [NaN, 53]}}]}',
        "a number that is none",
    ),
    (
        collection(feature(geometry={"type": "Point", "coordinates": [10**400, 53]})),
        "the number is not finite",
    ),
    (
        collection(feature(), feature(properties={"name": "The Hen", "amenity": "pub"})),
        'row 2, column "id": the id node/1 stands twice, first in row 1, with other contents',
    ),
    (
        collection(feature(), feature(properties={"amenity": "pub"})),
        "stands twice, first in row 1",
    ),
]


@pytest.mark.parametrize(("content", "words"), REFUSED, ids=range(len(REFUSED)))
def test_refuses_a_bad_file_in_a_sentence_and_writes_nothing(tmp_path, content, words):
    path = write(tmp_path, content)

    with pytest.raises(CommandError) as caught:
        call_command("import_assets", str(TOWN), str(path), source="osm")

    assert caught.value.returncode == 2
    assert words in str(caught.value)
    assert str(caught.value).startswith("file.geojson")
    assert not Asset.objects.exists()
    assert not ImportReport.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (json.dumps(collection(feature())).encode("utf-16"), "the file is UTF-16"),
        ('{"name": "Caf\xe9"}'.encode("latin-1"), "byte 0xe9 at position"),
    ],
)
def test_refuses_a_file_in_another_encoding(tmp_path, content, words):
    path = tmp_path / "file.geojson"
    path.write_bytes(content)

    with pytest.raises(IntakeError, match=words):
        take(path)


def test_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(IntakeError, match="could not be opened"):
        take(tmp_path / "none.geojson")


def test_names_the_column_that_a_council_file_lacks(tmp_path):
    nameless = write(tmp_path, collection(feature(properties={"area_name": "Sale"})))
    kindless = write(tmp_path, collection(feature(properties={"Name": "Hall"})), "b.geojson")

    with pytest.raises(IntakeError, match='column "name": no column holds the name'):
        take(nameless, "geojson", category="faith")
    with pytest.raises(IntakeError, match="say it with --category"):
        take(kindless, "geojson")


def test_refuses_options_that_make_no_sense():
    with pytest.raises(IntakeError, match="--category is for geojson"):
        take(TOWN, category="faith")
    with pytest.raises(IntakeError, match="never taken from a file"):
        take(DATA / "council.geojson", "geojson", category="individual_gift")
    with pytest.raises(IntakeError, match="at most 120 characters"):
        take(TOWN, licence="x" * 121)
    with pytest.raises(CommandError, match="invalid choice: 'kml'"):
        call_command("import_assets", str(TOWN), "--source", "kml")


def test_keeps_to_the_limits_of_the_settings(settings, tmp_path):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "rows": 1}
    with pytest.raises(IntakeError, match="11 features; at most 1"):
        take(TOWN)

    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "packed_bytes": 100}
    with pytest.raises(IntakeError, match="at most 100 bytes"):
        take(TOWN)


def test_hostile_texts_are_kept_as_texts(tmp_path):
    name = "Robert'); DROP TABLE assets_asset;-- <script>\x00\ud800"
    path = write(tmp_path, collection(feature(properties={"name": name, "amenity": "pub"})))

    take(path)

    assert Asset.objects.get().name == "Robert'); DROP TABLE assets_asset;-- <script>"


def test_an_import_keeps_other_imports_of_assets_waiting():
    import_assets(paths=[TOWN], source=AssetSource.OSM)

    with connection.cursor() as cursor:
        cursor.execute("SELECT objid FROM pg_locks WHERE locktype = 'advisory'")
        # The test's own transaction still holds the lock that the import took.
        assert (zlib.crc32(b"import:assets"),) in cursor.fetchall()


def test_a_hundred_rows_cost_as_many_queries_as_one(tmp_path, django_assert_max_num_queries):
    rows = [feature(id=f"node/{n}") for n in range(1, 101)]
    path = write(tmp_path, collection(*rows))

    with django_assert_max_num_queries(18):
        take(path)
    assert factories.Asset.objects.count() == 100
