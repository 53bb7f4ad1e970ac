"""Spreadsheets are read as what they say, or refused in a sentence."""

import zipfile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from intake.errors import IntakeError
from intake.source import SourceFile
from intake.tables import Table
from tests.homes.register_files import write_ods

COVERED = "<table:covered-table-cell/>"


def cell(inner: str = "", **attributes: str) -> str:
    """Return a cell; ``value_type="float"`` is ``office:value-type``."""
    rooms = {"repeated": "table:number-columns-repeated", "error": "calcext:value-type"}
    names = (
        (rooms.get(name, f"office:{name.replace('_', '-')}"), value)
        for name, value in attributes.items()
    )
    written = "".join(f' {name}="{value}"' for name, value in names)
    return f"<table:table-cell{written}>{inner}</table:table-cell>"


def words(text: str) -> str:
    return cell(text, value_type="string")


@pytest.fixture
def table(tmp_path):
    """Write sheets and open the file as a table."""

    def write(*rows, knows=None, **sheets) -> Table:
        path = write_ods(tmp_path / "homes.ods", {**sheets, "Sheet1": rows})
        return Table(SourceFile.open(path), knows=knows)

    return write


@pytest.fixture
def damaged(tmp_path):
    """Write a spreadsheet whose content is what the test says."""

    def write(content: str | bytes, **members: bytes) -> Table:
        path = tmp_path / "homes.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("content.xml", content)
            for name, inner in members.items():
                archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), inner)
        return Table(SourceFile.open(path))

    return write


def _only(table):
    return [row.cells for row in table.rows()]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (cell("<text:p>39</text:p>", value_type="float", value="39"), "39"),
        (cell("<text:p>39.00</text:p>", value_type="float", value="39.0"), "39"),
        (cell("", value_type="float", value="1.617777E9"), "1617777000"),
        (cell("", value_type="float", value="-2.1325"), "-2.1325"),
        (cell("", value_type="date", date_value="2010-12-07"), "2010-12-07"),
        (cell("", value_type="date", date_value="2010-12-07T00:00:00"), "2010-12-07"),
        (cell("", value_type="date", date_value="2010-12-07T09:30:00"), "2010-12-07T09:30:00"),
        (cell("<text:p>WAHR</text:p>", value_type="boolean", boolean_value="true"), "TRUE"),
        (cell("<text:p>shown</text:p>", value_type="string", string_value="meant"), "meant"),
        (words("<text:p>one</text:p><text:p>two</text:p>"), "one\ntwo"),
        (words('<text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p>'), "a   b\tc"),
        (words("<text:p>Oak <text:span>Lodge</text:span></text:p>"), "Oak Lodge"),
        (words("<text:p>A &amp; B</text:p>"), "A & B"),
        (
            words(
                "<office:annotation><text:p>note</text:p></office:annotation><text:p>x</text:p>"
            ),
            "x",
        ),
        (
            words(
                "<text:p>a<office:annotation><text:p>n</text:p></office:annotation>b</text:p>"
            ),
            "ab",
        ),
    ],
)
def test_reads_a_cell_by_what_it_holds(table, written, meant):
    assert _only(table(["name"], [written])) == [{"name": meant}]


def test_a_formula_is_what_it_came_to(table):
    formula = '<table:table-cell table:formula="of:=1+1" office:value-type="float" '
    written = f'{formula} office:value="2"><text:p>2</text:p></table:table-cell>'

    assert _only(table(["beds"], [written])) == [{"beds": "2"}]


@pytest.mark.parametrize("shown", ["#N/A", "#REF!", "Err:502", "#NV", "falsch"])
def test_a_formula_that_went_wrong_is_named_by_row_and_column(table, shown):
    wrong = cell(f"<text:p>{shown}</text:p>", value_type="string", error="error")
    found = table(["name", "beds"], ["A", "1"], ["B", wrong])

    with pytest.raises(IntakeError, match=r'homes.ods, row 3, column "beds": the cell holds'):
        _only(found)


def test_repeated_cells_and_rows_stand_as_often_as_they_say(table):
    twice = cell("<text:p>x</text:p>", value_type="string", repeated="2")
    path_rows = table(["a", "b", "c"], [twice, "y"])
    assert _only(path_rows) == [{"a": "x", "b": "x", "c": "y"}]


