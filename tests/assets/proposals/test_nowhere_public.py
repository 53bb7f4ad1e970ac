"""What waits is nowhere public: not a word of it, whoever asks, and however.

Every text field of what is suggested holds a word of its own that begins with the stem.
The stem is then looked for in all that the site hands out.
"""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from assets.facts import FIELDS, Kind
from assets.models import Asset
from assets.proposals.deciding import approve
from assets.proposals.services import adopt, propose
from assets.proposals.undoing import undo
from assets.services import add_asset
from fans.people.models import Person
from frontend.views.tiles import LAYERS
from tests.factories import SALE, metres_east
from tests.mvt import read_tile
from tests.test_every_export import EXPORTS, agree_to_research, body
from tests.test_every_tile import address, counted
from tests.walk import OURS, ask, country, example, here, send, there

__all__ = ["ask", "country", "here", "send", "there"]  # fixtures

STEM = "zquilli"
WORD = re.compile(STEM + "[a-z_]+", re.IGNORECASE)
ZOOMS = range(5, 19)
"""Tiles below 5 are not drawn."""
QUESTIONS = (
    "",
    f"q={STEM}",
    "q=Shed",
    f"near={SALE.x},{SALE.y}",
    f"near={SALE.x},{SALE.y}&within_m=500",
    f"in_bbox={SALE.x - 0.05},{SALE.y - 0.05},{SALE.x + 0.05},{SALE.y + 0.05}",
    "category=clubs_societies",
    "check_state=due",
    "source=local",
)


def told(kind: str) -> dict[str, Any]:
    """Every text of a place, each with a word of its own."""
    texts = (Kind.LINE, Kind.TEXT)
    said = {
        column: f"{STEM.title()}{kind}{column}"
        for column, field in FIELDS.items()
        if field.kind in texts
    }
    return said | {
        "website": f"https://{STEM}{kind}website.example",
        "email": f"{STEM}{kind}email@example.org",
        "closed_until": dt.date(2031, 12, 24),  # or nobody may say why it is closed
    }


class Suggested:
    """A stranger's new place and correction, and the same of somebody without a say."""

    def __init__(self, here) -> None:
        self.asset = here.asset
        self.champion = Person.objects.get(name="champion")
        coordinator = Person.objects.get(name="coordinator")
        new = {"category": "clubs_societies", "location": metres_east(SALE, 2)}
        self.proposals = [
            propose(kind="new", values=told("new") | new, note=f"{STEM}note"),
            propose(kind="change", asset=self.asset, values=told("change"), note=f"{STEM}note"),
            propose(
                kind="change",
                asset=Asset.objects.get(pk=here.draft.pk),
                by=coordinator,
                values=told("mine"),
            ),
        ]
        other = {"category": "food_drink", "location": metres_east(SALE, 4)}
        self.draft = add_asset(by=coordinator, **told("draft"), **other)

    def approve(self) -> None:
        """Take what is about public places, as the champion."""
        new, change, _ = self.proposals
        self.taken = [
            approve(by=self.champion, proposal=new),
            approve(by=self.champion, proposal=change),
            approve(by=self.champion, proposal=adopt(by=self.champion, draft=self.draft)),
        ]

    def undo(self) -> None:
        """Take all of it back."""
        for proposal in self.taken:
            assert undo(by=self.champion, proposal=proposal) == []


def addresses(here) -> list[str]:
    """What the public is handed: pages, lists and the API, asked in every way."""
    pages = [
        reverse("frontend:asset", args=[here.asset.pk]),
        reverse("frontend:home", args=[here.home.pk]),
        reverse("frontend:landing"),
        reverse("frontend:sources"),
        reverse("proposals:suggest"),
        reverse("proposals:suggest_change", args=[here.asset.pk]),
        f"/api/v1/assets/{here.asset.pk}/",
        f"/api/v1/assets/{here.asset.pk}/?format=geojson",
        f"/api/v1/geocode/?q={STEM}",
    ]
    at = f"at={SALE.y},{SALE.x},17"
    for question in QUESTIONS:
        if "near" not in question and "bbox" not in question:
            pages += [f"/map/?{question}&{at}", f"/map/list/?{question}"]
        pages += [f"/api/v1/assets/?{question}", f"/api/v1/assets/?format=geojson&{question}"]
    return pages


def words_in(content: bytes) -> set[str]:
    """The words that begin with the stem; the stem alone is what was asked for."""
    return set(WORD.findall(content.decode("utf-8", "replace")))


