"""``map_view``: the first look at the map over a slow network, and panning over a million."""

import json
import os
import shutil
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from bench.child import run_child
from bench.databases import ROOT
from bench.frame import Contender, Result, Sample
from bench.map_task import ENVIRONMENTS, MapTask
from bench.peers import Peer
from bench.task import BenchError, Goal, SkippedError

BROWSER: Final = Peer("browser", ROOT / "bench" / "browser")
SLOW, SLOWER, PANNING = (
    "first look, slow 4G (400 ms, 1.6 Mbit/s)",
    "first look, slow 4G as Lighthouse has it (150 ms, 1.6 Mbit/s)",
    "panning and zooming, network as it is",
)
READY, KB, LONGEST, FILTER = (
    "ready, ms",
    "script and style, kB",
    "longest task, ms",
    "filter pressed until its page stands, ms",
)
PLACES: Final = {"dense": "/map/?at=51.5072,-0.1276,12", "country": "/map/?at=53.0,-1.6,6"}


class MapView(MapTask):
    """Lets Chromium open the map with an empty cache."""

    name = "map_view"
    rounds = 3
    title = "The first look, and moving about"
    compared = (
        "Headless Chromium opens the map of London at zoom 12 with nothing kept from before, "
        "the network slowed as the row says (round trip and speed downwards). Ready: the map "
        "says that its places are drawn, counted from the first byte asked for. Script and "
        "style: as they came over the wire, compressed. Then a filter is pressed. In the last "
        "row the map is dragged and zoomed over the country of a million at the machine's own "
        "speed; a long task is one that keeps the page from answering."
    )

    def prepare(self) -> None:
        """Find Chromium and the built pages' files; start the server."""
        named = os.environ.get("FANS_CHROMIUM") or "chromium"
        chromium = shutil.which(named) or shutil.which("chromium-browser")
        if not chromium:
            raise SkippedError("Chromium is not installed")
        if not self.has_pages():
            raise SkippedError("the front end is not built (bin/setup builds it)")
        try:
            self.python = BROWSER.python(ENVIRONMENTS, self.place.say)
        except BenchError as error:
            raise SkippedError(str(error)) from error
        self.chromium = chromium
        self.port = self.server().port
        self.pans = self.size(15, 2)

    def contenders(self) -> Sequence[Contender]:
        """Return the networks."""
        return [
            Contender(SLOW, partial(self._look, "dense", 400, 0)),
            Contender(SLOWER, partial(self._look, "dense", 150, 0)),
            Contender(PANNING, partial(self._look, "country", 0, self.pans)),
        ]

    def _look(self, where: str, rtt_ms: int, pans: int) -> Sample:
        address = f"http://localhost:{self.port}{PLACES[where]}"
        script = str(BROWSER.folder / "first_view.py")
        command = [str(self.python), script, self.chromium, address]
        ended = run_child([*command, str(rtt_ms), "1600", str(pans)], self._environment())
        found: dict[str, Any] = json.loads(ended.output.splitlines()[-1])
        sent = sum(found["bytes"].get(kind, 0) for kind in ("Script", "Stylesheet"))
        figures = {
            READY: found["ready_ms"],
            KB: sent / 1000,
            LONGEST: max(found["long_ms"], default=0.0),
            FILTER: found["filter_ms"],
        }
        return Sample(found["ready_ms"] / 1000, None, figures)

    def _environment(self) -> dict[str, str]:
        return {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}

    def goals(self) -> Sequence[Goal]:
        """Return the three that were promised."""

        def light(result: Result) -> bool:
            return result.figure(SLOW, KB) <= 180

        def soon(result: Result) -> bool:
            return result.figure(SLOW, READY) <= 2_000

        def smooth(result: Result) -> bool:
            return max(s.figures[LONGEST] for s in result.samples(PANNING)) <= 200

        return [
            Goal("at most 180 kB of script and style", light),
            Goal("ready within 2 s over slow 4G", soon),
            Goal("no task over 200 ms while panning, in any round", smooth),
        ]

    def notes(self) -> Sequence[str]:
        """Say what a run is."""
        return [
            "Chromium slows each answer by the round trip and shares the speed among them; "
            "fonts, tiles and pictures come over the same line. A longest task of 0: none "
            "took 50 ms or more.",
            f"Panning is {self.pans} moves, two drags and a turn of the wheel by turns, with "
            "0.7 s after each; the longest task of all rounds is judged, the median shown.",
        ]
