"""Every file that the site hands out: as every role, in scope and out, and what is in it."""

import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from fans.research.models import Extract
from tests.told import answer, places, told
from tests.walk import OURS, ask, country, example, here, send, there

__all__ = ["ask", "country", "here", "send", "there"]  # fixtures

EXPORTS = {
    "aggregates:area_csv": "get",
    "intake:job_csv": "get",
    "intake:points": "get",
    "intake:report_csv": "get",
    "research:extract": "post",
    "twins:points": "get",
}
"""Routes that answer with records as a file, and how they are asked."""

NO_EXPORTS = {
    "api:geocode": "postcodes and names of places",
    "assets:near": "names of published places and homes, and where they are",
    "api:schema": "the description of the API",
    "instruments:json": "questions and steps; tests.fans.openness.instruments has whose",
    "assets:outbox": "a mark and a token of one's own, for what a phone sends",
    "grid:paper_pdf": "an empty sheet; tests.fans.connections.grid.test_views has who sees it",
    "frontend:manifest": "how the site is called where it is put on a phone's first page",
    "frontend:worker": "a script; tests.frontend.test_offline has what it keeps",
    "learning:paper_pdf": "questions to talk over, with room to write and no answer",
    "learning:printed_pdf": "a home's plan, as its page shows it; tests.fans.learning has who",
    "prints:welcome_pdf": "the home's card; tests.fans.connections.prints has who sees it",
    "quick:sheet_pdf": "a home's sheet with a code, as its page shows it",
    "replies:page_pdf": "one page of a home's; tests.fans.openness.replies has who sees it",
    "respond:sheet_pdf": "a group's questions, without answers, as their page shows them",
    "readyz": "whether the site is ready",
    "frontend:basemap": "the operator's map; tests.frontend.test_basemap has it",
    "frontend:search": "a few places and homes; tests.frontend.test_search has who finds which",
    "frontend:tile": "tests.test_every_tile has them",
    "pictures:file": "a photo; tests.fans.connections.pictures.test_views has who sees which",
    "photos:file": "a photo; tests.assets.photos.test_views has who sees which",
}
"""Routes that answer otherwise than with a page, and why they are no export of records."""


def is_file(response) -> bool:
    """Say whether an answer is something else than a page, a way on or a problem."""
    kind = response.headers.get("Content-Type", "")
    if response.status_code != 200 or not (response.streaming or response.content):
        return False
    return "attachment" in response.headers.get("Content-Disposition", "") or not (
        kind.startswith(("text/html", "text/plain")) or kind.endswith("problem+json")
    )


def body(response) -> bytes:
    """Return all that was sent; of a zip file, its members."""
    sent = response.getvalue() if response.streaming else response.content
    if not zipfile.is_zipfile(io.BytesIO(sent)):
        return sent
    archive = zipfile.ZipFile(io.BytesIO(sent))
    return b"\n".join(archive.read(name) for name in archive.namelist())


def agree_to_research(*at) -> None:
    """Let a place's home agree, or there is nothing to take away."""
    for place in at:
        enrolled = place.wave.enrolment
        enrolled.research_agreed_on = enrolled.starts_on
        enrolled.save()


@pytest.mark.parametrize("route", OURS)
def test_every_file_is_on_the_list(route, ask, here):
    agree_to_research(here)
    found = set()
    for name in (
        *("visitor", "stranger", "manager"),
        *("researcher", "commissioner", "administrator"),
    ):
        for method in ("get", "post"):
            if told(route, name, in_scope=True) == "let in":
                with ask(name, method, route, here) as response:
                    found |= {method} if is_file(response) else set()
    listed = route in {*EXPORTS, *NO_EXPORTS} or route.startswith("api:")

    assert not found or listed
    if route in EXPORTS:
        assert found == {EXPORTS[route]}


@pytest.mark.parametrize("route", EXPORTS)
def test_every_export_is_for_whom_the_table_says_and_says_so(route, ask, here, there):
    agree_to_research(here, there)
    handed, expected = set(), set()
    for name in ask.cast:
        for place, in_scope in places(route, here, there):
            if told(route, name, in_scope=in_scope) == "let in":
                expected.add((name, in_scope))
            with ask(name, EXPORTS[route], route, place) as response:
                if is_file(response):
                    handed.add((name, in_scope))
                    assert "no-store" in response["Cache-Control"]
                else:
                    assert answer(response) == "refused"

    assert handed == expected != set()


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete"])
def test_an_extract_is_taken_by_a_press_alone(method, ask, here):
    agree_to_research(here)
    for name in ask.cast:
        with ask(name, method, "research:extract", here) as response:
            assert not is_file(response)
            assert not Extract.objects.exists()


def test_an_extract_holds_its_own_cohort_alone(send, here, there):
    agree_to_research(here, there)
    there.connection.note = "Zquillibrium came"
    there.connection.save()
    url = reverse("research:extract", args=[here.study.pk])

    with send("researcher", "post", url) as response:
        taken = body(response)

    assert taken.count(b"\n") > 20
    assert b"Zquillibrium" not in taken
    assert there.home.name.encode() not in taken
    assert str(timezone.localdate().year).encode() in taken


@pytest.mark.parametrize("route", EXPORTS)
def test_no_query_makes_an_export_wider(route, send, ask, here, there):
    agree_to_research(here, there)
    url = reverse(route, kwargs=example(route)(here))
    who = "researcher" if route == "research:extract" else "administrator"
    with ask(who, EXPORTS[route], route, here) as response:
        plain = len(body(response))
    theirs = f"?study={there.study.pk}&cohort={there.cohort.pk}&all=1&fields=*&page_size=9999"
    with send(who, EXPORTS[route], url + theirs) as response:
        assert len(body(response)) == plain