def found_by(send, who: str, urls: list[str]) -> dict[str, set[str]]:
    """Where somebody finds one of the words."""
    found = {}
    for url in urls:
        with send(who, "get", url) as response:
            assert response.status_code in (200, 404), url
            if words := words_in(body(response)):
                found[url] = words
    return found


def tiles_of(send, who: str, zooms=ZOOMS) -> tuple[set[str], dict[int, int]]:
    """The words in all tiles around, of every layer and zoom; and how many places."""
    words: set[str] = set()
    counts = {}
    for zoom in zooms:
        for layer in LAYERS:
            with send(who, "get", address(layer, zoom, SALE)) as response:
                data = response.content
            words |= words_in(data)
            features = [f for rows in read_tile(data).values() for f in rows]
            words |= words_in(str([f.properties for f in features]).encode())
            if layer == "assets":
                counts[zoom] = counted(data, layer)
    return words, counts


def others(ask) -> list[str]:
    """Everybody who neither decides there nor wrote it."""
    return [name for name in ask.cast if name not in {"champion", "administrator"}]


def test_what_waits_is_in_no_public_answer_and_what_is_approved_is_until_undone(here, send):
    urls = addresses(here)
    _, places_before = tiles_of(send, "visitor")
    with send("visitor", "get", urls[0]) as response:
        page_before = _plain(response)
    suggested = Suggested(here)

    assert found_by(send, "visitor", urls) == {}
    assert tiles_of(send, "visitor") == (set(), places_before)
    with send("visitor", "get", urls[0]) as response:
        assert _plain(response) == page_before

    suggested.approve()
    made = suggested.taken[0].asset
    found = found_by(send, "visitor", [*urls, reverse("frontend:asset", args=[made.pk])])
    drawn, places = tiles_of(send, "visitor")
    assert reverse("frontend:asset", args=[made.pk]) in found
    assert {urls[0], f"/api/v1/assets/?q={STEM}", f"/map/list/?q={STEM}"} <= set(found)
    assert {"Zquillinewname", "Zquillichangename", "Zquillidraftname"} <= drawn
    assert {zoom: count + 2 for zoom, count in places_before.items()} == places

    suggested.undo()
    gone = [*urls, *(reverse("frontend:asset", args=[p.asset_id]) for p in suggested.taken)]
    assert found_by(send, "visitor", gone) == {}
    assert tiles_of(send, "visitor") == (set(), places_before)
    with send("visitor", "get", urls[0]) as response:
        assert _plain(response) == page_before


def _plain(response) -> str:
    """A page without what differs each time."""
    text = response.content.decode()
    text = re.sub(r'nonce="[^"]*"', "", text)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_nobody_without_a_say_finds_a_word_of_it_by_any_public_address(here, ask, send):
    Suggested(here)
    # The visitor asks in every way, above; here the ways that would find it.
    urls = [url for url in addresses(here) if "?" not in url or STEM in url]
    for who in others(ask):
        found = found_by(send, who, urls)
        drawn, _ = tiles_of(send, who, zooms=(17,))
        if who == "coordinator":  # put the draft in, and may see it
            assert not {w for words in found.values() for w in words if "draft" not in w}
        else:
            assert found == {}, who
            assert drawn == set(), who


@pytest.mark.parametrize("who", ["visitor", "volunteer"])
def test_no_other_page_of_the_site_holds_a_word_of_it(who, here, ask):
    Suggested(here)
    found = {}
    for route in OURS:
        with ask(who, "get", route, here) as response:
            if words := words_in(body(response)):
                found[route] = words

    assert found == {}


@pytest.mark.parametrize("route", EXPORTS)
def test_no_file_that_the_site_hands_out_holds_a_word_of_it(route, here, there, ask):
    agree_to_research(here, there)
    Suggested(here)
    handed = 0
    for who in ask.cast:
        with ask(who, EXPORTS[route], route, here) as response:
            assert words_in(body(response)) == set(), who
            handed += response.status_code == 200

    assert handed


def test_the_queue_is_for_those_who_decide_there(here, there, ask, send):
    proposal = Suggested(here).proposals[0]
    pages = [reverse("proposals:queue"), reverse("proposals:proposal", args=[proposal.pk])]
    for who in ask.cast:
        found = {}
        for url in pages:
            with send(who, "get", url) as response:
                found[url] = words_in(response.content)
        assert bool(any(found.values())) == (who in {"champion", "administrator"}), who


def test_the_words_are_there_to_be_found(here, send):
    """Or the search above would show nothing."""
    pk = Suggested(here).proposals[0].pk

    found = found_by(send, "champion", [reverse("proposals:proposal", args=[pk])])

    assert len(*found.values()) >= 5
    assert example("proposals:suggest_change")(here)["pk"] == here.asset.pk
