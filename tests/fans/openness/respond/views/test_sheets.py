"""A group's questions on paper, to print and as a PDF."""

import pytest
from django.urls import reverse

from fans.openness.respond.letters import spaced
from fans.people.pdf import can_make_pdf
from tests.pdfs import unpacked

needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="no PDF can be made here")


def sheet(wave, group="relatives", kind="sheet", **query):
    return reverse(f"respond:{kind}", args=[wave.pk, group], query=query)


def text(response):
    return " ".join(response.content.decode().split())


def test_a_sheet_asks_all_the_questions_and_holds_the_code(client, coordinator, wave, code):
    client.force_login(coordinator)

    page = text(client.get(sheet(wave)))

    assert page.count('<div class="q">') == 7
    assert page.count('<span class="box">') == 7 * 6
    assert spaced(code.letters) in page
    assert 'src="data:image/svg+xml' in page
    assert "name" not in page.partition('class="line day"')[2].partition("</p>")[0]


def test_a_sheet_comes_in_easy_read_with_doors_in_welsh_and_in_large_print(
    client, coordinator, wave, code
):
    client.force_login(coordinator)

    easy = text(client.get(sheet(wave, language="easy")))
    welsh = text(client.get(sheet(wave, language="cy")))
    large = text(client.get(sheet(wave, letters="large")))

    assert easy.count('class="pic"') == 7 * 5
    assert 'class="sheet answer-sheet large"' in easy
    assert 'lang="cy"' in welsh
    assert "Rhowch groes mewn un blwch" in welsh
    assert 'class="sheet answer-sheet large"' in large


def test_a_group_without_a_code_has_a_sheet_without_one(client, coordinator, wave):
    client.force_login(coordinator)

    page = text(client.get(sheet(wave, "staff")))

    assert "This group has no code" in page
    assert 'class="scan"' not in page


@pytest.mark.parametrize("group", ["manager", "cooks"])
def test_those_in_office_have_no_sheet(client, coordinator, wave, group):
    client.force_login(coordinator)

    assert client.get(sheet(wave, group)).status_code == 404
    assert client.get(sheet(wave, group, "sheet_pdf")).status_code == 404


@needs_pango
@pytest.mark.parametrize(
    ("query", "lang"), [({"language": "easy"}, b"en-GB"), ({"language": "cy"}, b"cy")]
)
def test_the_pdf_can_be_read_aloud(client, coordinator, wave, code, query, lang):
    client.force_login(coordinator)

    response = client.get(sheet(wave, kind="sheet_pdf", **query))

    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    made = unpacked(response.content)
    assert b"pdfuaid" in made
    assert b"/Lang (%s)" % lang in made
    assert b"Larkfield House" in made  # its title
