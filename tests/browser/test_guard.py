"""A note that may name somebody, by keyboard; and the pages of words, on a phone with axe."""

import pytest

from fans.connections.models import Connection
from tests import factories
from tests.browser.test_homes import NARROW, enter, is_as_wide_as_the_window


@pytest.fixture
def tie(transactional_db):
    return factories.PartnershipFactory()


@pytest.fixture
def ada(tie):
    return factories.member("coordinator", home=tie.home)


def test_a_note_in_doubt_is_asked_about_and_kept_by_keyboard(
    phone, live_server, client, tie, ada, no_barriers
):
    enter(phone, live_server, client, ada)
    phone.goto(f"/homes/{tie.home.pk}/log/?tie={tie.pk}")
    phone.locator("input[name=direction][value=in]").press("Space")
    phone.get_by_text("Add a note").press("Enter")
    phone.get_by_label("A note").fill("Mrs Patel sang, born in 1932")
    phone.get_by_role("button", name="Save").press("Enter")
    summary = phone.get_by_role("alert").filter(has_text="One thing needs another look")
    summary.wait_for()

    assert not Connection.objects.exists()
    assert summary.evaluate("node => node === document.activeElement")
    no_barriers(phone)
    phone.keyboard.press("Tab")  # to the question
    phone.keyboard.press("Tab")  # to the box
    phone.keyboard.press("Space")
    assert phone.get_by_label("Keep it as it is").is_checked()
    phone.keyboard.press("Enter")

    phone.locator("[data-toast]").first.wait_for()
    assert Connection.objects.get().note == "Mrs Patel sang, born in 1932"


@pytest.mark.parametrize("path", ["/worried/", "/privacy/", "/cookies/", "/accessibility/"])
def test_pages_of_words_fit_a_phone(phone, live_server, transactional_db, path, no_barriers):
    phone.goto(f"{live_server.url}{path}")
    no_barriers(phone)
    phone.set_viewport_size(NARROW)

    assert is_as_wide_as_the_window(phone)
