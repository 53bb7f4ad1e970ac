"""Packed files damaged: zips that are cut off, locked or bombs, spreadsheets with traps."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from html import escape

from tests.damaged.good import HOMES, cells, csv_text, homes
from tests.damaged.kinds import TABLES, damaged

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


def zip_of(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def content_xml(body: str, *, doctype: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
        f"<office:document-content {_NAMESPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Homes">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def cell(text: str, attributes: str = "") -> str:
    kind = f'<table:table-cell office:value-type="string" {attributes}>'
    return f"{kind}<text:p>{escape(text)}</text:p></table:table-cell>"


def row(texts: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(map(cell, texts))}</table:table-row>"


def rows(table: Sequence[Sequence[str]]) -> str:
    return "".join(map(row, table))


def ods(body: str, *, doctype: str = "", **members: str) -> bytes:
    """Return a spreadsheet with one sheet."""
    content = content_xml(body, doctype=doctype)
    return zip_of({"mimetype": MIMETYPE, "content.xml": content, **members})


def raw_zip(name: str, packed: bytes, *, claimed: int) -> bytes:
    """Return a zip whose one member claims to unpack to ``claimed`` bytes."""
    title = name.encode()
    common = struct.pack(
        "<HHHHHIIIHH", 20, 0, 8, 0, 0x21, 0, len(packed), claimed, len(title), 0
    )
    local = b"PK\x03\x04" + common + title + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common
    central += struct.pack("<HHHII", 0, 0, 0, 0, 0) + title
    ending = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + ending


def three_gigabytes(start: bytes) -> bytes:
    """Return, packed, a start and three gigabytes of spaces after it: some 3 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 2**24) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * (3 * 2**30 // 2**24) + packer.flush()


_START = content_xml(rows(cells(HOMES))).partition("</table:table>")[0].encode()


# --- packed files that are none -------------------------------------------------------


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*(unpacked|zip).*cut off")
def a_spreadsheet_cut_off() -> bytes:
    return ods(rows(cells(HOMES)))[:-300]


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*(unpacked|damaged).*")
def a_spreadsheet_with_flipped_bytes() -> bytes:
    whole = bytearray(ods(rows(cells(HOMES))))
    at = whole.index(b"content.xml") + 60
    whole[at : at + 40] = bytes(40)
    return bytes(whole)


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*(packed folder|spreadsheet)")
def a_spreadsheet_without_content() -> bytes:
    return zip_of({"mimetype": MIMETYPE, "styles.xml": "<styles/>"})


@damaged(TABLES, "homes.csv", says=r"homes\.csv: this is an Excel workbook \(\.xlsx\)")
def an_excel_file_named_csv() -> bytes:
    return zip_of({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*packed folder \(\.zip\)")
def a_zip_within_a_zip() -> bytes:
    return zip_of({"homes.ods": ods(rows(cells(HOMES)))})


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*password")
def a_spreadsheet_with_a_password() -> bytes:
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    manifest = {"META-INF/manifest.xml": f"<manifest:manifest>{entry}</manifest:manifest>"}
    return zip_of({"mimetype": MIMETYPE, "content.xml": bytes(range(256)), **manifest})


@damaged(TABLES, "homes.ods", says=r"homes\.ods, row 1: the first row holds no column names")
def a_text_document_named_ods() -> bytes:
    text = MIMETYPE.replace("spreadsheet", "text")
    body = content_xml("").replace("spreadsheet", "text")
    return zip_of({"mimetype": text, "content.xml": body})


# --- bombs ----------------------------------------------------------------------------


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*(more than 2 GB|longer than|unpacked)")
def three_gigabytes_in_three_megabytes() -> bytes:
    return raw_zip("content.xml", three_gigabytes(_START), claimed=3 * 2**30)


@damaged(TABLES, "homes.ods", says=r"homes\.ods: ")
def three_gigabytes_that_claim_to_be_a_thousand() -> bytes:
    return raw_zip("content.xml", three_gigabytes(_START), claimed=1000)


@damaged(TABLES, "homes.ods", says=r"homes\.ods.*more than .* rows")
def a_row_repeated_a_million_times() -> bytes:
    body = rows(cells(HOMES)) + row(list(homes({})[0].values())).replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">'
    )
    return ods(body)


@damaged(TABLES, "homes.ods", says=r"homes\.ods.*")
def cells_repeated_into_millions() -> bytes:
    wide = cell("x", 'table:number-columns-repeated="16384"')
    many = f'<table:table-row table:number-rows-repeated="1048576">{wide}</table:table-row>'
    return ods(rows(cells(HOMES)) + many * 50)


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*document type")
def entities_that_multiply() -> bytes:
    entities = '<!ENTITY a0 "larch">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    body = rows(cells(HOMES)).replace("Larch House 1", "&a11;")
    return ods(body, doctype=f"<!DOCTYPE x [{entities}]>")


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*document type")
def an_entity_that_reads_another_file() -> bytes:
    doctype = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    return ods(rows(cells(HOMES)).replace("Larch House 1", "&secret;"), doctype=doctype)


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*nested too deeply")
def elements_a_hundred_thousand_deep() -> bytes:
    return ods("<table:table-row-group>" * 100_000)


# --- spreadsheets ---------------------------------------------------------------------


@damaged(TABLES, "homes.ods", says=r"homes\.ods: .*(cut off|damaged)")
def xml_cut_off() -> bytes:
    return zip_of({"mimetype": MIMETYPE, "content.xml": _START[:-100]})


@damaged("homes", "homes.ods", says=r"homes\.ods, row 3.*merged")
def merged_cells() -> bytes:
    header, first, second, third = cells(HOMES)
    merged = cell(second[0], 'table:number-columns-spanned="2"')
    rest = "<table:covered-table-cell/>" + "".join(map(cell, second[2:]))
    middle = f"<table:table-row>{merged}{rest}</table:table-row>"
    return ods(rows([header, first]) + middle + row(third))


@damaged(TABLES, "homes.ods", says=r"homes\.ods.*")
def an_empty_sheet() -> bytes:
    return ods("<table:table-row><table:table-cell/></table:table-row>")


@damaged(TABLES, "homes.ods", says=r'row 3, column "name": the cell holds #REF!')
def an_error_in_a_sheet() -> bytes:
    return ods(rows(cells(homes({}, {"name": "#REF!"}, {}))))


@damaged(TABLES, "homes.ods", says=r"is no number of repetitions")
def a_cell_repeated_minus_one_times() -> bytes:
    body = rows(cells(HOMES))
    return ods(
        body.replace(
            "<table:table-cell ", '<table:table-cell table:number-columns-repeated="-1" ', 1
        )
    )


@damaged(TABLES, "homes.ods", says=r"homes\.ods.*more than 65,536 characters")
def a_cell_of_ten_megabytes_in_a_sheet() -> bytes:
    return ods(rows(cells(homes({}, {"address": "x" * 10 * 2**20}))))


# --- postcodes ------------------------------------------------------------------------

_LINE = '"M33 2DH",10,378740,391930,"E92000001","","","","E08000009","E05"\r\n'


def code_point(content: str | bytes) -> bytes:
    return zip_of({"Doc/licence.txt": "OGL", "Data/CSV/m.csv": content})


@damaged("postcodes", "codepo.zip", says=r"codepo\.zip: this is not a whole zip file")
def postcodes_cut_off() -> bytes:
    return code_point(_LINE * 50)[:-30]


@damaged("postcodes", "codepo.zip", says=r"codepo\.zip: this is not a whole zip file")
def a_table_named_zip() -> str:
    return csv_text(HOMES)


@damaged("postcodes", "codepo.zip", says=r"codepo\.zip: the zip holds no Data/CSV")
def a_zip_without_postcodes() -> bytes:
    return zip_of({"readme.txt": "nothing here"})


@damaged("postcodes", "codepo.zip", says=r"codepo\.zip: it unpacks to 3 GB")
def postcodes_that_unpack_to_gigabytes() -> bytes:
    packed = three_gigabytes(_LINE.encode())
    return raw_zip("Data/CSV/m.csv", packed, claimed=3 * 2**30)


@damaged("postcodes", "codepo.zip", says=r"codepo\.zip")
def postcodes_that_claim_to_be_small() -> bytes:
    return raw_zip("Data/CSV/m.csv", three_gigabytes(_LINE.encode()), claimed=1000)


@damaged("postcodes", "codepo.zip", says=r"m\.csv, row 2: the row has 3 cells where 10 belong")
def a_postcode_row_too_short() -> bytes:
    return code_point(_LINE + '"M33 2DJ",10,378740\r\n')


@damaged("postcodes", "codepo.zip", says=r"m\.csv.*UTF-8")
def postcodes_in_latin_1() -> bytes:
    return code_point(_LINE.replace("E05", "Caf\xe9").encode("latin-1"))


@damaged("postcodes", "codepo.zip", says=r"m\.csv.*cut off")
def postcodes_with_a_quote_never_closed() -> bytes:
    return code_point(_LINE + '"M33 2DJ,10,378740')


@damaged("postcodes", "codepo.zip", says=r"row 2, column \"Eastings\": .*no easting")
def a_postcode_in_degrees() -> bytes:
    return code_point(_LINE + _LINE.replace("378740,391930", "-2.322,53.424"))


@damaged("postcodes", "codepo.zip", says=r"a postcode stands twice")
def a_postcode_twice() -> bytes:
    return code_point(_LINE * 2)
