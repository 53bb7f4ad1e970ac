"""Logging what happened on a phone: how many taps it takes, how long, and how much script."""

import datetime as dt
import gzip
import re
import time
from dataclasses import dataclass, field

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from fans.connections.models import Connection
from fans.people import services
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

A_REPEAT_TAPS, A_NEW_TAPS = 6, 15
A_MINUTE_S = 60.0
SCRIPT_BYTES = 100_000
"""Most that the log's page may load of scripts, as they are before any compression."""

THUMB_S = 1.1
"""What a tap costs a person who has to find the place first; added for each tap."""


@dataclass
class Thumb:
    """Taps, counted; what is typed counts as the one tap that opens the field."""

    page: Page
    taps: int = 0
    typed: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def tap_box(self, words: str) -> None:
        box = self.page.locator("label.opt", has_text=re.compile(rf"^\s*{words}\s*$"))
        self.tap(box.first)

    def choose(self, what: Locator, label: str) -> None:
        """Open a list and choose in it: two taps, for the phone's own list is no page."""
        self.taps += 2
        what.select_option(label=label)

    def type(self, what: Locator, words: str) -> None:
        self.tap(what)
        what.fill(words)
        self.typed.append(words)

    def told(self, what: str) -> float:
        """Print the taps and the seconds: the script's own, and with a thumb's pace."""
        seconds = time.monotonic() - self.began
        with_thumb = seconds + THUMB_S * self.taps
        pace = f"{seconds:.1f} s by script, {with_thumb:.0f} s by thumb"
        print(f"\n{what}: {self.taps} taps, {pace}")
        return with_thumb


@pytest.fixture
def home():
    return factories.HomeFactory()


def coordinator_of(home):
    ada = factories.member("coordinator", home=home, name="Ada")
    services.confirm_address(person=ada)
    return ada


@pytest.fixture
def ada(phone, sign_in, home):
    """Ada's phone, signed in; the page of the day stands open."""
    sign_in(phone, coordinator_of(home))
    return phone


def saved(page: Page) -> None:
    expect(page.get_by_text("Saved.", exact=False).first).to_be_visible()


def test_a_repeat_takes_six_taps_at_most(ada, home, no_barriers):
    last = factories.ConnectionFactory(
        partnership__home=home,
        partnership__partner__asset__name="Canal Side Garden",
        happened_on=timezone.localdate() - dt.timedelta(days=7),
        direction="out",
        residents_count=3,
        home_gives=["stories"],
        origin="resident",
    )
    ada.goto(reverse("frontend:today"))
    thumb = Thumb(ada)

    thumb.tap(ada.get_by_role("link", name=re.compile("Canal Side Garden")).first)
    thumb.tap(ada.get_by_role("button", name="One more").first)
    thumb.tap_box("Lovely")
    thumb.tap(ada.get_by_role("button", name="Save", exact=True))
    saved(ada)
    seconds = thumb.told("a repeat")

    row = Connection.objects.latest("pk")
    assert (row.partnership, row.residents_count, row.rating) == (last.partnership, 4, 5)
    assert (row.direction, row.origin, row.home_gives) == ("out", "resident", ["stories"])
    assert row.happened_on == timezone.localdate()
    assert thumb.taps <= A_REPEAT_TAPS
    assert thumb.typed == []
    assert seconds < A_MINUTE_S
    no_barriers(ada)

    ada.get_by_role("button", name="Undo").tap()
    expect(ada.get_by_text("Taken back.", exact=False).first).to_be_visible()
    row.refresh_from_db()
    assert row.undone_at is not None


def test_a_first_time_with_someone_new_takes_fifteen_taps_and_a_name(ada, home, no_barriers):
    ada.goto(reverse("frontend:today"))
    thumb = Thumb(ada)

    thumb.tap(ada.get_by_role("link", name="Log what happened").first)
    who = ada.get_by_label("Who was it with?")
    thumb.choose(who, "Someone new, who is not in this list")
    thumb.type(ada.get_by_label("What do you call them?"), "Ukulele Circle")
    thumb.choose(ada.get_by_label("What kind of group?"), "Clubs and societies")
    thumb.tap_box("They came")
    more = ada.get_by_role("button", name="One more").first
    for _ in range(3):
        thumb.tap(more)
    thumb.tap_box("A resident")
    thumb.tap_box("Good")
    no_barriers(ada)
    thumb.tap(ada.get_by_role("button", name="Save", exact=True))
    saved(ada)
    seconds = thumb.told("a first time")

    row = Connection.objects.get()
    assert str(row.partnership.partner) == "Ukulele Circle"
    assert (row.direction, row.residents_count) == ("in", 3)
    assert (row.origin, row.rating) == ("resident", 4)
    assert thumb.taps <= A_NEW_TAPS
    assert thumb.typed == ["Ukulele Circle"]
    assert seconds < A_MINUTE_S


def test_the_page_loads_little_script_and_nothing_of_the_map(ada, home):
    loaded: dict[str, bytes] = {}
    ada.on(
        "response",
        lambda answer: (
            loaded.update({answer.url: answer.body()})
            if answer.request.resource_type == "script"
            else None
        ),
    )

    ada.goto(reverse("connections:log", args=[home.pk]))
    ada.wait_for_load_state("networkidle")

    whole = sum(map(len, loaded.values()))
    packed = sum(len(gzip.compress(script)) for script in loaded.values())
    print(f"\nscripts of the log: {whole} bytes, {packed} packed, in {len(loaded)} files")
    assert 0 < whole <= SCRIPT_BYTES
    names = " ".join(loaded)
    assert not re.search(r"leaflet|map-page|frame|add-place", names), names
    assert ada.evaluate("typeof window.L") == "undefined"


def test_what_was_typed_survives_a_page_left_by_a_slip_and_a_lost_signal(ada, home):
    factories.PartnershipFactory(home=home, partner__asset__name="Canal Side Garden")
    log = reverse("connections:log", args=[home.pk])
    ada.goto(log)
    ada.get_by_label("Who was it with?").select_option(label="Canal Side Garden")
    ada.locator("label.opt", has_text="We went").tap()
    ada.goto(reverse("frontend:today"))

    ada.goto(log)
    expect(ada.get_by_text("what you had put in and not saved", exact=False)).to_be_visible()
    ada.route("**/log/", lambda route: route.abort())
    ada.get_by_role("button", name="Save", exact=True).tap(no_wait_after=True)
    ada.wait_for_timeout(300)
    ada.unroute("**/log/")
    ada.goto(log)
    ada.get_by_role("button", name="Save", exact=True).tap()
    saved(ada)

    assert Connection.objects.get().direction == "out"
    expect(ada.get_by_text("what you had put in and not saved", exact=False)).to_be_hidden()


def test_all_of_it_works_with_scripts_off(open_browser, sign_in, home):
    page = open_browser(java_script_enabled=False)
    sign_in(page, coordinator_of(home))
    page.goto(reverse("connections:log", args=[home.pk]) + "?who=new")
    page.get_by_label("What do you call them?").fill("Ukulele Circle")
    page.get_by_label("What kind of group?").select_option(label="Clubs and societies")
    page.locator("label.opt", has_text="They came").tap()
    page.get_by_label("How many who live here?").fill("4")
    page.get_by_role("button", name="Save", exact=True).tap()
    saved(page)

    assert Connection.objects.get().residents_count == 4
