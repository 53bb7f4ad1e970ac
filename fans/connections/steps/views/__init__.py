"""Pages of the three steps: HTTP alone, the work is in the services."""

from fans.connections.steps.views.ask import ask, card
from fans.connections.steps.views.know import bring_back, know, known, names, out
from fans.connections.steps.views.like import like, pick_one, unpick
from fans.connections.steps.views.start import done, not_done, start

__all__ = [
    "ask",
    "bring_back",
    "card",
    "done",
    "know",
    "known",
    "like",
    "names",
    "not_done",
    "out",
    "pick_one",
    "start",
    "unpick",
]
