"""A real Chromium, the site served beside it, and axe to look over its shoulder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests import factories
from tests.browser import pressing
from tests.browser.watching import Watch

# Playwright's synchronous API runs an event loop, which Django would mistake for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("FANS_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
# What waits for a machine that two workers keep busy; a page that stands takes no longer.
PATIENCE_MS = 30_000
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder; without Chromium, skip it with that reason."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Once more where it failed, and told of in the summary (docs/setup.md).
            item.add_marker(pytest.mark.flaky(reruns=1))
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}"))


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's own Chromium, whose every press ends where the page that follows stands."""
    expect.set_options(timeout=PATIENCE_MS)
    pressing.wait_after_every_press()
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def watched(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Watch every window that a test opens; what goes wrong in one fails the test."""
    watch, plain = Watch(), browser.new_context
    monkeypatch.setattr(browser, "new_context", lambda **options: watch.over(plain(**options)))
    return watch


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Fail a test at any violation of the content policy, error in the console or 5xx."""
    watch = pyfuncitem.funcargs["watched"]
    try:
        result = yield
    except Exception as error:
        error.add_note("\n".join(["in the browser:", *watch.wrong]))
        raise
    surprises = watch.surprises()
    assert surprises == [], "\n".join(["in the browser:", *surprises])
    return result


@pytest.fixture
def open_browser(browser: Browser, live_server) -> Iterator:
    """Open a window of a size; what leaves this machine is refused and remembered."""
    contexts: list[BrowserContext] = []

    def open_window(size=PHONE, **options) -> Page:
        phone = size["width"] < 600
        context = browser.new_context(
            viewport=size,
            is_mobile=phone,
            has_touch=phone,
            locale="en-GB",
            timezone_id="Europe/London",
            base_url=live_server.url,
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.refused = []
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.route(
            lambda url: not url.startswith((live_server.url, "data:", "blob:")),
            lambda route: (page.refused.append(route.request.url), route.abort()),
        )
        return page

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_browser) -> Page:
    """A phone's window."""
    return open_browser(PHONE)


@pytest.fixture
def desktop(open_browser) -> Page:
    """A desk's window."""
    return open_browser(DESKTOP)


@pytest.fixture(scope="session")
def no_barriers():
    """Fail where axe finds something serious or critical on a page."""
    axe = Axe.from_file(AXE)

    def look(page: Page) -> None:
        pressing.wait_until_it_stands(page)
        page.evaluate("document.fonts.ready.then(() => true)")  # boxes are as wide as words
        # What waits under the phone's bar until it is scrolled clear is no barrier, but
        # axe measures a page where it stands.
        page.evaluate(
            "for (const bar of document.querySelectorAll('.bar')) bar.style.position = 'static'"
        )
        found = axe.run(
            page,
            options={
                "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
                # Of what passes, axe need not write down every node and how to find it.
                "resultTypes": ["violations"],
            },
        ).response["violations"]
        grave = [
            (rule["id"], rule["help"], [node["html"][:200] for node in rule["nodes"]][:3])
            for rule in found
            if rule["impact"] in {"serious", "critical"}
        ]
        assert grave == [], f"{page.url}: {grave}"

    return look


@pytest.fixture
def sign_in(live_server):
    """Sign a person in with the factories' password, through the form, as they would."""

    def through_form(page: Page, person) -> None:
        page.goto(reverse("account_login") + "?by=password")
        page.locator("[name=login]").fill(person.email)
        page.locator("[name=password]").fill(factories.PASSWORD)
        page.locator("details button[type=submit]").click()
        page.wait_for_url(lambda url: "login" not in url)

    return through_form
