import re
import sys
import zlib

import pytest

from fans.people.pdf import can_make_pdf, pdf_of

PAGE = (
    '<html lang="en"><head><title>Held</title></head><body><h1>Everything</h1>{}</body></html>'
)


@pytest.fixture(autouse=True)
def _asked_anew():
    can_make_pdf.cache_clear()
    yield
    can_make_pdf.cache_clear()


def test_makes_a_tagged_pdf():
    made = pdf_of(PAGE.format("<p>one row</p>"))

    assert made.startswith(b"%PDF-")
    assert made.rstrip().endswith(b"%%EOF")
    assert b"/StructTreeRoot" in made or b"/StructTreeRoot" in _unpacked(made)


def _unpacked(pdf: bytes) -> bytes:
    pieces = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            pieces.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(pieces)


def test_fetches_nothing_from_anywhere(tmp_path, caplog):
    secret = tmp_path / "secret.css"
    secret.write_text("h1 { color: red }")
    links = f'<img src="http://127.0.0.1:1/x.png"><img src="file://{secret}">'

    pdf_of(PAGE.format(links))

    refused = [
        record.getMessage() for record in caplog.records if "Failed to load" in record.msg
    ]
    assert len(refused) == 2


def test_says_where_no_pdf_can_be_made(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    assert can_make_pdf() is False
