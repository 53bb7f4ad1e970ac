"""Opens the map in Chromium as a first visitor does, then pans; prints what it took.

usage: python first_view.py CHROMIUM ADDRESS RTT_MS KBIT_A_SECOND PANS, in an environment
with Playwright. ``RTT_MS`` of 0 leaves the network as it is.
"""

import json
import sys
import time

from playwright.sync_api import CDPSession, Page, sync_playwright

# Set before any script of the page runs: when the map says it is ready, and what was long.
WATCH = """
window.benchLong = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) benchLong.push(entry.duration);
}).observe({ type: "longtask", buffered: true });
new MutationObserver(() => {
  const map = document.querySelector("[data-map]");
  if (map?.dataset.state === "ready" && !window.benchReady)
    window.benchReady = performance.now();
}).observe(document, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"],
});
"""
READY = "[data-map][data-state=ready]"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WITHIN_MS = 60_000
SETTLED_MS = 700


def slow_down(session: CDPSession, rtt_ms: int, kbit: int) -> None:
    """Make the network slow: half as fast upwards, as slow 4G is."""
    session.send("Network.enable")
    if rtt_ms:
        conditions = {"offline": False, "latency": rtt_ms, "connectionType": "cellular4g"}
        speed = {"downloadThroughput": kbit * 125, "uploadThroughput": kbit * 125 / 2}
        session.send("Network.emulateNetworkConditions", {**conditions, **speed})


class Received:
    """The bytes that came over the wire, by what they were for."""

    def __init__(self, session: CDPSession) -> None:
        """Listen to a window's network."""
        self.kinds: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        session.on("Network.responseReceived", self._name)
        session.on("Network.loadingFinished", self._count)

    def _name(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def _count(self, event: dict) -> None:
        kind = self.kinds.get(event["requestId"], "Other")
        self.sizes[kind] = self.sizes.get(kind, 0) + int(event["encodedDataLength"])


def press_a_filter(page: Page) -> float:
    """Press the first filter chip; return the milliseconds until its page stands."""
    since = time.perf_counter()
    with page.expect_navigation(wait_until="domcontentloaded", timeout=WITHIN_MS):
        page.locator(".chips a.chip:visible").first.click()
    page.locator(".chips a.chip.on").first.wait_for(timeout=WITHIN_MS)
    return 1000 * (time.perf_counter() - since)


def pan_and_zoom(page: Page, count: int) -> int:
    """Drag and zoom as somebody does who looks around; return how often."""
    box = page.locator("[data-map]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    moves = 0
    for number in range(count):
        page.mouse.move(x, y)
        if number % 3 == 2:
            page.mouse.wheel(0, -240 if number // 6 % 2 == 0 else 240)
        else:
            page.mouse.down()
            for step in range(1, 9):
                page.mouse.move(x - 28 * step, y + (16 if number % 2 else -16) * step)
            page.mouse.up()
        page.wait_for_timeout(SETTLED_MS)
        moves += 1
    return moves


def main(chromium: str, address: str, rtt_ms: int, kbit: int, pans: int) -> None:
    """Look once, with nothing kept from before."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        session = page.context.new_cdp_session(page)
        slow_down(session, rtt_ms, kbit)
        received = Received(session)
        page.add_init_script(WATCH)
        page.goto(address, timeout=WITHIN_MS, wait_until="commit")
        page.locator(READY).wait_for(timeout=WITHIN_MS)
        found = {"ready_ms": page.evaluate("benchReady")}
        page.wait_for_load_state("networkidle", timeout=WITHIN_MS)  # what comes late counts too
        found["bytes"] = dict(received.sizes)
        if pans:
            found["moves"] = pan_and_zoom(page, pans)
        found["long_ms"] = page.evaluate("benchLong")
        found["filter_ms"] = press_a_filter(page)
        browser.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))
