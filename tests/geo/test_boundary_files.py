import json
import struct
import zipfile

import pytest
from django.contrib.gis.geos import GEOSGeometry, Polygon

from geo.areas import Reading, import_areas, read_boundaries
from geo.models import Area
from intake.errors import IntakeError
from intake.source import SourceFile
from tests.factories import SALE

# Around Sale, on the British National Grid: metres east, metres north.
GRID = [
    [378000, 391000],
    [380000, 391000],
    [380000, 393000],
    [378000, 393000],
    [378000, 391000],
]
MERCATOR = GEOSGeometry(Polygon(GRID, srid=27700)).transform(3857, clone=True).coords[0]
IRISH = [
    [333000, 373000],
    [335000, 373000],
    [335000, 375000],
    [333000, 375000],
    [333000, 373000],
]
COLUMNS = {"LAD23CD": "E08000009", "LAD23NM": "Trafford"}


@pytest.fixture
def write(tmp_path):
    def write_file(content, name="areas.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return SourceFile.open(path)

    return write_file


def collection(ring, crs, properties=COLUMNS):
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": crs}},
        "features": [{"type": "Feature", "properties": properties, "geometry": geometry}],
    }


def topology(**members):
    """Two squares side by side that share the line between them, quantised."""
    return {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [-2.4, 53.4]},
        "arcs": [
            [[5, 0], [0, 5]],
            [[5, 5], [-5, 0], [0, -5], [5, 0]],
            [[5, 0], [5, 0], [0, 5], [-5, 0]],
        ],
        "objects": {
            "wards": {
                "type": "GeometryCollection",
                "geometries": [
                    {
                        "type": "Polygon",
                        "arcs": [[0, 1]],
                        "properties": {"wd23cd": "E05000001", "wd23nm": "West"},
                    },
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[2, -1]]],
                        "properties": {"wd23cd": "E05000002", "wd23nm": "East"},
                    },
                ],
            }
        },
        **members,
    }


@pytest.mark.parametrize(
    ("ring", "crs"),
    [
        (GRID, "urn:ogc:def:crs:EPSG::27700"),
        (GRID, "EPSG:27700"),
        (MERCATOR, "http://www.opengis.net/def/crs/EPSG/0/3857"),
    ],
)
def test_turns_other_reference_systems_into_longitude_and_latitude(write, ring, crs):
    (found,) = read_boundaries(write(collection(ring, crs)), Reading())

    assert found.shape.contains(SALE)
    west, south, east, north = found.shape.extent
    assert (east - west, north - south) == pytest.approx((0.030, 0.018), abs=0.001)


def test_irish_grid_lies_in_ireland(write):
    (found,) = read_boundaries(write(collection(IRISH, "EPSG:29902")), Reading())

    assert (found.shape.centroid.x, found.shape.centroid.y) == pytest.approx(
        (-5.92, 54.60), abs=0.03
    )


@pytest.mark.parametrize(
    "name", ["EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC:1.3:CRS84"]
)
def test_degrees_stay_what_they_are_whatever_their_system_is_called(write, name):
    ring = [[-2.4, 53.4], [-2.3, 53.4], [-2.3, 53.5], [-2.4, 53.4]]

    (found,) = read_boundaries(write(collection(ring, name)), Reading())

    assert found.shape.extent == (-2.4, 53.4, -2.3, 53.5)


def test_topojson_gives_both_neighbours_the_line_they_share(db, write):
    source = write(topology())

    report = import_areas(source, Reading())

    west, east = Area.objects.order_by("code")
    assert (report.layout, report.notes) == ("topojson", ["kind: ward"])
    assert west.boundary.extent == pytest.approx((-2.4, 53.4, -2.35, 53.45))
    assert east.boundary.extent == pytest.approx((-2.35, 53.4, -2.3, 53.45))
    assert west.boundary.intersection(east.boundary).geom_type == "LineString"
    assert import_areas(source, Reading()).same == 2


def test_topojson_of_several_layers_asks_which(write):
    two = topology()
    two["objects"]["parishes"] = two["objects"]["wards"]

    with pytest.raises(IntakeError, match="several layers; say which with --layer: wards, par"):
        list(read_boundaries(write(two), Reading()))
    assert len(list(read_boundaries(write(two), Reading(layer="wards")))) == 2


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"arcs": {}}, "arcs: a list of lines belongs here"),
        ({"arcs": [[[1]]]}, r"arcs\[0\]: is no line of positions"),
        ({"arcs": [[[0, 0], [1, 1]]]}, r'row 1, column "arcs\[0\]": there is no line 1'),
        ({"transform": {"scale": [1]}}, "transform: has no scale and translate"),
        ({"transform": {"scale": [1, 1], "translate": [0, 0]}}, "row 1, .* outside the UK"),
        ({"objects": {}}, "objects: the file holds no features"),
        ({"objects": {"a": {"type": "Polygon"}}}, "row 1: is no feature with properties"),
        (
            {"objects": {"a": {"type": "Point", "properties": {"name": "x"}}}},
            'row 1, column "type": must be MultiPolygon or Polygon',
        ),
    ],
)
def test_a_damaged_topology_is_a_sentence(db, write, members, words):
    with pytest.raises(IntakeError, match=words):
        import_areas(write(topology(**members)), Reading())
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (collection(GRID, "EPSG:999999"), "crs: there is no reference system EPSG:999999"),
        (collection(GRID, "EPSG:4326"), r'row 1, column "coordinates.*outside the UK'),
        (collection([[1e300, 1e300]] * 4, "EPSG:27700"), "row 1, .*(turned|finite|outside)"),
        (collection("here", "EPSG:27700"), "row 1, .*"),
        ([1, 2], "neither GeoJSON FeatureCollection nor TopoJSON"),
    ],
)
def test_what_cannot_be_placed_is_a_sentence(db, write, content, words):
    with pytest.raises(IntakeError, match=words):
        import_areas(write(content), Reading())
    assert not Area.objects.exists()


