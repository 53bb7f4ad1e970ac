import json

import pytest
from django.core.management import CommandError, call_command

from geo.areas import Reading, import_areas, note_authority_codes, read_boundaries
from geo.models import Area, Postcode
from intake.errors import IntakeError
from intake.models import ImportReport
from intake.source import SourceFile
from tests.factories import SALE, AreaFactory, box, metres_east

SQUARE = [[-2.4, 53.4], [-2.3, 53.4], [-2.3, 53.5], [-2.4, 53.5], [-2.4, 53.4]]
CROSSED = [[-2.4, 53.4], [-2.3, 53.5], [-2.3, 53.4], [-2.4, 53.5], [-2.4, 53.4]]
SWAPPED = [[lat, lon] for lon, lat in SQUARE]


def feature(name="Sale Moor", code="E05015250", ring=None, **properties):
    return {
        "type": "Feature",
        "properties": {"area_name": name, "area_code": code, **properties},
        "geometry": {"type": "Polygon", "coordinates": [ring or SQUARE]},
    }


@pytest.fixture
def write(tmp_path):
    def write_file(*features, name="wards.geojson", **members):
        path = tmp_path / name
        content = {"type": "FeatureCollection", "features": list(features), **members}
        path.write_text(json.dumps(content))
        return SourceFile.open(path)

    return write_file


def test_loads_wards_known_by_their_codes(db, write):
    report = import_areas(write(feature(), feature("Priory", "E05015251")), Reading())

    assert report.summary().startswith("read 2, new 2,")
    assert report.notes == ["kind: ward"]
    assert set(Area.objects.values_list("name", "code", "kind", "source")) == {
        ("Sale Moor", "E05015250", "ward", "wards.geojson"),
        ("Priory", "E05015251", "ward", "wards.geojson"),
    }
    assert ImportReport.objects.get().importer == "areas"


def test_loading_again_changes_nothing(db, write):
    source = write(feature())
    import_areas(source, Reading())

    assert import_areas(source, Reading()).same == 1


def test_a_dry_run_says_the_same_and_writes_nothing(db, write):
    report = import_areas(write(feature()), Reading(), dry_run=True)

    assert report.new == 1
    assert not Area.objects.exists()
    assert not ImportReport.objects.exists()


@pytest.mark.parametrize(
    ("code", "kind"),
    [("E08000009", "local_authority"), ("E10000014", "county"), ("", "neighbourhood")],
)
def test_the_codes_say_what_kind_of_area_it_is(db, write, code, kind):
    import_areas(write(feature(code=code)), Reading())

    assert Area.objects.get().kind == kind


def test_an_official_boundary_takes_the_outlines_place_and_keeps_what_hangs_on_it(db, write):
    outline = AreaFactory(name="Trafford", kind="local_authority", source="Natural Earth")

    report = import_areas(write(feature("Trafford", "E08000009")), Reading())

    outline.refresh_from_db()
    assert report.changed == 1
    assert (outline.code, outline.source) == ("E08000009", "wards.geojson")
    assert outline.boundary.extent == (-2.4, 53.4, -2.3, 53.5)


def test_a_namesake_elsewhere_stays_what_it_is(db, write):
    far = AreaFactory(name="Sale Moor", boundary=box(metres_east(SALE, 50_000)))
    coded = AreaFactory(name="Sale Moor", code="E05000001", source="wards.geojson")

    report = import_areas(write(feature()), Reading())

    assert report.new == 1
    assert set(Area.objects.values_list("pk", "name")) >= {
        (far.pk, far.name),
        (coded.pk, coded.name),
    }
    assert Area.objects.get(code="E05015250").name == "Sale Moor (E05015250)"


def test_twins_in_one_file_are_told_apart_by_their_codes(db, write):
    source = write(feature("St Mary's", "E05000001"), feature("St Mary's", "E05000002"))

    import_areas(source, Reading())
    again = import_areas(source, Reading())

    assert set(Area.objects.values_list("name", flat=True)) == {
        "St Mary's (E05000001)",
        "St Mary's (E05000002)",
    }
    assert again.same == 2


def test_reads_the_columns_of_the_statistics_office(write):
    row = feature()
    row["properties"] = {"WD13CD": "E05000819", "WD13NM": "Altrincham", "WD13NMW": None}

    (found,) = read_boundaries(write(row), Reading())

    assert (found.name, found.code) == ("Altrincham", "E05000819")


def test_a_malformed_code_is_left_out(write):
    (found,) = read_boundaries(write(feature(code="E0800009")), Reading())

    assert found.code == ""


