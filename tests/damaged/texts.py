"""Tables damaged as text: encodings, delimiters, headers, quotes and line ends."""

import codecs
import csv
import gzip
import io

from tests.damaged.good import HOMES, cells, csv_text, home, homes
from tests.damaged.kinds import TABLES, damaged

CAFE = homes({}, {"name": "Café House"}, {})
TEXT = csv_text(HOMES)
_NO_HEADER = r"homes\.csv.*(no care home register|no column holds the name)"


def lines(*rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


# --- encodings ------------------------------------------------------------------------


@damaged(TABLES, "homes.csv", says=r"homes\.csv: the file is UTF-16; please save it")
def utf_16_with_its_mark() -> bytes:
    return codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")


@damaged(TABLES, "homes.csv", says=r"homes\.csv.*UTF-16; please save it")
def utf_16_without_its_mark() -> bytes:
    return TEXT.encode("utf-16-le")


@damaged(TABLES, "homes.csv", says=r"homes\.csv.*UTF-16; please save it")
def utf_16_the_other_way_round() -> bytes:
    return TEXT.encode("utf-16-be")


@damaged(TABLES, "homes.csv", says=r"homes\.csv.*UTF-32; please save it")
def utf_32() -> bytes:
    return codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le")


@damaged(TABLES, "homes.csv", says=r"row 3: the file is not UTF-8: byte 0xe9 .*cp1252")
def cp1252() -> bytes:
    return csv_text(CAFE).encode("cp1252")


@damaged(TABLES, "homes.csv", says=r"row 5: the file is not UTF-8: byte 0xa3")
def latin_1_bytes_within_utf_8() -> bytes:
    _, last = csv_text([home(9, name="£5 House")]).splitlines(keepends=True)
    return TEXT.encode() + last.encode("latin-1")


@damaged(
    TABLES,
    "homes.csv",
    says=r"row 2: the file is not CP1252: byte 0x81",
    encoding="cp1252",
)
def bytes_that_cp1252_has_not() -> bytes:
    return TEXT.encode().replace(b"Larch House 1", b"Larch\x81House")


@damaged(TABLES, "homes.csv", says="read 3, new 3", whole=False)
def utf_8_read_as_cp1252_and_saved_again() -> bytes:
    return csv_text(CAFE).encode().decode("cp1252").encode()


@damaged(TABLES, "homes.csv", says="read 3, new 3", whole=False)
def a_byte_order_mark_twice() -> bytes:
    return codecs.BOM_UTF8 * 2 + TEXT.encode()


@damaged(TABLES, "homes.csv", says="read 3, new 3", whole=False)
def a_byte_order_mark_in_the_middle() -> bytes:
    return TEXT.encode().replace(b"Larch House 2", codecs.BOM_UTF8 + b"Larch House 2")


# --- delimiters -----------------------------------------------------------------------


@damaged(TABLES, "homes.csv", says="read 3, new 3", whole=False)
def semicolons() -> str:
    return csv_text(HOMES, delimiter=";")


@damaged(TABLES, "homes.csv", says="read 3, new 3", whole=False)
def tabs() -> str:
    return csv_text(HOMES, delimiter="\t")


@damaged(TABLES, "homes.csv", says=_NO_HEADER)
def bars() -> str:
    return csv_text(HOMES, delimiter="|")


# --- headers --------------------------------------------------------------------------


@damaged("homes", "homes.csv", says="read 3, new 3", whole=False)
def a_title_above_the_headers() -> str:
    header, *rows = cells(HOMES)
    blanks = [""] * (len(header) - 1)
    return lines(["Care homes in Trafford", *blanks], header, *rows)


@damaged(TABLES, "homes.csv", says=_NO_HEADER)
def headers_over_two_rows() -> str:
    _, *rows = cells(HOMES)
    upper = ["Home", "", "", "Place", "", "Contact", "", "", "", "Map", ""]
    lower = ["title", "no", "kind", "street", "code", "tel", "web", "owner", "la", "x", "y"]
    return lines(upper, lower, *rows)


@damaged(TABLES, "homes.csv", says=r'row 1, column "name": the file has this column twice')
def a_header_twice() -> str:
    header, *rows = cells(HOMES)
    return lines([*header, "name"], *([*row, "Another"] for row in rows))


@damaged(TABLES, "homes.csv", says="read 3, new 3", whole=False)
def empty_headers_at_the_end() -> str:
    header, *rows = cells(HOMES)
    return lines([*header, "", ""], *([*row, "", ""] for row in rows))


@damaged(TABLES, "homes.csv", says=_NO_HEADER)
def no_header() -> str:
    return lines(*cells(HOMES)[1:])


@damaged("homes", "homes.csv", says=r'homes\.csv, row 1, column "cqc_id".*no such column')
def a_required_column_is_missing() -> str:
    return csv_text([{k: v for k, v in row.items() if k != "cqc_id"} for row in HOMES])


@damaged(TABLES, "homes.csv", says=_NO_HEADER + "|no such column")
def headers_of_another_language() -> str:
    return TEXT.replace("name", "enw", 1).replace("cqc_id", "rhif").replace("type", "math", 1)


@damaged(TABLES, "homes.csv", says=r"homes\.csv: the file has a header and no rows")
def a_header_and_no_rows() -> str:
    return lines(cells(HOMES)[0])


# --- rows -----------------------------------------------------------------------------


@damaged(TABLES, "homes.csv", says=r'row 3, column "area_name": the row has 9 cells .* 11')
def a_row_too_short() -> str:
    header, first, second, third = cells(HOMES)
    return lines(header, first, second[:9], third)


@damaged(TABLES, "homes.csv", says=r"row 3.*the row has 12 cells where the header has 11")
def a_comma_out_of_its_quotes() -> str:
    return TEXT.replace('"2 Larch Road, Sale"', "2 Larch Road, Sale")


@damaged(TABLES, "homes.csv", says=r"row 4: .*cut off")
def a_quote_never_closed() -> str:
    return TEXT.replace('"3 Larch Road, Sale"', '"3 Larch Road, Sale')


@damaged(TABLES, "homes.csv", says=r"row 3: .*quot")
def a_quote_within_quotes() -> str:
    return TEXT.replace('"2 Larch Road, Sale"', '"2 "Larch" Road, Sale"')


@damaged(TABLES, "homes.csv", says=r'row 3, column "name": the cell holds a NUL character')
def a_nul_byte() -> bytes:
    return TEXT.encode().replace(b"Larch House 2", b"Larch\0House")


@damaged(TABLES, "homes.csv", says=r"homes\.csv.*NUL")
def nothing_but_nul_bytes() -> bytes:
    return b"\0" * 4096


@damaged(TABLES, "homes.csv", says=r"homes\.csv, row 1: .*lone carriage return")
def line_ends_of_an_old_mac() -> str:
    return csv_text(HOMES, line_end="\r")


@damaged("homes", "homes.csv", says="1-1002 stands in row 3 already")
def a_registration_twice() -> str:
    return csv_text([*HOMES, home(2, name="Another House")])


@damaged(TABLES, "homes.csv", says=r"row 3: .*longer than any may be")
def a_cell_of_ten_megabytes() -> str:
    return csv_text(homes({}, {"address": "x" * 10 * 2**20}))


@damaged(TABLES, "homes.csv", says=r"row 1: .*longer than any may be")
def one_line_of_ten_megabytes() -> bytes:
    return b"name" * (10 * 2**18)


# --- files of another kind ------------------------------------------------------------


@damaged(TABLES, "homes.csv", says=r"homes\.csv: the file is empty")
def an_empty_file() -> bytes:
    return b""


@damaged(TABLES, "homes.csv", says=r"homes\.csv.*holds no column names")
def nothing_but_spaces() -> str:
    return "   \r\n   \r\n"


@damaged(TABLES, "homes.csv", says=r"homes\.csv: this is a web page")
def a_web_page_saved_as_csv() -> str:
    return "<!DOCTYPE html>\n<html><body><table><tr><td>name</td></tr></table></body></html>"


@damaged(TABLES, "homes.csv", says=r"homes\.csv: this is a PDF")
def a_pdf_named_csv() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"


@damaged(TABLES, "homes.csv", says=r"homes\.csv: this is a picture")
def a_picture_named_csv() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 8


@damaged(TABLES, "homes.csv", says=r"homes\.csv: .*\.xls\b")
def an_old_excel_file() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@damaged(TABLES, "homes.csv", says=r"homes\.csv: .*gzip.*unpack")
def a_gzip_named_csv() -> bytes:
    return gzip.compress(TEXT.encode(), mtime=0)
