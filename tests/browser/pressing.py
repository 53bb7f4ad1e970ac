"""A press in a browser ends where the page that follows stands.

Playwright's press ends where the next page begins, before its style sheet is there, and on
a busy machine even before the form has left. What reads a page or the database right after
would see what was there before, or half of what comes.
"""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any, Final

from playwright.sync_api import Error, Locator, Page

LEAVES_WITHIN_S: Final = 20
_PRESSES: Final = ("click", "dblclick", "tap", "press")
# Last of all that listen: a script that sends the form itself has said so by then.
NOTE_WHAT_LEAVES: Final = """
addEventListener("submit", (event) => {
  window.isLeaving = !event.defaultPrevented && event.target.target !== "_blank";
});
"""


def wait_after_every_press() -> None:
    """Let the presses of every window wait for what they bring about."""
    for name in _PRESSES:
        plain = getattr(Locator, name)
        if not hasattr(plain, "__wrapped__"):
            setattr(Locator, name, _waiting(plain))


def wait_until_it_stands(page: Page) -> None:
    """Wait until a form that was sent has been answered, and the page has its styles."""
    ends = monotonic() + LEAVES_WITHIN_S
    while _is_leaving(page) and monotonic() < ends:
        page.wait_for_timeout(20)
    if not page.is_closed():
        page.wait_for_load_state("load")


def stay(page: Page) -> None:
    """Note that a file came in answer: the page stays, and there is nothing to wait for."""
    page.has_answer = True


def _waiting(plain: Callable[..., None]) -> Callable[..., None]:
    @wraps(plain)
    def press(locator: Locator, *args: Any, **options: Any) -> None:
        locator.page.has_answer = False
        plain(locator, *args, **options)
        wait_until_it_stands(locator.page)

    return press


def _is_leaving(page: Page) -> bool:
    if page.is_closed():
        return False
    try:
        if getattr(page, "has_answer", False):
            page.evaluate("window.isLeaving = false")
        return page.evaluate("window.isLeaving === true") is True
    except Error:  # it is between two pages
        return True