def test_a_million_blank_rows_and_columns_cost_nothing(damaged):
    content = _document(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>name</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16383"/>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell '
        'office:value-type="string"><text:p>A</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="5"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>B</text:p>'
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    table = damaged(content)

    assert [(row.number, row.get("name")) for row in table.rows()] == [
        (2, "A"),
        (3, "A"),
        (4, "A"),
        (10, "B"),
    ]
    assert table.blank_rows == 5


def test_finds_the_sheet_by_its_headers(table):
    found = table(
        ["A title above the table"],
        [],
        ["Location ID", "Name"],
        ["1-1", "Oak Lodge"],
        knows=lambda keys: "locationid" in keys,
        README=[["This is the register"], ["of November"]],
        Other=[["x"] for _ in range(30)],
    )

    assert [(row.number, row.get("name")) for row in found.rows()] == [(4, "Oak Lodge")]


def test_forgets_columns_that_nobody_asked_for(table):
    found = table(["name", "Registered manager"], ["A", "Somebody"])

    assert [row.cells for row in found.rows(only=["name"])] == [{"name": "A"}]


def test_a_short_row_is_blank_at_its_end(table):
    assert _only(table(["a", "b"], ["x"])) == [{"a": "x"}]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["a", "b"], ["1", "2", "3"]], 'row 2, column "b": the row has 3 cells where'),
        ([["a", "b"], ["1", COVERED]], 'row 2, column "b": the cell is merged'),
        ([["a", COVERED], ["1", "2"]], "row 1: cells of the header row are merged"),
        ([["a", "A"], ["1", "2"]], 'row 1, column "A": the file has this column twice'),
        ([["a", "b"]], "homes.ods: the file has a header and no rows"),
        ([[], ["a"]], "row 1: the first row holds no column names"),
        ([["a"], [cell("<table:table/>")]], "row 2: a table stands inside a cell"),
        ([["a"], [cell("", repeated="many")]], 'row 2: "many" is no number of repetitions'),
        ([["a"], ["#REF!"]], 'row 2, column "a": the cell holds #REF!, a formula that'),
    ],
)
def test_refuses_what_would_lose_or_shift_a_cell(table, rows, words):
    with pytest.raises(IntakeError, match=words):
        _only(table(*rows))


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"packed_bytes": 100}, "packed, at most 100 bytes are taken"),
        ({"unpacked_bytes": 2_000_000}, "unpacked, the spreadsheet has more than 1.91 MB"),
        ({"cell_chars": 100}, 'row 2, column "name": the cell has more than 100 characters'),
        ({"rows": 5}, "row 7: the file has more than 5 rows"),
    ],
)
def test_keeps_to_the_limits_while_it_unpacks(table, settings, limit, words):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, **limit}
    bomb = [["name"], *([["x" * 2_000]] * 1_000)]
    if "rows" in limit:
        bomb = [["name"], *([["x"]] * 10)]

    with pytest.raises(IntakeError, match=words):
        _only(table(*bomb))


def _document(rows: str, before: str = "") -> str:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return (
        f"{before}<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )


@pytest.mark.parametrize(
    ("content", "members", "words"),
    [
        (
            _document("", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
            {},
            "declares a document type",
        ),
        (_document("<table:table-row>")[:-60], {}, "is it cut off or damaged"),
        ("not xml at all", {}, "is it cut off or damaged"),
        (b"\xff\xfe\x00", {}, "is it cut off or damaged"),
        (_document("<x>" * 200 + "</x>" * 200), {}, "nested too deeply"),
        ("\x07\x99", {"META-INF__manifest_xml": b"<m:encryption-data/>"}, "has a password"),
        ("", {"encrypted-package": b"x"}, "has a password"),
        (_document(""), {}, "the first row holds no column names"),
    ],
)
def test_refuses_a_document_that_is_none(damaged, content, members, words):
    with pytest.raises(IntakeError, match=words) as refusal:
        _only(damaged(content, **members))
    assert refusal.value.file == "homes.ods"


def test_an_attribute_without_end_does_not_fill_the_memory(damaged):
    content = _document(f'<table:table-row table:style-name="{"x" * 40_000_000}"/>')

    with pytest.raises(IntakeError, match="longer than any cell may be"):
        damaged(content)


@pytest.mark.parametrize("kept", [30, 200, -200])
def test_a_file_cut_off_is_said_to_be(tmp_path, kept):
    path = write_ods(tmp_path / "homes.ods", {"S": [["name"], *([str(n)] for n in range(500))]})
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(IntakeError, match="cannot be unpacked: is it cut off"):
        Table(SourceFile.open(path))


def test_bytes_gone_bad_in_the_middle_are_found(tmp_path):
    path = write_ods(
        tmp_path / "homes.ods", {"S": [["name"], *([str(n * n)] for n in range(5_000))]}
    )
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))

    with pytest.raises(IntakeError, match=r"cut off|damaged"):
        _only(Table(SourceFile.open(path)))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Excel workbook"),
        (b"<html><table><tr><td>name</td></tr></table>", "this is a web page"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "this is a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "this is an XML file"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
    ],
)
def test_a_file_of_another_kind_is_told_by_its_content(tmp_path, content, words):
    path = tmp_path / "homes.csv"
    path.write_bytes(content)

    with pytest.raises(IntakeError, match=words):
        Table(SourceFile.open(path))


@pytest.mark.parametrize(
    ("member", "words"),
    [("xl/workbook.xml", "Excel workbook (.xlsx)"), ("homes.csv", "packed folder")],
)
def test_other_packed_files_say_what_to_do(tmp_path, member, words):
    path = tmp_path / "homes.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, b"x")

    with pytest.raises(IntakeError) as refusal:
        Table(SourceFile.open(path))
    assert words in str(refusal.value)


def test_the_name_of_the_file_means_nothing(tmp_path):
    path = write_ods(tmp_path / "homes.csv", {"S": [["name"], ["A"]]})

    assert _only(Table(SourceFile.open(path))) == [{"name": "A"}]


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(
                    min_codepoint=0x21, max_codepoint=0xFFFD, exclude_categories=["Cs"]
                ),
                max_size=8,
            ).filter(lambda text: text[:1] not in {"<", "#", "E"}),
            min_size=3,
            max_size=3,
        ).filter(any),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_text_stands_in_a_sheet_comes_out(tmp_path, rows):
    path = write_ods(tmp_path / "any.ods", {"S": [["a", "b", "c"], *rows]})

    found = list(Table(SourceFile.open(path)).rows())

    assert [[row.raw(name) for name in "abc"] for row in found] == rows