def test_a_column_that_is_not_there_is_named_with_those_that_are(write):
    with pytest.raises(IntakeError, match=r'column "ward": .* the file has wd23cd, wd23nm'):
        list(read_boundaries(write(topology()), Reading(name="ward")))


def test_one_file_may_hold_counties_and_districts(db, write):
    content = topology()
    content["objects"]["wards"]["geometries"][0]["properties"]["wd23cd"] = "E10000014"

    report = import_areas(write(content), Reading())

    assert report.notes == ["kinds: county or region (1), ward (1)"]
    assert set(Area.objects.values_list("name", "kind")) == {
        ("West", "county"),
        ("East", "ward"),
    }


def with_gdal(path, driver, crs="EPSG:27700", layer=None):
    """Write one area as any GIS would, with a height at every corner."""
    numpy = pytest.importorskip("numpy")
    raw = pytest.importorskip("pyogrio.raw")
    corners = [(x, y, 30.0) for x, y in GRID]
    options = {"layer": layer} if layer else {}
    raw.write(
        str(path),
        numpy.array([wkb_z(corners)], dtype=object),
        [numpy.array([value], dtype=object) for value in COLUMNS.values()],
        list(COLUMNS),
        driver=driver,
        geometry_type="Polygon Z",
        crs=crs,
        **options,
    )


def wkb_z(ring):
    """Return a polygon with heights as ISO well-known binary."""
    head = struct.pack("<BIII", 1, 1003, 1, len(ring))
    return head + b"".join(struct.pack("<ddd", *corner) for corner in ring)


@pytest.fixture
def shapefile(tmp_path):
    def zip_up(leave_out=()):
        folder = tmp_path / "shape"
        folder.mkdir()
        with_gdal(folder / "areas.shp", "ESRI Shapefile")
        with zipfile.ZipFile(tmp_path / "areas.zip", "w") as archive:
            for part in sorted(folder.iterdir()):
                if part.suffix not in leave_out:
                    archive.write(part, f"boundaries/{part.name}")
        return SourceFile.open(tmp_path / "areas.zip")

    return zip_up


def test_a_zipped_shapefile_is_read_as_it_was_downloaded(db, shapefile):
    source = shapefile()

    report = import_areas(source, Reading())

    area = Area.objects.get()
    assert (area.name, area.code, area.kind) == ("Trafford", "E08000009", "local_authority")
    assert area.boundary.contains(SALE)
    assert not area.boundary.hasz
    assert (report.layout, import_areas(source, Reading()).same) == ("shapefile", 1)


@pytest.mark.parametrize("part", [".prj", ".dbf", ".shx"])
def test_a_shapefile_that_lacks_a_part_is_refused_by_its_name(shapefile, part):
    with pytest.raises(IntakeError, match=f"lacks its {part} file"):
        list(read_boundaries(shapefile(leave_out=(part,)), Reading()))


def test_a_geopackage_is_read_by_its_layer(db, tmp_path):
    with_gdal(tmp_path / "areas.gpkg", "GPKG", layer="lad")
    source = SourceFile.open(tmp_path / "areas.gpkg")

    report = import_areas(source, Reading())

    assert (report.layout, report.new) == ("geopackage", 1)
    assert Area.objects.get().boundary.contains(SALE)
    with pytest.raises(IntakeError, match=r"there is no layer wards; say which .*: lad"):
        import_areas(source, Reading(layer="wards"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"SQLite format 3\0" + b"\1" * 400, "no whole GeoPackage"),
        (b"PK\x03\x04" + b"\1" * 400, "cannot be unpacked"),
    ],
)
def test_a_packed_file_cut_off_is_a_sentence(tmp_path, content, words):
    (tmp_path / "areas").write_bytes(content)

    with pytest.raises(IntakeError, match=words):
        list(read_boundaries(SourceFile.open(tmp_path / "areas"), Reading()))


def test_a_zip_without_any_shapefile_is_a_sentence(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(IntakeError, match="holds no shapefile"):
        list(read_boundaries(SourceFile.open(tmp_path / "a.zip"), Reading()))


def test_another_kind_of_file_called_shp_is_never_opened(tmp_path):
    """GDAL would open what it points to: any file of this machine, any address."""
    pointer = (
        '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/http://127.0.0.1:9/x'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    path = tmp_path / "areas.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in (".shp", ".dbf", ".shx", ".prj"):
            archive.writestr(f"areas{part}", pointer)

    with pytest.raises(IntakeError, match=r"areas\.shp is no shapefile"):
        list(read_boundaries(SourceFile.open(path), Reading()))


@pytest.mark.with_data
def test_loads_the_whole_countrys_authorities_from_topojson(db, real_data):
    source = SourceFile.open(real_data / "boundaries/gb_lad_topo.json")

    report = import_areas(source, Reading())

    assert (report.read, report.new, report.refused) == (380, 380, 0)
    assert set(Area.objects.values_list("kind", flat=True)) == {"local_authority"}
    assert Area.objects.get(code="E08000009").boundary.contains(SALE)
    again = import_areas(source, Reading())
    assert (again.same, again.changed, again.new) == (380, 0, 0)