def test_a_shape_that_crosses_itself_is_mended(db, write):
    import_areas(write(feature(ring=CROSSED)), Reading())

    assert Area.objects.get().boundary.valid


@pytest.mark.parametrize(
    ("features", "members", "words"),
    [
        ([feature(ring=SWAPPED)], {}, r'row 1, column "coordinates\[0\]\[0\]": .* swapped'),
        ([feature(), feature(name="")], {}, 'row 2, column "area_name": has no name'),
        ([feature(code=""), feature(code="")], {}, "row 2: Sale Moor stands twice"),
        ([], {}, "wards.geojson: the file holds no features"),
        ([{"type": "Feature"}], {}, "row 1: is no feature with properties"),
        (
            [feature()],
            {"crs": {"type": "name", "properties": {"name": "the King's own"}}},
            "crs: names no reference system that is known",
        ),
        ([{**feature(), "geometry": {"type": "Point", "coordinates": [-2, 53]}}], {}, "type"),
        ([{**feature(), "geometry": None}], {}, "row 1: a GeoJSON object belongs here"),
    ],
)
def test_refuses_a_file_by_feature_and_position(db, write, features, members, words):
    with pytest.raises(IntakeError, match=words):
        import_areas(write(*features, **members), Reading())

    assert not Area.objects.exists()


def test_refuses_a_file_without_names(write):
    row = feature()
    row["properties"] = {"id": "1"}

    with pytest.raises(IntakeError, match="no property holds names; say which with --name"):
        list(read_boundaries(write(row), Reading()))


def test_the_command_takes_what_the_file_does_not_say(db, write, capsys):
    row = feature()
    row["properties"] = {"title": "Broadheath"}
    source = write(row)

    call_command("load_areas", str(source.path), kind="ward", name="title", source="OS")

    assert capsys.readouterr().out.startswith("read 1, new 1,")
    assert Area.objects.values_list("name", "kind", "source").get() == (
        "Broadheath",
        "ward",
        "OS",
    )


def test_the_command_ends_with_2_on_a_file_cut_off(db, tmp_path):
    (tmp_path / "half.geojson").write_text('{"type": "FeatureCollection", "features": [{')

    with pytest.raises(CommandError, match=r"half.geojson: .* is it cut off") as raised:
        call_command("load_areas", str(tmp_path / "half.geojson"))
    assert raised.value.returncode == 2


class TestAuthorityCodes:
    @pytest.fixture
    def trafford(self, db):
        return AreaFactory(name="Trafford", kind="local_authority", boundary=box(SALE, 0.01))

    def postcodes(self, *codes):
        for number, code in enumerate(codes):
            Postcode.objects.create(
                code=f"M33{number // 10}A{'ABCDEFGHIJ'[number % 10]}",
                location=metres_east(SALE, number),
                lad_code=code,
            )

    def test_notes_the_code_of_nine_in_ten_postcodes(self, trafford):
        self.postcodes(*["E08000009"] * 9, "E08000003")

        assert note_authority_codes() == 1

        trafford.refresh_from_db()
        assert trafford.code == "E08000009"

    def test_notes_nothing_below_nine_in_ten(self, trafford):
        self.postcodes(*["E08000009"] * 8, "E08000003", "")

        assert note_authority_codes() == 0

    def test_notes_no_code_that_two_shapes_would_carry(self, trafford):
        AreaFactory(name="Sale", kind="local_authority", boundary=box(SALE, 0.005))
        self.postcodes(*["E08000009"] * 10)

        assert note_authority_codes() == 0

    def test_a_county_gets_no_authoritys_code(self, trafford):
        Area.objects.update(kind="county")
        self.postcodes(*["E08000009"] * 10)

        assert note_authority_codes() == 0


@pytest.mark.with_data
@pytest.mark.parametrize(
    ("name", "count", "kind"),
    [
        ("gm_local_authority_generalised", 10, "local_authority"),
        ("trafford_ward_generalised", 21, "ward"),
        ("trafford_localities_generalised_resolution", 4, "neighbourhood"),
        ("wards_E08000009", 21, "ward"),
    ],
)
def test_loads_the_official_files(db, real_data, name, count, kind):
    source = SourceFile.open(real_data / f"boundaries/{name}.geojson")

    report = import_areas(source, Reading())

    assert (report.new, import_areas(source, Reading()).same) == (count, count)
    assert set(Area.objects.values_list("kind", flat=True)) == {kind}
