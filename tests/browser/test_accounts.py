"""Invitation, app and passkey in a real browser, under the site's own policy."""

import re
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from fans.people import inviting, services
from fans.people.models import Person
from fans.people.post.models import Mail
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import PASSWORD

PICTURES = None  # a folder, to look at what a person sees


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.EMAIL_BACKEND = "fans.people.post.backend.QueueBackend"
    cache.clear()


@pytest.fixture
def home(transactional_db):
    """Larkfield House, whose manager and facilitator these are."""
    return factories.HomeFactory()


@pytest.fixture
def manager(home) -> Person:
    """Mo manages Larkfield House."""
    person = factories.member("manager", home=home, name="Mo Bright")
    services.confirm_address(person=person)
    return person


@pytest.fixture
def strict(open_browser):
    """A window that remembers what the content policy stopped, and what it said."""

    def window(size=PHONE):
        page = open_browser(size)
        page.stopped = []
        page.on(
            "console",
            lambda said: page.stopped.append(said.text) if said.type == "error" else None,
        )
        return page

    return window


@pytest.fixture
def look(no_barriers):
    """Look over a page as it stands: no barriers, nothing wider than the window."""

    def over(page, name: str) -> None:
        no_barriers(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], (name, width)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

    return over


def _app_code(secret: str) -> str:
    """What an app shows now: of the counters that are taken, the one in the middle.

    The first would be refused as soon as the next half minute begins.
    """
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def _by_password(page, person) -> None:
    page.goto(reverse("account_login") + "?by=password")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("details button[type=submit]").click()


def _is_it_me(page) -> None:
    """Give the password once more where that is asked."""
    if "reauthenticate" in page.url:
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()


def _authenticator(page):
    """Plug in what a phone has built in: a passkey behind a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, added["authenticatorId"]


def _link() -> str:
    return re.search(r"(/invitation/\S+)", Mail.objects.first().body)[1]


def test_an_invitation_is_accepted_on_a_phone(strict, look, manager, home):
    inviting.invite(email="eve@example.org", role="coordinator", scope=home, by=manager)
    phone = strict()

    phone.goto(_link())
    phone.wait_for_url("**/invitation/")
    look(phone, "invitation")
    phone.get_by_label("Your name").fill("Eve Stone")
    phone.get_by_role("button", name="Yes, I take part").click()

    phone.wait_for_url("**/today/")
    assert Person.objects.get(email="eve@example.org").has_perm("connections.log", home)
    phone.goto(reverse("people:account"))
    look(phone, "account")
    assert phone.stopped == phone.errors == phone.refused == []


def test_a_manager_invites_ends_and_undoes(strict, look, manager, home):
    ada = factories.member("coordinator", home=home, name="Ada Okafor")
    services.confirm_address(person=ada)
    manager_page = strict(DESKTOP)
    _by_password(manager_page, manager)
    _set_up_app(manager_page)

    manager_page.goto(reverse("people:roles"))
    manager_page.get_by_role("link", name="Invite somebody").first.click()
    look(manager_page, "invite-role")
    manager_page.get_by_role("link", name="Relative or friend").click()
    look(manager_page, "invite")
    manager_page.get_by_label("E-mail").fill("rae@example.org")
    manager_page.get_by_role("button", name="Send the invitation").click()
    expect(manager_page.get_by_text("rae@example.org").first).to_be_visible()
    look(manager_page, "roles-1280")

    manager_page.get_by_role("button", name=re.compile("End the role of Ada")).click()
    expect(manager_page.get_by_text("Ada Okafor is no longer")).to_be_visible()
    manager_page.get_by_role("button", name="Undo").click()
    expect(manager_page.get_by_text("as before")).to_be_visible()
    manager_page.set_viewport_size(PHONE)
    look(manager_page, "roles-390")
    assert manager_page.stopped == manager_page.errors == []


def _set_up_app(page) -> str:
    """Set up an app from the page that the role leads to; return its secret."""
    page.wait_for_url("**/second-step/")
    page.get_by_role("link", name="Set up an app").click()
    _is_it_me(page)
    secret = page.locator("b.num").inner_text()
    page.get_by_label("The code that the app shows").fill(_app_code(secret))
    page.get_by_role("button", name="Set it up").click()
    page.wait_for_url("**/second-step/codes/")
    return secret


def test_an_app_is_set_up_and_a_kept_code_signs_in(strict, look, manager):
    phone = strict()
    _by_password(phone, manager)
    phone.wait_for_url("**/second-step/")
    expect(phone.get_by_text("Your role needs one.")).to_be_visible()
    look(phone, "second-step")
    phone.get_by_role("link", name="Set up an app").click()
    look(phone, "is-it-you")
    _is_it_me(phone)
    look(phone, "app")
    phone.goto(reverse("mfa_index"))
    _set_up_app(phone)
    look(phone, "codes")
    kept = phone.locator(".codes li").first.inner_text()

    other = strict()
    _by_password(other, manager)
    other.wait_for_url("**/second-step/now/")
    expect(other.get_by_role("button", name="Use a passkey")).to_have_count(0)
    look(other, "second-step-now")
    other.get_by_label("Code").fill(kept)
    other.get_by_role("button", name="Sign in", exact=True).click()

    other.wait_for_url("**/today/")
    other.goto(reverse("usersessions_list"))
    look(other, "sessions")
    assert phone.stopped == other.stopped == phone.errors == other.errors == []


def test_a_passkey_is_added_and_signs_in_without_a_password(strict, look, manager):
    phone = strict()
    session, device = _authenticator(phone)
    _by_password(phone, manager)
    phone.wait_for_url("**/second-step/")
    phone.get_by_role("link", name="Add a passkey").click()
    _is_it_me(phone)
    look(phone, "passkey-add")
    phone.get_by_label("What shall we call it?").fill("My phone")
    phone.get_by_role("button", name="Add it").click()
    phone.wait_for_url("**/second-step/codes/")
    phone.goto(reverse("mfa_list_webauthn"))
    look(phone, "passkeys")
    expect(phone.get_by_text("My phone").first).to_be_visible()

    phone.goto(reverse("account_logout"))
    with phone.expect_navigation():
        phone.locator("main button[type=submit]").click()
    phone.goto(reverse("account_login"))
    look(phone, "sign-in")
    phone.get_by_role("button", name="Use a passkey").click()

    phone.wait_for_url("**/today/")
    phone.goto(reverse("account_logout"))
    phone.locator("main button[type=submit]").click()
    _by_password(phone, manager)
    phone.wait_for_url("**/second-step/now/")
    look(phone, "second-step-passkey")
    phone.get_by_role("button", name="Use a passkey").click()
    phone.wait_for_url("**/today/")
    held = session.send("WebAuthn.getCredentials", {"authenticatorId": device})
    assert [each["rpId"] for each in held["credentials"]] == ["localhost"]
    assert phone.stopped == phone.errors == []


def test_a_passkey_that_does_not_answer_is_told_in_words(strict, manager):
    phone = strict()
    _authenticator(phone)  # which holds no passkey of this site
    phone.goto(reverse("account_login"))
    expect(phone.get_by_text("The passkey did not work.")).to_be_hidden()

    phone.get_by_role("button", name="Use a passkey").click()

    expect(phone.get_by_text("The passkey did not work.")).to_be_visible(timeout=70_000)
    assert phone.errors == []
