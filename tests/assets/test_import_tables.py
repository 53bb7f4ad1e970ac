"""``import_assets --source csv``: columns found by mapping, closed places, coordinates."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assets import mapping_files
from assets.importing import import_assets
from assets.models import Asset, AssetSource, Dataset, OpenState
from geo.models import Postcode, PostcodeCell
from intake.errors import IntakeError
from tests.factories import SALE

DATA = Path(__file__).parent / "data"
LIBRARIES = DATA / "libraries.csv"

pytestmark = pytest.mark.django_db


def take(path: Path, source: str = "csv", **options):
    return import_assets(paths=[path], source=AssetSource(source), **options).total


def table(tmp_path: Path, text: str, name: str = "places.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def mapping(tmp_path: Path, **changes) -> Path:
    members = {"fields": {"name": ["what"]}, "category": "civic", **changes}
    path = tmp_path / "own.json"
    path.write_text(json.dumps(members))
    return path


def test_knows_a_layout_by_its_headers_and_takes_closed_places_as_closed():
    report = take(LIBRARIES)

    assert (report.read, report.new, report.refused) == (2, 2, 0)
    moor, quay = Asset.objects.order_by("source_ref")
    assert (moor.source_ref, moor.name, moor.category, moor.postcode) == (
        "england_libraries/1",
        "Sale Moor",
        "library_learning",
        "M33 2DH",
    )
    assert moor.location.coords == (-2.3221, 53.4241)
    assert moor.website == "http://www.salemoor.example"
    assert moor.source_licence == "OGL v3.0"
    assert "Open Government Licence" in moor.source_attribution
    assert quay.state == OpenState.CLOSED
    assert list(Asset.objects.published()) == [moor]


def test_a_table_again_finds_everything_as_it_was():
    take(LIBRARIES)
    before = list(Asset.objects.order_by("pk").values())

    again = take(LIBRARIES)

    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert list(Asset.objects.order_by("pk").values()) == before


def test_a_place_that_has_closed_since_is_closed_unless_somebody_said_otherwise(tmp_path):
    take(LIBRARIES)
    text = (
        LIBRARIES.read_text().replace("t,LAL,,", "t,LAL,XL,2016").replace("f,,XL,2013", "f,,,")
    )
    later = table(tmp_path, text)

    report = take(later)

    assert report.changed == 2
    states = dict(Asset.objects.values_list("name", "state"))
    assert states == {"Sale Moor": "closed", "Old Quay": "open"}

    Asset.objects.filter(name="Old Quay").update(state="closed")  # somebody went there
    Asset.objects.filter(name="Sale Moor").update(state="open")
    take(LIBRARIES)
    assert dict(Asset.objects.values_list("name", "state")) == {
        "Sale Moor": "open",
        "Old Quay": "closed",
    }


def test_other_tables_are_read_by_what_headers_are_usually_called(tmp_path):
    text = "Name;Type;Longitude;Latitude\nSt Bride;Church;-2.322;53.424\n".replace(";", ",")

    assert take(table(tmp_path, text)).new == 1
    church = Asset.objects.get()
    assert (church.category, church.location.coords) == ("faith", (-2.322, 53.424))


def test_metres_of_the_national_grid_become_degrees(tmp_path):
    text = (
        "name,type,easting,northing\nSt Bride,Church,378700,392800\nNowhere,Church,-1,2000000\n"
    )

    report = take(table(tmp_path, text))

    assert [str(refusal) for refusal in report.refusals] == [
        "row 3, easting: it lies outside the UK: easting -1, northing 2e+06"
    ]
    lon, lat = Asset.objects.get().location.coords
    assert (round(lon, 3), round(lat, 3)) == (-2.322, 53.432)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("53.424,-2.322", "it lies outside the UK; are longitude and latitude swapped?"),
        ("53° 25' N,2° 19' W", "its coordinates are no decimal numbers"),
        ("-2.322,", "half of its coordinates is missing"),
        ("nan,53.4", "its coordinates are no decimal numbers"),
        ("0,0", "it has no place"),
        (",", "it has no place"),
    ],
)
def test_refuses_a_row_whose_coordinates_cannot_be_right(tmp_path, cells, words):
    report = take(table(tmp_path, f"name,type,lon,lat\nSt Bride,Church,{cells}\n"))

    assert (report.read, report.refused) == (1, 1)
    assert words in report.refusals[0].reason


def test_a_row_without_coordinates_is_placed_by_its_postcode(tmp_path):
    Postcode.objects.create(code="M332DH", location=SALE)

    take(table(tmp_path, "name,type,postcode\nSt Bride,Church,m33 2dh\n"))

    church = Asset.objects.get()
    assert (church.location.coords, church.location_precision) == (SALE.coords, "postcode")


def test_of_a_charity_only_the_sector_is_kept_for_the_address_may_be_somebodys_own(tmp_path):
    PostcodeCell.objects.create(code="M33 2", kind="sector", location=SALE, postcodes_count=9)
    text = (
        "registered_charity_number,charity_name,charity_contact_address,"
        "charity_contact_postcode,charity_contact_web\n"
        '1,TUNES OF SALE,"7 Own Street, Sale",M33 2DH,\n'
    )

    take(table(tmp_path, text))

    charity = Asset.objects.get()
    assert (charity.address, charity.postcode, charity.location_precision) == ("", "", "sector")
    assert "Own Street" not in json.dumps(charity.source_values)


def test_rows_without_an_id_are_known_by_name_and_place(tmp_path):
    Postcode.objects.create(code="M332DH", location=SALE)
    rows = "Hall,Church,M33 2DH,{}\nHall,Church,M33 2DH,{}\n"
    head = "name,type,postcode,phone\n"

    twice = take(table(tmp_path, head + rows.format("0161 496 0101", "0161 496 0101")))
    other = take(table(tmp_path, head + rows.format("0161 496 0101", "0161 496 0102")))

    assert (twice.new, twice.same) == (1, 1)
    assert (other.same, other.refused) == (1, 1)
    assert "stand in row 2, with other contents" in other.refusals[0].reason


def test_takes_an_operators_own_mapping(tmp_path):
    path = mapping(
        tmp_path,
        id=["nr"],
        category={"from": "sort", "kinds": {"sport": ["Bowls"]}, "otherwise": "civic"},
        coordinates={"lon": "x", "lat": "y"},
        closed={"column": "state", "values": ["Gone"]},
        licence="CC BY 4.0",
    )
    text = "nr,what,sort,x,y,state\n7,Green,Bowls,-2.3,53.4,\n8,Town Hall,Hall,-2.3,53.4,gone\n"

    take(table(tmp_path, text), mapping=str(path))

    assert list(Asset.objects.values_list("source_ref", "category", "state")) == [
        ("own/7", "sport", "open"),
        ("own/8", "civic", "closed"),
    ]
    dataset = Dataset.objects.get()
    assert (dataset.name, dataset.licence) == ("own", "CC BY 4.0")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"categroy": "civic"},
            '"categroy": a mapping has no such member; is "category" meant',
        ),
        ({"category": None}, 'column "category": a text or an object belongs here'),
        ({"category": "libary_learning"}, 'is none of our kinds; is "library_learning" meant?'),
        ({"category": "individual_gift"}, "is none of our kinds"),
        ({"category": {}}, 'column "category.from": the header of the kind belongs here'),
        ({"category": {"from": "x", "kinds": {"sport": "a"}}}, 'column "category.kinds.sport"'),
        ({"fields": {}}, 'column "fields.name": the header of the name belongs here'),
        ({"fields": {"name": [""]}}, 'column "fields.name": a list of headers belongs here'),
        ({"fields": {"nmae": ["x"]}}, 'is "name" meant?'),
        ({"id": [1]}, 'column "id": a list of headers belongs here'),
        ({"coordinates": {"lon": "x"}}, 'either "lon" and "lat" or "easting" and "northing"'),
        ({"closed": {"column": "x"}}, 'column "closed.values": a list of words, or "any"'),
        ({"place": "street"}, '"point" or "sector" belongs here'),
        ({"licence": "x" * 121}, 'column "licence": at most 120 characters'),
    ],
)
def test_a_slip_in_a_mapping_is_a_sentence(tmp_path, changes, words):
    with pytest.raises(IntakeError) as caught:
        take(LIBRARIES, mapping=str(mapping(tmp_path, **changes)))

    assert words in str(caught.value)
    assert "own.json" in str(caught.value)


def test_every_mapping_of_the_project_can_be_read_and_has_a_title():
    assert {"england_libraries", "gm_food_banks", "charities"} <= set(mapping_files.names())
    for name in mapping_files.names():
        assert mapping_files.named(name).licence
        assert mapping_files.titles()[name]


def test_says_which_mappings_there_are():
    with pytest.raises(IntakeError, match='no mapping "libraries"; there are: charities, '):
        take(LIBRARIES, mapping="libraries")


def test_names_what_a_table_lacks(tmp_path):
    with pytest.raises(CommandError) as caught:
        call_command("import_assets", table(tmp_path, "a,b\n1,2\n"), "--source", "csv")

    assert 'places.csv, column "name": no column holds the name' in str(caught.value)
    assert not Asset.objects.exists()


# --- the same place from two sources ------------------------------------------------------


def test_a_row_that_looks_like_a_place_from_elsewhere_is_held_back(tmp_path, capsys):
    take(LIBRARIES)
    text = b"name,type,lon,lat\nSale  Moor!,Library,-2.3225,53.4241\n"
    (tmp_path / "other.csv").write_bytes(text)
    Asset.objects.update(source="local", source_ref="")

    for _ in range(2):
        call_command("import_assets", str(tmp_path / "other.csv"), "--source", "csv")
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("read 1, new 0, changed 0, same 0, unsure 1, refused 0")
        words = "may be Sale Moor (Added here): same name, 27 m away, same kind"
        assert lines[1] == f"row 2, held back: {words}"
    assert Asset.objects.count() == 2


def test_neighbours_of_one_name_from_one_source_are_two_places(tmp_path):
    rows = "1,Hall,Church,-2.322,53.424\n2,Hall,Church,-2.3221,53.424\n"

    assert take(table(tmp_path, f"id,name,type,lon,lat\n{rows}")).new == 2


# --- real files -----------------------------------------------------------------------------


@pytest.mark.with_data
@pytest.mark.parametrize(
    ("name", "source", "read", "new", "same", "unsure", "refused"),
    [
        # Unsure: without numbers of their own, and beside another of their name.
        ("gm_food_banks.geojson", "geojson", 171, 169, 0, 2, 0),
        ("england_libraries_2016.csv", "csv", 3238, 3238, 0, 0, 0),
        ("trafford_greenspace_sites.geojson", "geojson", 427, 112, 0, 1, 314),
        ("trafford_schools_and_colleges.csv", "csv", 103, 103, 0, 0, 0),
        ("sports_facilities.csv", "csv", 314, 308, 6, 0, 0),
    ],
)
def test_real_files_are_taken_and_a_second_run_changes_nothing(
    real_data, name, source, read, new, same, unsure, refused
):
    first = take(real_data / "assets" / name, source)
    again = take(real_data / "assets" / name, source)

    assert (first.read, first.new, first.same) == (read, new, same)
    assert (first.unsure, first.refused) == (unsure, refused)
    assert (again.new, again.changed, again.same, again.unsure) == (0, 0, new + same, unsure)


@pytest.mark.with_data
def test_of_the_libraries_of_england_252_have_closed(real_data):
    take(real_data / "assets" / "england_libraries_2016.csv")

    assert Asset.objects.filter(state="closed").count() == 252
    assert Asset.objects.published().count() == 2986


@pytest.mark.with_data
def test_green_spaces_keep_their_area_and_have_a_point_on_it(real_data):
    report = take(real_data / "assets" / "trafford_greenspace_sites.geojson", "geojson")

    assert {refusal.reason for refusal in report.refusals} == {"it has no name"}
    for asset in Asset.objects.all():
        assert asset.outline.distance(asset.location) < 1e-6
