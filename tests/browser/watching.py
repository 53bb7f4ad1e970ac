"""What must never happen in a browser, whatever a test looks at."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Response

from tests.browser.pressing import NOTE_WHAT_LEAVES, stay

TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => console.error(
  `content policy: ${event.effectiveDirective} stopped ${event.blockedURI || "inline"}`
  + ` at ${event.sourceFile || document.URL}:${event.lineNumber} ${event.sample}`));
"""


class Watch:
    """Looks over every window of a test, and remembers what went wrong in it."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.contexts: list[BrowserContext] = []
        # A tile server that tests name once the policy is read, which then stops it.
        self._expected = ["https://tiles.example"]

    def over(self, context: BrowserContext) -> BrowserContext:
        """Watch a browser's context, and every page that opens in it."""
        context.add_init_script(TELL_VIOLATIONS)
        context.add_init_script(NOTE_WHAT_LEAVES)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._say(f"uncaught: {error.error}"))
        context.on("response", self._response)
        context.on("page", self._page)
        self.contexts.append(context)
        return context

    def expect(self, words: str) -> None:
        """Say what a test provokes: messages with these words are no surprise."""
        self._expected.append(words)

    def surprises(self) -> list[str]:
        """Return what went wrong, in every page to its end, but for what was expected."""
        for context in self.contexts:
            for page in context.pages:
                _let_it_finish(page)
        return [
            said
            for said in self.wrong
            if not any(expected in said for expected in self._expected)
        ]

    def _say(self, words: str) -> None:
        self.wrong.append(words)

    def _page(self, page: Page) -> None:
        page.on("download", lambda _file: stay(page))
        page.on("crash", lambda page: self._say(f"crashed: {page.url}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or _is_an_answer(message):
            return
        at = message.location
        self._say(f"console: {message.text} ({at.get('url')}:{at.get('lineNumber')})")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self._say(f"{response.status}: {response.request.method} {response.url}")


def _is_an_answer(message: ConsoleMessage) -> bool:
    """Say whether Chromium only writes down a refusal, or a host that tests keep away.

    Refusals (4xx) are answers of the site that tests ask for; of 5xx ``_response`` tells.
    """
    text = message.text
    return text.startswith("Failed to load resource:") and (
        "the server responded with a status of 4" in text
        or ("net::ERR_FAILED" in text and not _is_ours(message.location))
    )


def _is_ours(location: Any) -> bool:
    return urlsplit(str(location.get("url", ""))).hostname in ("localhost", "127.0.0.1")


def _let_it_finish(page: Page) -> None:
    """Let the events come in that a page has sent already."""
    if page.is_closed():
        return
    try:
        page.evaluate("1")  # no promise: where scripts are off, none is ever kept
    except Error:  # it is on its way to another address
        page.wait_for_timeout(50)
