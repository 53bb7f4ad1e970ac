"""A month from a spreadsheet: pasted, put right cell by cell, saved, taken back."""

import datetime as dt
import os

import pytest
from django.urls import reverse

from fans.connections.models import Connection
from fans.people import services
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import AssetFactory, PartnerFactory, PartnershipFactory, member

TIES = 20
CLIPBOARD = ["clipboard-read", "clipboard-write"]


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coordinator(home):
    """Ada, whose address is confirmed: she signs in by a form."""
    ada = member("coordinator", home=home, name="Ada")
    services.confirm_address(person=ada)
    return ada


def ties_of(home, count):
    """Make ties that are called so that the page has them in this order."""
    return [
        PartnershipFactory(
            home=home, partner=PartnerFactory(asset=AssetFactory(name=f"Neighbour {n:02}"))
        )
        for n in range(count)
    ]


@pytest.fixture
def few(home):
    return ties_of(home, 3)


def paste(page, text):
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("ControlOrMeta+V")


def look(page, name):
    if folder := os.environ.get("FANS_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_whole_month_is_pasted_saved_and_taken_back(open_browser, sign_in, home, coordinator):
    ties = ties_of(home, TIES)
    page = open_browser(DESKTOP, permissions=CLIPBOARD)
    sign_in(page, coordinator)
    page.goto(f"{reverse('grid:month', args=[home.pk])}?month=2026-10")
    page.get_by_label("Neighbour 00, they come, 1 October").click()
    rows = [[str((row + day) % 3 + 1) for day in range(31)] for row in range(TIES)]
    wrong = [list(row) for row in rows]
    wrong[4][6], wrong[9][30] = "1e9", "=SUM(A1:A9)"
    paste(page, "\r\n".join("\t".join(row) for row in wrong))
    page.get_by_text("Pasted 620 cells.").wait_for()
    look(page, "pasted")

    page.get_by_role("button", name="Save October").click()
    page.get_by_role("heading", name="Nothing is saved yet").wait_for()
    look(page, "wrong")
    assert not Connection.objects.exists()
    first = page.get_by_label("Neighbour 04, they come, 7 October")
    assert page.evaluate("document.activeElement.id") == first.get_attribute("id")
    assert first.input_value() == "1e9"
    assert "is not a number of times" in first.evaluate(
        "field => document.getElementById(field.getAttribute('aria-describedby')).textContent"
    )

    page.keyboard.type(rows[4][6])
    page.get_by_role("link", name="Neighbour 09, they come, 31 October").click()
    page.keyboard.type(rows[9][30])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save October").click()
    total = sum(int(text) for row in rows for text in row)
    page.get_by_text(f"October 2026 is saved. {total} times more than before.").wait_for()
    kept = {
        (row.partnership_id, row.happened_on): str(row.occurrences)
        for row in Connection.objects.standing()
    }
    assert kept == {
        (tie.pk, dt.date(2026, 10, day + 1)): rows[at][day]
        for at, tie in enumerate(ties)
        for day in range(31)
    }
    assert page.evaluate("localStorage.length") == 0, "what is saved is no draft any more"

    page.locator(".toast").get_by_role("button", name="Undo").click()
    page.get_by_text(f"Taken back. {total} times fewer than before.").wait_for()
    assert not Connection.objects.standing().exists()
    assert Connection.objects.count() == 620


def test_a_sheet_is_filled_by_keys_and_outlives_the_page(
    open_browser, sign_in, no_barriers, home, few, coordinator
):
    page = open_browser(DESKTOP, permissions=CLIPBOARD)
    sign_in(page, coordinator)
    url = f"{reverse('grid:month', args=[home.pk])}?month=2026-10"
    page.goto(url)
    no_barriers(page)
    page.get_by_label("Neighbour 00, they come, 1 October").click()
    for key in ("1", "ArrowRight", "2", "Enter", "3", "Tab", "4", "End", "5", "Enter"):
        page.keyboard.press(key)

    def cell(row, day):
        return page.get_by_label(f"Neighbour {row:02}, they come, {day} October").input_value()

    assert [cell(0, 1), cell(0, 2), cell(1, 2), cell(1, 3), cell(1, 31)] == list("12345")
    assert page.get_by_text("15 times from sheets").is_visible()
    page.keyboard.press("ControlOrMeta+Z")
    assert cell(1, 31) == ""
    assert page.evaluate("localStorage.length") == 1

    page.reload()
    assert page.get_by_text("did not save, is back on the sheet").is_visible()
    assert [cell(0, 1), cell(1, 3), cell(1, 31)] == ["1", "4", ""]
    page.get_by_role("button", name="Throw it away").click()
    page.wait_for_function("localStorage.length === 0")

    page.get_by_label("Neighbour 00, they come, 1 October").fill("lots")
    page.get_by_role("button", name="Save October").click()
    page.get_by_role("heading", name="Nothing is saved yet").wait_for()
    no_barriers(page)


def test_on_a_phone_a_line_is_a_card_of_days(
    open_browser, sign_in, no_barriers, home, few, coordinator
):
    page = open_browser(PHONE)
    sign_in(page, coordinator)
    for width in (PHONE["width"], 320):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{reverse('grid:month', args=[home.pk])}?month=2026-10")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        third = page.get_by_label("Neighbour 00, they come, 3 October")
        assert third.bounding_box()["width"] >= 40
        look(page, f"phone-{width}")
        page.get_by_role("button", name="8–14").click()
        assert not third.is_visible()
        assert page.get_by_label("Neighbour 00, they come, 9 October").is_visible()
    no_barriers(page)


def test_the_empty_sheet_is_shown_to_be_printed(
    open_browser, sign_in, no_barriers, home, few, coordinator
):
    page = open_browser(DESKTOP)
    sign_in(page, coordinator)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        page.goto(f"{reverse('grid:paper', args=[home.pk])}?month=2026-12")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert page.get_by_role("button", name="Print").is_visible()
        look(page, f"paper-{size['width']}")
        no_barriers(page)
