"""Cards and posters: who may print what, and that the PDF says what the page says."""

import re
import subprocess
from shutil import which

import pytest
from django.urls import reverse

from fans.connections.prints.qr import qr_image
from fans.connections.prints.wordings import HEADLINES, THANKS
from fans.people.pdf import can_make_pdf
from homes.welcome.services import write_card
from tests import factories
from tests.pdfs import unpacked

pytestmark = pytest.mark.django_db

needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="Pango is not installed")
CARD = {
    "come_by": "Any day, ten till seven.",
    "inside": "There is always tea.",
    "would_love": "A fourth for dominoes",
    "getting_in": "Level from the street.",
    "is_public": True,
}


@pytest.fixture
def home():
    home = factories.HomeFactory(
        name="Larkfield House", phone="0161 496 0182", welcome_role="The coordinator"
    )
    factories.HomeAssetFactory(home=home, description="The hall", is_public=True)
    factories.HomeAssetFactory(home=home, description="Our minibus", is_public=False)
    return home


@pytest.fixture
def grace(home):
    return factories.member("coordinator", home=home)


def _write(home, **said):
    return write_card(home=home, by=None, version="", **{**CARD, **said})


def test_anybody_reads_a_card_that_the_home_shows(client, home):
    _write(home)

    page = client.get(reverse("prints:welcome", args=[home.pk])).content.decode()

    for words in (*(text for text in CARD.values() if text is not True), "The hall"):
        assert words in page
    assert "Ask for the coordinator" in page
    assert "Our minibus" not in page  # for the team alone
    assert "Change the words" not in page


@pytest.mark.parametrize("route", ["prints:welcome", "prints:welcome_pdf"])
def test_nobody_else_reads_one_that_is_not_shown(client, home, route):
    _write(home, is_public=False)

    assert client.get(reverse(route, args=[home.pk])).status_code == 404


@pytest.mark.parametrize("route", ["prints:welcome", "prints:welcome_pdf"])
def test_a_small_house_is_in_no_public_card(client, route):
    small = factories.HomeFactory(name="Two Rooms")
    small.registrations.update(beds=4)
    _write(small)

    assert client.get(reverse(route, args=[small.pk])).status_code == 404


def test_its_own_team_reads_it_before_it_is_shown(client, home, grace):
    _write(home, is_public=False)
    client.force_login(grace)

    page = client.get(reverse("prints:welcome", args=[home.pk])).content.decode()

    assert "Only your team sees this card." in page
    assert "Change the words" in page


def _text_of(pdf: bytes) -> str:
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    run = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


@needs_pango
def test_the_pdf_says_what_the_page_says(client, home):
    _write(home)

    answer = client.get(reverse("prints:welcome_pdf", args=[home.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store, private"
    text = _text_of(answer.content)
    for words in (*(text for text in CARD.values() if text is not True), "Larkfield House"):
        assert words in text


@needs_pango
@pytest.mark.parametrize("sheet", ["welcome", "poster", "thanks"])
def test_each_pdf_is_one_page_tagged_in_english_and_titled(client, home, grace, sheet):
    client.force_login(grace)
    _write(home)
    tie = factories.PartnershipFactory(home=home)
    answer = {
        "welcome": lambda: client.get(reverse("prints:welcome_pdf", args=[home.pk])),
        "poster": lambda: client.post(
            reverse("prints:poster", args=[home.pk]), {"headline": "dog", "as": "pdf"}
        ),
        "thanks": lambda: client.get(
            reverse("prints:thanks", args=[tie.pk]), {"words": 1, "as": "pdf"}
        ),
    }[sheet]()

    found = unpacked(answer.content)

    assert answer["Content-Type"] == "application/pdf"
    assert len(re.findall(rb"/Type /Page\b", found)) == 1
    assert b"/StructTreeRoot" in found
    assert b"/MarkInfo" in found
    assert b"/H1" in found
    assert b"pdfuaid" in found
    assert b"/Lang (en-GB)" in found
    assert b"/DisplayDocTitle true" in found
    if sheet != "thanks":  # the code has words for those who do not see it
        assert b"Code that opens our page" in found or b"/Alt" in found


def test_a_poster_calls_out_what_was_chosen(client, home, grace):
    client.force_login(grace)
    sent = {"headline": "music", "line": "Carols in the hall, Saturday at two"}

    page = client.post(reverse("prints:poster", args=[home.pk]), sent).content.decode()

    music = next(each for each in HEADLINES if each.slug == "music")
    assert f">{music.words}</h1>" in page
    assert "Carols in the hall, Saturday at two" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"headline": "rob a bank"}, "Choose one of the headlines."),
        ({"headline": "dog", "line": "x" * 141}, "at most 140"),
        ({"headline": "dog", "line": "Ring Mrs Bell, NHS 943 476 5919"}, "Keep it as it is"),
    ],
)
def test_a_poster_says_what_is_wrong(client, home, grace, sent, words):
    client.force_login(grace)

    answer = client.post(reverse("prints:poster", args=[home.pk]), {"as": "pdf", **sent})

    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/html")
    assert words in answer.content.decode()


def test_a_thank_you_card_says_how_often_they_met(client, home, grace):
    tie = factories.PartnershipFactory(home=home)
    factories.ConnectionFactory(partnership=tie, occurrences=4)
    factories.ConnectionFactory(partnership=tie, occurrences=3, source="recall")
    client.force_login(grace)

    page = client.get(reverse("prints:thanks", args=[tie.pk]), {"words": 2}).content.decode()

    assert f"Thank you, {tie.partner}" in page
    assert THANKS[2] in page
    assert "We have met 4 times" in page


def test_a_thank_you_card_has_the_words_that_somebody_wrote(client, home, grace):
    thanks = factories.ThanksFactory(
        partnership=factories.PartnershipFactory(home=home), text="The scones were a delight."
    )
    client.force_login(grace)

    page = client.get(reverse("prints:own_thanks", args=[thanks.pk])).content.decode()

    assert "The scones were a delight." in page
    assert "?as=pdf" in page or not can_make_pdf()


@pytest.mark.parametrize("words", ["9", "-1", "one", "1e9"])
def test_an_unknown_wording_is_refused_in_words(client, home, grace, words):
    tie = factories.PartnershipFactory(home=home)
    client.force_login(grace)

    answer = client.get(reverse("prints:thanks", args=[tie.pk]), {"words": words})

    assert answer.status_code == 422
    assert "Choose one of the four." in answer.content.decode()


def test_a_code_is_an_image_without_an_address_to_fetch():
    assert qr_image("https://example.org/homes/1/").startswith("data:image/svg+xml")


@needs_pango
def test_a_card_with_all_it_can_hold_is_still_one_page(client, home):
    words = "Ring the lower bell and somebody comes. "
    full = (words * 6)[:240]
    lines = "\n".join(["Somebody to walk to the canal with on any dry afternoon, slowly"] * 4)
    _write(home, come_by=full, inside=full, getting_in=full, would_love=lines)
    for number in range(6):
        factories.HomeAssetFactory(home=home, description=f"Room {number} " + "x" * 90)

    answer = client.get(reverse("prints:welcome_pdf", args=[home.pk]))

    assert len(re.findall(rb"/Type /Page\b", unpacked(answer.content))) == 1
