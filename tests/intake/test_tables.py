import pytest
from django.conf import settings

from intake.errors import IntakeError
from intake.source import SourceFile
from intake.tables import Table, header_key


@pytest.fixture
def table(tmp_path):
    """Write a file and open it as a table."""

    def write(content: str | bytes, **options) -> Table:
        path = tmp_path / "homes.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Table(SourceFile.open(path), **options)

    return write


def test_finds_columns_whatever_their_case_and_punctuation(table):
    found = table("Location ID,Care home?\n1-1,Y\n")

    (row,) = found.rows()

    assert row.get("location id") == "1-1"
    assert row.get("CARE HOME") == "Y"
    assert header_key("Dormant (Y/N)") == header_key("dormant y/n")


def test_numbers_rows_as_a_spreadsheet_does_even_after_a_cell_of_two_lines(table):
    found = table('name,address\nA,"1 Moss Lane\nSale"\nB,2 Moss Lane\n')

    assert [row.number for row in found.rows()] == [2, 3]


def test_reads_past_the_mark_that_spreadsheets_write(table):
    assert table(b"\xef\xbb\xbfname,lon\nA,1\n").headers == ["name", "lon"]


@pytest.mark.parametrize("nothing", ["NA", "-", "*", "", "  "])
def test_takes_the_registers_words_for_nothing_as_no_value(table, nothing):
    (row,) = table(f"name,website\nA,{nothing}\n").rows()

    assert row.get("website") == ""


def test_forgets_columns_that_nobody_asked_for(table):
    (row,) = table("name,Registered manager\nA,Somebody\n").rows(only=["NAME"])

    assert row.cells == {"name": "A"}


def test_counts_blank_rows_that_it_passes_over(table):
    found = table("name,lon\nA,1\n,\n\nB,2\n")

    assert [row.get("name") for row in found.rows()] == ["A", "B"]
    assert found.blank_rows == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name,lon\nA,1\nB\n", r'homes.csv, row 3, column "name": the row has 1 cells'),
        ("name,lon\nA,1,2\n", r'homes.csv, row 2, column "lon": the row has 3 cells'),
        ('name,lon\nA,1\nB,"2', r"homes.csv, row 3: the row cannot be read .* cut off"),
        ("name,lon,Name\nA,1,B\n", r'row 1, column "Name": the file has this column twice'),
        ("name,lon\n", r"homes.csv: the file has a header and no rows"),
        (",,\nA,1,2\n", r"homes.csv, row 1: the first row holds no column names"),
        ("name,lon\nA\0,1\n", r'row 2, column "name": the cell holds a NUL'),
        (b"name,lon\nCaf\xe9,1\n", r"row 2: the file is not UTF-8: byte 0xe9 at position 13"),
        ("name,beds\nA,#REF!\n", 'row 2, column "beds": the cell holds #REF!, a formula'),
        ("name,lon\nA,1\n".encode("utf-16"), r"homes.csv: the file is UTF-16"),
    ],
)
def test_refuses_a_file_it_cannot_read_with_certainty(table, content, words):
    with pytest.raises(IntakeError, match=words):
        list(table(content).rows())


def test_reads_an_older_spreadsheets_encoding_only_when_asked(table):
    (row,) = table(b"name,lon\nCaf\xe9,1\n", encoding="cp1252").rows()

    assert row.get("name") == "Café"


@pytest.mark.parametrize("mark", [";", "\t"])
def test_reads_the_delimiters_of_other_countries(table, mark):
    found = table(f'name{mark}lon\n"A, B"{mark}1\n')

    assert [row.cells for row in found.rows()] == [{"name": "A, B", "lon": "1"}]


def test_finds_the_header_below_a_title(table):
    found = table(
        "A register\n\nMade,up\nName,Place\nA,1\n", knows=lambda keys: "place" in keys
    )

    assert [(row.number, row.get("name")) for row in found.rows()] == [(5, "A")]
    with pytest.raises(IntakeError, match=r'row 4, column "beds"'):
        found.require(["name", "beds"])


def test_a_header_nobody_knows_is_the_first_row(table):
    found = table("a,b\n1,2\n", knows=lambda keys: "place" in keys)

    assert found.headers == ["a", "b"]


def test_a_column_is_found_by_its_other_names(table):
    found = table("CQC Location,name\n1-1,A\n")
    found.rename({"CQC Location ID": ["CQC Location"], "name": ["place"]})

    (row,) = found.rows()

    assert (row.get("CQC Location ID"), row.get("name")) == ("1-1", "A")


def test_names_the_missing_column_and_lists_the_others(table):
    with pytest.raises(
        IntakeError,
        match=r'homes.csv, row 1, column "cqc_id": .* \(also missing: provider\)',
    ):
        table("name\nA\n").require(["name", "cqc_id", "provider"])


@pytest.mark.parametrize(
    ("limit", "content", "words"),
    [
        ({"rows": 1}, "name\nA\nB\n", "row 3: the file has more than 1 rows"),
        ({"cell_chars": 3}, "name\nABCD\n", 'column "name": the cell has more than 3 char'),
        ({"packed_bytes": 10}, "name\n" + "A" * 20 + "\n", "a line of more than 10 bytes"),
    ],
)
def test_keeps_to_the_limits(table, settings, limit, content, words):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, **limit}

    with pytest.raises(IntakeError, match=words):
        list(table(content).rows())


def test_the_limits_are_those_the_design_names():
    assert settings.IMPORT_LIMITS == {
        "packed_bytes": 64 * 1024**2,
        "unpacked_bytes": 2 * 1024**3,
        "rows": 250_000,
        "cell_chars": 64 * 1024,
    }
