"""What is held on somebody, read and erased on a phone."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fans.people import services
from fans.people.models import Person
from tests import factories
from tests.browser.conftest import PHONE
from tests.factories import PASSWORD

PICTURES = None  # a folder, to look at what a person sees
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def zelda(transactional_db, settings, tmp_path):
    """Zelda has logged something, and somebody has noted her name."""
    settings.ERASURE_PATHS = [str(tmp_path)]
    person = factories.PersonFactory(name="Zelda Quimberley", email="zelda@example.org")
    services.confirm_address(person=person)
    factories.ConnectionFactory(logged_by=person, note="A lovely tea")
    factories.ConnectionFactory(note="Zelda Quimberley sang")
    return person


@pytest.fixture
def look(no_barriers):
    """Look over a page: no barriers, nothing wider than the window, narrow or not."""

    def over(page, name: str) -> None:
        no_barriers(page)
        for size in (NARROW, PHONE):
            page.set_viewport_size(size)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], (name, width)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

    return over


def _is_it_me(page) -> None:
    if "reauthenticate" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()


def test_somebody_sees_takes_and_erases_what_is_held(phone, look, zelda, sign_in):
    sign_in(phone, zelda)
    phone.goto(reverse("people:account"))
    phone.get_by_role("link", name="What we hold on you").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("What we hold on you")
    look(phone, "summary")

    phone.get_by_role("link", name="Read it").click()
    _is_it_me(phone)
    expect(phone.get_by_text("zelda@example.org").first).to_be_visible()
    look(phone, "pack")

    phone.go_back()
    phone.goto(reverse("privacy:my_data"))
    with phone.expect_download() as file:
        phone.get_by_role("link", name="Download as PDF").click()
    assert file.value.path().read_bytes().startswith(b"%PDF-")

    phone.get_by_role("link", name="See what erasing would do").click()
    look(phone, "dry-run")
    phone.get_by_label("Type the word").fill("no")
    phone.get_by_role("button", name="Erase me").click()
    refusal = phone.get_by_text("Type the word “erase”, or go back.", exact=True)
    expect(refusal).to_be_visible()
    look(phone, "refused")
    phone.get_by_label("Type the word").fill("erase")
    phone.get_by_role("button", name="Erase me").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("You are erased")
    look(phone, "erased")
    assert phone.errors == []
    assert not Person.objects.filter(pk=zelda.pk).exists()


def test_an_administrator_erases_somebody_who_asked(phone, look, zelda, sign_in):
    ann = factories.member("administrator", name="Ann Admin")
    services.confirm_address(person=ann)
    sign_in(phone, ann)
    phone.goto(reverse("people:roles"))
    phone.get_by_role("link", name="Somebody asks what is held on them").click()
    phone.get_by_label("Name or e-mail address").fill("quimberley")
    phone.get_by_role("button", name="Find").click()
    look(phone, "find")
    phone.get_by_role("link", name="Zelda Quimberley").click()
    look(phone, "person")

    phone.get_by_role("link", name="See what erasing would do").click()
    _is_it_me(phone)
    phone.get_by_label("Also theirs").fill("Zedi")
    phone.get_by_role("button", name="Look again first").click()
    expect(phone.get_by_label("Also theirs")).to_have_value("Zedi")
    look(phone, "dry-run-on-request")
    phone.get_by_label("Type the word").fill("erase")
    phone.get_by_role("button", name="Erase this person").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text(f"Person {zelda.pk} is erased")
    look(phone, "done-on-request")
    assert phone.errors == []
