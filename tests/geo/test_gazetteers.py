import pytest

from geo.gazetteers import read_code_point_open, read_package
from intake.errors import IntakeError
from intake.source import SourceFile
from tests.geo.gazetteers import (
    SALE_ROWS,
    code_point_line,
    write_code_point_open,
    write_package,
    write_zip,
)


def read_zip(path, wanted=()):
    return list(read_code_point_open(SourceFile.open(path), wanted))


def test_reads_the_package_without_importing_it(tmp_path, monkeypatch):
    write_package(tmp_path, monkeypatch)

    (chunk,) = read_package()

    assert chunk.lines[0] == "M332DH\t378740\t391930\tE08000009\n"
    assert chunk.lines[3] == "M11AE\t384700\t398100\tE08000003\n"
    assert (len(chunk.lines), chunk.without_coordinates) == (4, 1)


def test_passes_over_northern_ireland_and_counts_it(tmp_path, monkeypatch):
    belfast = ("BT1 1AA", "N09000003", 146000.0, 529000.0)
    write_package(tmp_path, monkeypatch, [*SALE_ROWS, belfast])

    chunks = list(read_package())

    assert [(c.name, len(c.lines), c.northern_ireland) for c in chunks] == [
        ("B", 0, 1),
        ("M", 4, 0),
    ]


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (["M33"], ["M332DH", "M332DJ", "M337AA"]),
        (["M1"], ["M11AE"]),
        (["M"], ["M332DH", "M332DJ", "M337AA", "M11AE"]),
        (["WA14"], []),
    ],
)
def test_keeps_only_the_districts_and_areas_asked_for(tmp_path, monkeypatch, wanted, codes):
    write_package(tmp_path, monkeypatch)

    found = [line.split("\t")[0] for chunk in read_package(wanted) for line in chunk.lines]

    assert found == codes


def test_says_so_when_the_package_is_missing(monkeypatch):
    monkeypatch.setattr("geo.gazetteers.PACKAGE", "no_such_package_here")

    with pytest.raises(IntakeError, match="is not installed"):
        list(read_package())


def test_reads_code_point_open_area_by_area(tmp_path):
    chunks = read_zip(write_code_point_open(tmp_path / "codepo_gb.zip"))

    assert [(c.name, c.without_coordinates) for c in chunks] == [("M", 1), ("WA", 0)]
    assert chunks[0].lines == [
        "M332DH\t378740\t391930\tE08000009\n",
        "M337AA\t379140\t391130\tE08000009\n",
    ]


def test_reads_only_the_areas_asked_for(tmp_path):
    chunks = read_zip(write_code_point_open(tmp_path / "codepo_gb.zip"), ["WA14"])

    assert [(c.name, len(c.lines)) for c in chunks] == [("WA", 1)]


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (
            '"M33 2D?",10,1,1,"","","","","",""\r\n',
            'm.csv, row 4, column "Postcode": .* is not',
        ),
        ('"M33 2DH",10,1\r\n', "m.csv, row 4: the row has 3 cells where 10 belong"),
        (
            '"M33 2DH",10,-1,1e9,"","","","","",""\r\n',
            'row 4, column "Eastings": .* no easting',
        ),
        ('"M33 2DH",10,"1', "Data/CSV/m.csv: a row cannot be read"),
    ],
)
def test_names_the_row_it_cannot_read(tmp_path, extra, words):
    path = write_code_point_open(tmp_path / "codepo_gb.zip", extra)

    with pytest.raises(IntakeError, match=words):
        read_zip(path)


def test_an_authority_code_of_another_shape_is_left_out(tmp_path):
    line = code_point_line("M33 2DH", 378740, 391930).replace("E08000009", "tab\there")
    path = write_zip(tmp_path / "a.zip", {"Data/CSV/m.csv": line})

    assert read_zip(path)[0].lines == ["M332DH\t378740\t391930\t\n"]


def test_refuses_a_zip_that_is_cut_off(tmp_path):
    whole = write_code_point_open(tmp_path / "codepo_gb.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(IntakeError, match=r"half.zip: this is not a whole zip file"):
        read_zip(tmp_path / "half.zip")


def test_refuses_a_zip_whose_content_is_damaged(tmp_path):
    path = write_code_point_open(tmp_path / "codepo_gb.zip")
    whole = bytearray(path.read_bytes())
    start = whole.index(b"m.csv") + 20
    whole[start : start + 30] = b"\xff" * 30
    path.write_bytes(whole)

    with pytest.raises(IntakeError, match=r"codepo_gb.zip: this is not a whole zip file"):
        read_zip(path)


def test_refuses_another_zip(tmp_path):
    path = write_zip(tmp_path / "photos.zip", {"a.jpg": "x"})

    with pytest.raises(IntakeError, match=r"photos.zip: the zip holds no Data/CSV"):
        read_zip(path)


def test_refuses_a_zip_that_unpacks_to_too_much(tmp_path, settings):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "unpacked_bytes": 1000}
    path = write_code_point_open(tmp_path / "codepo_gb.zip", "\r\n" * 1000)

    with pytest.raises(IntakeError, match=r"it unpacks to .* kB, more than is taken"):
        read_zip(path)


def test_the_wheel_holds_the_whole_country():
    chunks = list(read_package())

    assert sum(len(chunk.lines) for chunk in chunks) == 2_636_121
    assert sum(chunk.northern_ireland for chunk in chunks) == 63_132


@pytest.mark.with_data
def test_the_official_zip_is_read_whole(real_data):
    chunks = read_zip(real_data / "postcodes/codepo_gb.zip")

    assert sum(len(chunk.lines) for chunk in chunks) == 1_742_638
    assert sum(chunk.without_coordinates for chunk in chunks) == 811
