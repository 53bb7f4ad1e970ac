import sys

import pytest

from fans.people.pdf import _font_faces, can_make_pdf, pdf_of
from tests.pdfs import unpacked

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
    assert b"/StructTreeRoot" in unpacked(made)


def test_is_set_in_the_pages_own_font_where_it_is_built(settings, tmp_path):
    words = PAGE.format("<p style='font-family: Atkinson Hyperlegible'>one row</p>")
    _font_faces.cache_clear()
    if any(settings.PRINT_FONTS.glob("atkinson-*")):
        assert b"Atkinson" in unpacked(pdf_of(words))
    settings.PRINT_FONTS = tmp_path
    _font_faces.cache_clear()

    assert b"Atkinson" not in unpacked(pdf_of(words))
    _font_faces.cache_clear()


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
