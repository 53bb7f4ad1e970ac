import pytest
from django.core.management import CommandError, call_command

from geo.gazetteers import read_code_point_open, read_package
from geo.geocoding_check import check_geocoding
from geo.loading import load_some
from geo.models import Postcode
from intake.source import SourceFile
from tests.factories import SALE, metres_east

GREATER_MANCHESTER = ["BL", "M", "OL", "SK", "WN", "WA", "BB", "HX", "HD", "S"]


@pytest.fixture
def write(tmp_path, db):
    Postcode.objects.create(code="M332DH", location=SALE)

    def write_file(*rows: str, header: str = "name,postcode,lon,lat"):
        path = tmp_path / "homes.csv"
        path.write_text("\n".join([header, *rows]) + "\n")
        return path

    return write_file


def row(metres: float, postcode: str = "M33 2DH") -> str:
    there = metres_east(SALE, metres)
    return f"A,{postcode},{there.x:.7f},{there.y:.7f}"


def test_measures_every_row_just_inside_and_just_outside(write):
    path = write(row(99), row(101), row(5))

    result = check_geocoding(SourceFile.open(path), within_m=100)

    assert list(result.lines()) == [
        "2 of 3 within 100 m",
        "median 99 m, farthest 101 m",
        "row 3, M33 2DH: 101 m away",
    ]


def test_lists_what_is_not_found(write, capsys):
    path = write(row(5), row(5, "NR2 1AA"), row(5, "NA"))

    with pytest.raises(SystemExit) as ended:
        call_command("check_geocoding", str(path), "--within", "100")

    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "1 of 3 within 100 m",
        "median 5 m, farthest 5 m",
        "row 3, NR2 1AA: not found",
        "row 4, no postcode: not found",
    ]


def test_finds_the_columns_by_their_names(write):
    path = write(row(5), header="Location Name,Location Postal Code,LONGITUDE,Latitude")

    assert not check_geocoding(SourceFile.open(path), within_m=100).failures


@pytest.mark.parametrize(
    ("rows", "header", "words"),
    [
        (["A,M33 2DH"], "name,postcode", 'row 1, column "lon": the file has no such column'),
        (["A,M33 2DH,53.4,-2.3"], "name,postcode,lon,lat", "row 2.*outside the UK: are long"),
        (["A,M33 2DH,nan,53"], "name,postcode,lon,lat", 'row 2, column "lon": “nan” is not'),
    ],
)
def test_refuses_a_file_without_points_of_the_uk(write, rows, header, words):
    path = write(*rows, header=header)

    with pytest.raises(CommandError, match=words) as raised:
        call_command("check_geocoding", str(path), "--within", "100")
    assert raised.value.returncode == 2


@pytest.mark.parametrize("metres", ["0", "-1", "nan", "inf", "near"])
def test_refuses_a_tolerance_that_is_none(write, metres):
    with pytest.raises(CommandError, match="--within"):
        call_command("check_geocoding", str(write(row(5))), f"--within={metres}")


@pytest.mark.with_data
@pytest.mark.parametrize("gazetteer", ["package", "codepo_gb.zip"])
def test_finds_every_care_home_of_greater_manchester(db, real_data, gazetteer):
    if gazetteer == "package":
        chunks = read_package(GREATER_MANCHESTER)
    else:
        source = SourceFile.open(real_data / "postcodes" / gazetteer)
        chunks = read_code_point_open(source, GREATER_MANCHESTER)
    load_some(chunks, file=gazetteer, say=lambda sentence: None)

    result = check_geocoding(
        SourceFile.open(real_data / "cqc/gm_care_homes_2019-07.csv"), within_m=250
    )

    assert next(result.lines()) == "559 of 559 within 250 m"
